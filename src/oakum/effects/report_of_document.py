"""A JSON report read back: the document's fields as the nouns that other formats are given."""

from collections.abc import Mapping

from oakum.effects import json_document as doc
from oakum.kit.errors import UnreadableError
from oakum.model.advisory import DatabaseInfo, EcosystemData, Exploited, SourceRevision
from oakum.model.artifact import Artifact, Layer
from oakum.model.confinement import Confinement
from oakum.model.cve import Ssvc
from oakum.model.decision import Decision
from oakum.model.fact import Distribution, Document, Gap, Package, SourcePackage
from oakum.model.finding import Evidence, Finding, Suppressed
from oakum.model.inventory import Installed, Inventory
from oakum.model.report import Report
from oakum.model.severity import ORDER, Rating, Severity

Place = tuple[str, int, tuple[str, ...]]
"""Tells the packages of a report apart: purl, layer, paths."""


def report_of(document: doc.Document) -> Report:
    """The report that a document holds.

    Raises:
        UnreadableError: it is of another form, or names a package or a rating that is not there.
    """
    if document.schema != doc.SCHEMA:
        raise UnreadableError(f"the report is {document.schema[:40]!r}; {doc.SCHEMA} is read")
    packages = tuple(map(_installed, document.packages))
    by_place = {(one.purl, one.layer, one.paths): one for one in packages}
    by_purl = {one.purl: one for one in reversed(packages)}
    gaps = tuple(Gap(row.kind, row.what, row.path, row.layer) for row in document.gaps)
    reading = tuple(gap for gap, row in zip(gaps, document.gaps, strict=True) if row.stage == "reading")
    stated = tuple(
        Document(row.form, row.path, row.tool, row.subject, row.version, row.digest) for row in document.documents
    )
    return Report(
        artifact=_artifact(document.artifact),
        inventory=Inventory(_distribution(document.distribution), packages, reading, stated),
        findings=tuple(_finding(row, by_place) for row in document.vulnerabilities),
        suppressed=tuple(_suppressed(row, by_purl) for row in document.suppressed),
        gaps=gaps,
        decision=_decision(document.decision),
        database=_database(document.database),
        created=document.created,
        scanners=document.scanners,
        confinement=_confinement(document.confinement),
    )


def _artifact(part: doc.ArtifactPart) -> Artifact:
    layers = tuple(Layer(row.digest, row.diff_id, row.instruction) for row in part.layers)
    return Artifact(part.reference, part.kind, part.digest, part.image_id, part.names, part.platform, layers)


def _distribution(part: doc.DistributionPart | None) -> Distribution | None:
    if part is None:
        return None
    return Distribution(part.id, part.version, part.name, part.path, part.like, part.codename)


def _installed(row: doc.PackageRow) -> Installed:
    package = Package(
        row.type,
        row.name,
        row.version,
        row.paths[0] if row.paths else "",
        row.arch,
        SourcePackage(row.source.name, row.source.version) if row.source else None,
        row.licenses,
        row.depends,
        row.scope,
        row.module,
        row.guessed,
        row.purl,
    )
    return Installed(package, row.purl, row.layer.index if row.layer else -1, row.paths, row.owner)


def _finding(row: doc.VulnerabilityRow, packages: Mapping[Place, Installed]) -> Finding:
    installed = packages.get((row.package.purl, row.layer.index if row.layer else -1, row.paths))
    if installed is None:
        raise UnreadableError(f"{row.id[:80]!r} is about a package that the report does not list")
    epss = row.epss
    return Finding(
        row.id,
        row.aliases,
        installed,
        _severity(row.severity),
        row.fixed_versions,
        Exploited(row.kev or "", epss.probability if epss else None, epss.percentile if epss else None),
        tuple(map(_evidence, row.evidence)),
        row.summary,
        row.published,
        row.take,
        tuple(Rating(_severity(one), one.by) for one in row.ratings),
        Ssvc(row.ssvc.exploitation, row.ssvc.automatable, row.ssvc.technical_impact) if row.ssvc else None,
        row.cwes,
        row.rejected or "",
    )


def _severity(part: doc.SeverityPart | doc.RatingRow) -> Severity:
    if part.rating not in ORDER:
        raise UnreadableError(f"the report has a rating {part.rating[:40]!r}, which is none")
    return Severity(part.rating, part.origin, part.score, part.vector)


def _evidence(row: doc.EvidenceRow) -> Evidence:
    return Evidence(
        row.advisory,
        row.source,
        row.modified,
        row.matcher,
        row.scheme,
        row.ecosystem,
        row.name,
        row.version,
        row.range,
        row.fixed,
        _severity(row.severity),
        row.url,
    )


def _suppressed(row: doc.SuppressedRow, packages: Mapping[str, Installed]) -> Suppressed:
    installed = packages.get(row.package.purl)
    if installed is None:
        raise UnreadableError(f"{row.package.name[:80]!r} was not counted and is not in the report")
    evidence = _evidence(row.evidence) if row.evidence else None
    return Suppressed(installed, row.reason, row.advisory, evidence, row.waiver)


def _decision(part: doc.AskedPart) -> Decision:
    if part.outcome not in {"allow", "deny", "unknown"}:
        raise UnreadableError(f"the report has an outcome {part.outcome[:40]!r}, which is none")
    return Decision(part.outcome, part.asked, part.reasons)


def _database(part: doc.DatabasePart | None) -> DatabaseInfo | None:
    if part is None:
        return None
    return DatabaseInfo(
        part.digest,
        part.built,
        part.schema,
        part.starter,
        tuple(SourceRevision(row.name, row.revision, row.records, row.newest, row.skipped) for row in part.sources),
        {row.ecosystem: EcosystemData(row.records, row.fixed_only, row.newest) for row in part.ecosystems},
    )


def _confinement(part: doc.ConfinementPart | None) -> Confinement | None:
    return Confinement(part.landlock, part.seccomp, part.network, part.weaknesses) if part else None
