"""Records of several sources about one vulnerability of one package become one finding.

Sources name the same vulnerability differently and know each other's ids as aliases. Every
record stays as evidence; nothing that a source said is lost by the merge.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from oakum.findings.ranges import Compared, judge
from oakum.model.advisory import Advisory, AdvisoryKey, Exploited
from oakum.model.finding import Evidence, Finding
from oakum.model.inventory import Installed
from oakum.model.scheme import VersionError

_ORIGINS: Final = ("", "cvss", "source")
"""Whose word is taken, the weakest first: a source knows its own build, a vector only the flaw."""


class Affecting(Struct, frozen=True):
    """A record that affects a package.

    Attributes:
        advisory: the record.
        key: what was asked.
        matcher: who asked.
        words: the range that holds the version.
    """

    advisory: Advisory
    key: AdvisoryKey
    matcher: str
    words: str


def merge(installed: Installed, affecting: Sequence[Affecting], compared: Compared) -> list[Finding]:
    """One finding per vulnerability of one package, each with the version that mends them all."""
    grouped = _groups(affecting)
    findings = [_finding(installed, cve, group, compared) for cve, group in grouped]
    mendable = [pair for pair in zip(findings, grouped, strict=True) if pair[0].fixed_versions]
    advisories = [one.advisory for _, (_, group) in mendable for one in group]
    fixes = [version for finding, _ in mendable for version in finding.fixed_versions]
    if not fixes:
        return findings
    above = _above(affecting[0].key.version, fixes, compared)
    take = next(iter(_clean(above, advisories, compared)), "")
    return [replace(finding, take=take) for finding in findings]


def _groups(affecting: Sequence[Affecting]) -> list[tuple[str, list[Affecting]]]:
    """Records that name one another, each group with its CVE (or nothing).

    A record that names several CVEs is an advisory about several vulnerabilities (Debian's
    DSA): it is evidence for each of them and does not make them one.
    """
    families = _Families()
    bundles: list[tuple[list[str], Affecting]] = []
    for one in affecting:
        names = {one.advisory.id, *one.advisory.aliases}
        cves = sorted(name for name in names if name.startswith("CVE-"))
        if len(cves) > 1:
            bundles.append((cves, one))
        else:
            families.join(names, one)
    for cves, one in bundles:
        for cve in cves:
            families.join({cve}, one)
    return families.groups()


class _Families:
    """Names that mean the same, joined as records come (union-find; a kernel has thousands of records)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._members: list[tuple[str, Affecting]] = []

    def join(self, names: Iterable[str], one: Affecting) -> None:
        """Put a record among its names; it may be the bridge between several families."""
        roots = sorted({self._root(name) for name in names})
        for root in roots:
            self._parent[root] = roots[0]
        self._members.append((roots[0], one))

    def groups(self) -> list[tuple[str, list[Affecting]]]:
        """Each family's lowest CVE (or nothing) and its records, in the order of their coming."""
        groups: dict[str, list[Affecting]] = {}
        for name, one in self._members:
            groups.setdefault(self._root(name), []).append(one)
        cves: dict[str, str] = {}
        for name in sorted(self._parent):
            if name.startswith("CVE-"):
                cves.setdefault(self._root(name), name)
        return [(cves.get(root, ""), group) for root, group in groups.items()]

    def _root(self, name: str) -> str:
        while (parent := self._parent.setdefault(name, name)) != name:
            self._parent[name] = name = self._parent[parent]
        return name


def _finding(installed: Installed, cve: str, group: Sequence[Affecting], compared: Compared) -> Finding:
    ordered = sorted(group, key=_strength)
    advisories = [one.advisory for one in ordered]
    identity = cve or _identity(advisories)
    return Finding(
        id=identity,
        aliases=_aliases(identity, advisories),
        installed=installed,
        severity=advisories[0].severity,
        fixed_versions=_fixes(ordered[0].key.version, advisories, compared),
        exploited=Exploited(),
        evidence=tuple(evidence_of(one, compared) for one in ordered),
        summary=next((advisory.summary for advisory in advisories if advisory.summary), ""),
        published=min((advisory.published for advisory in advisories if advisory.published), default=""),
    )


def _strength(one: Affecting) -> tuple[object, ...]:
    severity = one.advisory.severity
    return (
        -_ORIGINS.index(severity.origin) if severity.origin in _ORIGINS else 0,
        -severity.rank,
        -(severity.score or 0.0),
        one.advisory.source,
        one.advisory.id,
    )


def _identity(advisories: Sequence[Advisory]) -> str:
    """Without a CVE: the GitHub id that everyone links to, else the first source's own."""
    names = sorted({name for advisory in advisories for name in (advisory.id, *advisory.aliases)})
    return next((name for name in names if name.startswith("GHSA-")), advisories[0].id)


def _aliases(identity: str, advisories: Sequence[Advisory]) -> tuple[str, ...]:
    """All other names; a bundle's other CVEs are other vulnerabilities and no aliases."""
    names: set[str] = set()
    for advisory in advisories:
        cves = [name for name in (advisory.id, *advisory.aliases) if name.startswith("CVE-")]
        names.add(advisory.id)
        if len(cves) <= 1:
            names.update(advisory.aliases)
    return tuple(sorted(names - {identity}))


def _fixes(version: str, advisories: Sequence[Advisory], compared: Compared) -> tuple[str, ...]:
    """Versions to take, the nearest first: above the installed one and free of this vulnerability by every record."""
    candidates = _above(version, _fixed(advisories), compared)
    return _clean(candidates, advisories, compared) or candidates


def _above(version: str, candidates: Iterable[str], compared: Compared) -> tuple[str, ...]:
    """In order; in the sources' order where the installed version is only listed and cannot be compared."""
    try:
        return compared.above(version, candidates)
    except VersionError:
        return tuple(dict.fromkeys(candidates))


def _clean(candidates: Iterable[str], advisories: Sequence[Advisory], compared: Compared) -> tuple[str, ...]:
    """The candidates that no record affects, so that the next scan does not find the same again."""
    return tuple(
        candidate
        for candidate in candidates
        if not any(judge(advisory, candidate, compared).affected for advisory in advisories)
    )


def _fixed(advisories: Iterable[Advisory]) -> Iterable[str]:
    for advisory in advisories:
        yield from advisory.fixed
        for stretch in advisory.ranges:
            yield from (event.version for event in stretch.events if event.kind == "fixed")


def evidence_of(one: Affecting, compared: Compared) -> Evidence:
    """What the record says and what was compared."""
    advisory = one.advisory
    return Evidence(
        advisory=advisory.id,
        source=advisory.source,
        modified=advisory.modified,
        matcher=one.matcher,
        scheme=compared.id,
        ecosystem=one.key.ecosystem,
        name=one.key.name,
        version=one.key.version,
        range=one.words,
        fixed=advisory.fixed,
        severity=advisory.severity,
        url=advisory.url,
    )
