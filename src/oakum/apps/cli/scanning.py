"""What ``scan`` and ``sbom`` share: from their words to a report and an exit code."""

import os
import re
from collections.abc import Callable, Sequence
from typing import Final

from oakum.kit import lean  # noqa: F401 - it has to come before msgspec, which all that follows imports

# isort: split
from msgspec import structs

from oakum.apps.cli.output import Progress, default_format, load_format, read_template, write_report
from oakum.apps.cli.registry_options import Options, platform_of
from oakum.apps.cli.scan_ports import scan_ports
from oakum.apps.folders import samples
from oakum.flows.choose_target import choose_target
from oakum.flows.scan_image import SCANNERS, ScanAsked
from oakum.flows.scan_platforms import scan_platforms
from oakum.kit.errors import UsageError
from oakum.kit.limits import VEX_BYTES
from oakum.model.decision import GateAsked
from oakum.model.fact import Distribution
from oakum.model.report import Report
from oakum.model.waiver import Waiver

IGNORE_FILE: Final = "oakum-ignore.toml"
"""Read where the scan runs, unless another file is named."""

_DISTRO: Final = r"[a-z0-9][a-z0-9._-]{0,63}(?::[A-Za-z0-9._~+-]{1,64})?"


def run_scan(target: str | None, options: Options) -> int:
    """Scan a target and write the report; give the exit code."""
    progress = Progress(quiet=bool(options["quiet"]), debug=bool(options["debug"]))
    template = read_template(str(options["template"] or ""))
    accepted = waivers(options)
    exclude = options.get("exclude")
    asked = ScanAsked(
        scanners=_scanners(str(options["scanners"])),
        gate=_gate(options),
        waivers=accepted,
        platform=platform_of(options),
        exclude=exclude if isinstance(exclude, tuple) else (),
        distribution=_distribution(str(options.get("distro") or "")),
    )
    path = str(options["output"] or "")
    form = str(options["form"] or default_format(path))
    several = asked.platform == "all"
    if several:
        from oakum.apps.cli.several import check_several, write_several  # noqa: PLC0415 - most scans read one image

        check_several(form, path, template)
    reports = _scan(target, asked, options, progress, lambda: _load(form))
    for notice in dict.fromkeys(notice for report in reports for notice in report.notices):
        progress.say(notice)
    progress(f"write {form if template is None else template[0]}")
    if several:
        write_several(reports, form, path, template)
    else:
        write_report(reports[0], form, path, template)
    progress("done")
    progress.clear()
    return _exit_code(reports)


def _exit_code(reports: list[Report]) -> int:
    """The worst of the reports: refused, then what could not be judged."""
    codes = {report.decision.exit_code for report in reports if report.decision.asked}
    return next((code for code in (1, *sorted(codes, reverse=True)) if code in codes), 0)


def _load(form: str) -> None:
    """Load what follows the reading, while the parser reads."""
    import oakum.flows.judge_inventory  # noqa: F401, PLC0415 - loaded here so that it costs no time afterwards

    load_format(form)


def _scan(
    target: str | None, asked: ScanAsked, options: Options, progress: Progress, meanwhile: Callable[[], None]
) -> list[Report]:
    with scan_ports(options, progress, meanwhile) as ports:
        if target is None:
            target, why = choose_target(ports.reading.engine)
            progress.say(why)
            if target == "rootfs:/":  # what the tests of a checkout read is no software of this machine
                asked = structs.replace(asked, exclude=(*asked.exclude, *samples()))
        return scan_platforms(target, ports, asked)


def _distribution(named: str) -> Distribution | None:
    if not named:
        return None
    if not re.fullmatch(_DISTRO, named, re.ASCII):
        raise UsageError(f"{named!r} is no distribution", hint="ID:VERSION as in os-release, as in debian:12 or wolfi")
    identity, _, version = named.partition(":")
    return Distribution(identity, version, f"{identity} {version}".rstrip() + " (by --distro)", "")


def _scanners(listed: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in listed.split(",") if name.strip())
    unknown = [name for name in names if name not in SCANNERS]
    if unknown or not names:
        raise UsageError(f"no scanner is named {', '.join(unknown)!r}", hint=f"there are: {', '.join(SCANNERS)}")
    return names


def waivers(options: Options) -> tuple[Waiver, ...]:
    """The accepted findings of a file, else of the file here if there is one; and what VEX documents say.

    Raises:
        ConfigurationError: a file has a mistake.
    """
    chosen = str(options.get("ignore_file") or "")
    documents = options.get("vex")
    said = vex_files(documents) if isinstance(documents, tuple) else ()
    if not chosen and not os.path.exists(IGNORE_FILE):
        return said
    from oakum.apps.ignore_file import read_ignore_file  # noqa: PLC0415 - most scans have no such file

    return (*read_ignore_file(chosen or IGNORE_FILE), *said)


def vex_files(paths: Sequence[str]) -> tuple[Waiver, ...]:
    """What VEX documents say.

    Raises:
        ConfigurationError: one cannot be read, or is none.
    """
    if not paths:
        return ()
    from oakum.apps.toml_file import read_written  # noqa: PLC0415 - most scans have none
    from oakum.intel.vex import read_vex  # noqa: PLC0415 - as above

    return tuple(one for path in paths for one in read_vex(read_written(path, VEX_BYTES), os.path.basename(path)))


def _gate(options: Options) -> GateAsked:
    flags = {name: bool(options.get(name)) for name in ("ignore_unfixed", "allow_unknown")}
    return GateAsked(fail_on=str(options.get("fail_on") or ""), **flags)
