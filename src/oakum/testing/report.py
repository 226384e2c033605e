"""Builders of findings and of a report that has something in each of its parts."""

from oakum.model.advisory import DatabaseInfo, EcosystemData, Exploited, SourceRevision
from oakum.model.artifact import Artifact, Layer
from oakum.model.confinement import Confinement
from oakum.model.decision import Decision
from oakum.model.fact import Gap
from oakum.model.finding import Evidence, Finding, Suppressed
from oakum.model.inventory import Installed, Inventory
from oakum.model.report import Report
from oakum.model.severity import Severity
from oakum.testing.inventory import BOOKWORM, installed


def finding(
    identity: str,
    package: Installed,
    *,
    rating: str = "high",
    fixed: tuple[str, ...] = (),
    exploited: Exploited | None = None,
) -> Finding:
    """A finding that one record is evidence for; the first fixed version mends it."""
    origin = "" if rating == "unscored" else "source"
    severity = Severity(rating, origin)
    asked = package.package.source or package.package
    evidence = Evidence(
        identity,
        "osv:Debian",
        "2026-01-02T00:00:00Z",
        "distro",
        "deb",
        "Debian:12",
        asked.name,
        asked.version,
        f"from 0, fixed in {fixed[0]}" if fixed else "from 0, no fix known",
        fixed,
        severity,
    )
    return Finding(
        identity, (), package, severity, fixed, exploited or Exploited(), (evidence,), take=fixed[0] if fixed else ""
    )


def report(*findings: Finding, gaps: tuple[Gap, ...] = (), decision: Decision | None = None) -> Report:
    """A report on a two-layer image that holds the findings' packages and two that nothing is known of."""
    clean = installed("deb", "bash", "5.2.15-2+b2", source="bash 5.2.15-2")
    owned = installed("pypi", "six", "1.16.0", owner="pkg:deb/debian/python3-six@1.16.0-4")
    packages = {one.installed.purl: one.installed for one in findings} | {clean.purl: clean, owned.purl: owned}
    return Report(
        artifact=_ARTIFACT,
        inventory=Inventory(BOOKWORM, tuple(packages.values())),
        findings=findings,
        suppressed=(Suppressed(owned, "belongs to pkg:deb/debian/python3-six@1.16.0-4"),),
        gaps=gaps,
        decision=decision or Decision(),
        database=_DATABASE,
        created="2026-01-03T04:05:06Z",
        scanners=("packages", "vulnerabilities"),
        confinement=Confinement(7, seccomp=True, network="none"),
    )


_ARTIFACT = Artifact(
    "docker-archive:shop.tar",
    "docker_archive",
    digest="sha256:" + "a" * 64,
    image_id="sha256:" + "b" * 64,
    names=("shop:1.0",),
    platform="linux/amd64",
    layers=(
        Layer("sha256:" + "0" * 64, "sha256:" + "1" * 64, "ADD rootfs.tar.gz / # buildkit", 29_000_000),
        Layer("sha256:" + "2" * 64, "sha256:" + "3" * 64, "RUN pip install -r requirements.txt # buildkit", 9_000),
    ),
)

_DATABASE = DatabaseInfo(
    digest="sha256:" + "d" * 64,
    built="2026-01-02T03:04:05Z",
    schema=1,
    sources=(SourceRevision("osv:Debian", "sha256:" + "e" * 64, 15570, "2026-01-01T00:00:00Z"),),
    ecosystems={"Debian:12": EcosystemData(15570, fixed_only=True, newest="2026-01-01T00:00:00Z")},
)
