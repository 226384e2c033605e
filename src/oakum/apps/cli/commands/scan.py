"""The command ``oakum scan``."""

import click

from oakum.apps.cli.fail_on import FailOn
from oakum.apps.cli.registry_options import Option, distro_option, exclude_option, registry_options
from oakum.kit.plugin import ids_in

_FORMATS = [name.replace("_", "-") for name in ids_in("oakum.effects.formats")]
_SCANNERS = ["packages", "vulnerabilities"]


@click.command()
@click.argument("target", required=False)
@click.option("-f", "--format", "form", type=click.Choice(_FORMATS), help="Default: table on a terminal, else json.")
@click.option("--template", metavar="FILE", default="", help="Write by this Jinja2 template instead of a format.")
@click.option("-o", "--output", metavar="FILE", default="", help="Write there instead of standard output.")
@click.option("--db", metavar="PATH", default="", help="The advisory database: PATH, sha256:..., PATH@sha256:...")
@click.option("--scanners", metavar="LIST", default=",".join(_SCANNERS), show_default=True, help="What to look for.")
@click.option(
    "--fail-on", type=FailOn(), metavar="WORDS", help="End with 1 when there is one of these, parted by commas."
)
@click.option("--ignore-unfixed", is_flag=True, help="Do not count findings without a fixed version for --fail-on.")
@click.option("--allow-unknown", is_flag=True, help="Do not end with 2 when something could not be judged.")
@click.option("--vex", metavar="FILE", multiple=True, help="What a supplier says: OpenVEX, CycloneDX or CSAF.")
@click.option("--ignore-file", metavar="FILE", default="", help="Accepted findings; default: ./oakum-ignore.toml.")
@distro_option
@exclude_option
@registry_options
@click.option("--no-cache", is_flag=True, help="Read everything anew and keep nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the document and errors.")
@click.option("--debug", is_flag=True, help="Say what is done, with the time of each stage.")
def scan(target: str | None, **options: Option) -> int:
    """Find the packages of an image or a file system, and their known vulnerabilities.

    \b
    TARGET is one of
        docker:NAME            an image of the local Docker engine
        podman:NAME            an image of podman, by its service or its program
        containerd:NAME        an image of containerd, by its program ctr
        registry:HOST/NAME:TAG an image in a registry, read while it is downloaded
        docker-archive:FILE    what docker save, podman save or skopeo wrote
        oci-archive:FILE       an OCI layout in a tar, as skopeo or podman write it
        oci-layout:DIR         a folder in OCI layout; oci-layout:DIR:TAG picks one
        tar:FILE               a tar by what it holds: an image, or a root file
                               system, as docker export writes it
        rootfs:DIR             a root file system; rootfs:/ is this machine
        dir:DIR                any folder
        file:FILE              one jar, lock file, program or SBOM
        sbom:FILE              an SBOM: CycloneDX, SPDX, Syft's JSON
    Archives may be packed with gzip or zstandard. Without a prefix an existing
    path is taken for what it is, and anything else is asked of Docker, then of
    podman, then of the registry that its name begins with; what it was taken
    for is said. Without a target: the newest image of the engine, else this
    machine. --platform all reads every image of an index: -f json writes an
    array of reports, -o DIR/ a file for each platform.

    \b
    WORDS of --fail-on:
        critical, high, medium, low, negligible    findings at least this bad
        unscored         findings that nobody rated; no rating includes them
        kev              findings that CISA lists as exploited
        epss:0.5         findings at least this likely to be exploited
        data-age:7d      advisory data older than this (7d, 12h)
        old-data, ...    a kind of gap, such as end-of-life or starter-data

    \b
    Examples:
        oakum scan app:1.2
        oakum scan registry:registry.example/app:1.2 --platform linux/arm64
        oakum scan app:1.2 --fail-on high,unscored,kev,data-age:7d
        oakum scan docker-archive:app.tar --fail-on high --ignore-unfixed
        oakum scan oci-layout:build/app -f json -o report.json

    \b
    Exit codes: 0 passed or no gate asked, 1 refused by --fail-on, 2 something
    could not be judged (with --fail-on), 64 usage, 65 unreadable target,
    69 try later, 77 not permitted, 78 unusable database, 130 interrupted.
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.scanning import run_scan  # noqa: PLC0415 - help is answered without the scan's imports

    return run_scan(target, options)
