"""What ``scan`` and ``sbom`` share: from their words to a report and an exit code."""

from collections.abc import Mapping

import click

from oakum.apps import wiring
from oakum.apps.cli.output import Progress, default_format, write_report
from oakum.flows.choose_target import choose_target
from oakum.flows.scan_image import SCANNERS, ScanAsked, ScanPorts, scan_image
from oakum.kit.errors import UsageError
from oakum.model.decision import GateAsked
from oakum.model.report import Report

Options = Mapping[str, str | bool | None]


def run_scan(target: str | None, options: Options) -> int:
    """Scan a target and write the report; give the exit code."""
    asked = ScanAsked(_scanners(str(options["scanners"])), _gate(options))
    report = _scan(target, asked, options)
    path = str(options["output"] or "")
    write_report(report, str(options["form"] or default_format(path)), path)
    return report.decision.exit_code if report.decision.asked else 0


def _scan(target: str | None, asked: ScanAsked, options: Options) -> Report:
    progress = Progress()
    cached = not options["no_cache"]
    reading = wiring.reading_ports(cached=cached, progress=progress)
    database = str(options.get("db") or "") or wiring.database_path()
    ports = ScanPorts(reading, lambda: wiring.open_advisories(database, cached=cached), wiring.clock())
    if target is None:
        target, why = choose_target(reading.engine())
        click.echo(f"oakum: {why}", err=True)
    try:
        return scan_image(target, ports, asked)
    finally:
        progress.clear()
        reading.parser.close()


def _scanners(listed: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in listed.split(",") if name.strip())
    unknown = [name for name in names if name not in SCANNERS]
    if unknown or not names:
        raise UsageError(f"no scanner is named {', '.join(unknown)!r}", hint=f"there are: {', '.join(SCANNERS)}")
    return names


def _gate(options: Options) -> GateAsked:
    flags = {name: bool(options.get(name)) for name in ("ignore_unfixed", "allow_unknown")}
    return GateAsked(fail_on=str(options.get("fail_on") or ""), **flags)
