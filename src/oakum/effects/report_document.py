"""The report as the document that programs read."""

from collections import Counter

from oakum import __version__
from oakum.effects import json_document as doc
from oakum.model.advisory import DatabaseInfo
from oakum.model.artifact import Artifact
from oakum.model.confinement import Confinement
from oakum.model.fact import Distribution
from oakum.model.finding import Evidence, Finding, Suppressed
from oakum.model.gaps import BLIND
from oakum.model.inventory import Installed
from oakum.model.report import Report
from oakum.model.severity import ORDER, Rating, Severity


def report_document(report: Report) -> doc.Document:
    """Everything that the report holds, in the documented form (docs/reference/report.md)."""
    places = tuple(
        doc.LayerPlace(index, layer.digest, layer.instruction) for index, layer in enumerate(report.artifact.layers)
    )
    return doc.Document(
        schema=doc.SCHEMA,
        tool=doc.Tool("oakum", __version__),
        created=report.created,
        scanners=report.scanners,
        artifact=_artifact(report.artifact),
        distribution=_distribution(report.inventory.distribution),
        packages=tuple(_package(installed, _place(places, installed)) for installed in report.inventory.packages),
        vulnerabilities=tuple(_vulnerability(one, _place(places, one.installed)) for one in report.findings),
        suppressed=tuple(_suppressed(one) for one in report.suppressed),
        gaps=_gaps(report),
        summary=_summary(report),
        decision=doc.AskedPart(report.decision.outcome, report.decision.asked, report.decision.reasons),
        database=_database(report.database),
        confinement=_confinement(report.confinement),
        documents=tuple(
            doc.StatedRow(one.form, one.path, one.tool, one.subject, one.version, one.digest)
            for one in report.inventory.documents
        ),
    )


def _artifact(artifact: Artifact) -> doc.ArtifactPart:
    return doc.ArtifactPart(
        artifact.reference,
        artifact.kind,
        artifact.digest,
        artifact.image_id,
        artifact.names,
        artifact.platform,
        tuple(
            doc.LayerRow(index, layer.digest, layer.diff_id, layer.instruction)
            for index, layer in enumerate(artifact.layers)
        ),
    )


def _distribution(found: Distribution | None) -> doc.DistributionPart | None:
    if found is None:
        return None
    return doc.DistributionPart(found.id, found.version, found.name, found.codename, found.like, found.path)


def _place(places: tuple[doc.LayerPlace, ...], installed: Installed) -> doc.LayerPlace | None:
    return places[installed.layer] if 0 <= installed.layer < len(places) else None


def _package(installed: Installed, place: doc.LayerPlace | None) -> doc.PackageRow:
    package = installed.package
    source = package.source
    return doc.PackageRow(
        package.type,
        package.name,
        package.version,
        installed.purl,
        package.arch,
        doc.SourceRow(source.name, source.version) if source else None,
        package.licenses,
        _paths(installed),
        place,
        installed.owner,
        package.depends,
        package.scope,
        package.module,
        package.guessed,
    )


def _gaps(report: Report) -> tuple[doc.GapRow, ...]:
    """All gaps; those that the reading left are the inventory's own."""
    reading = set(report.inventory.gaps)
    return tuple(
        doc.GapRow(
            gap.kind, gap.kind in BLIND, gap.what, gap.path, gap.layer, "reading" if gap in reading else "judging"
        )
        for gap in report.gaps
    )


def _paths(installed: Installed) -> tuple[str, ...]:
    return installed.paths or (installed.package.path,)


def _name(installed: Installed) -> doc.PackageName:
    package = installed.package
    return doc.PackageName(package.name, package.version, package.type, installed.purl)


def _severity(severity: Severity) -> doc.SeverityPart:
    return doc.SeverityPart(severity.rating, severity.origin, severity.score, severity.vector)


def _vulnerability(finding: Finding, place: doc.LayerPlace | None) -> doc.VulnerabilityRow:
    exploited, ssvc = finding.exploited, finding.ssvc
    return doc.VulnerabilityRow(
        id=finding.id,
        aliases=finding.aliases,
        package=_name(finding.installed),
        severity=_severity(finding.severity),
        fixed_versions=finding.fixed_versions,
        kev=exploited.kev or None,
        epss=None if exploited.epss is None else doc.Epss(exploited.epss, exploited.percentile),
        layer=place,
        paths=_paths(finding.installed),
        evidence=tuple(_evidence(one) for one in finding.evidence),
        summary=finding.summary,
        published=finding.published,
        ratings=tuple(_rating(one) for one in finding.ratings),
        ssvc=doc.SsvcPart(ssvc.exploitation, ssvc.automatable, ssvc.impact) if ssvc else None,
        cwes=finding.cwes,
        rejected=finding.rejected or None,
        take=finding.take,
    )


def _rating(one: Rating) -> doc.RatingRow:
    severity = one.severity
    return doc.RatingRow(severity.rating, severity.origin, one.by, severity.score, severity.vector)


def _evidence(one: Evidence) -> doc.EvidenceRow:
    return doc.EvidenceRow(
        one.advisory,
        one.source,
        one.modified,
        one.matcher,
        one.scheme,
        one.ecosystem,
        one.name,
        one.version,
        one.range,
        one.fixed,
        _severity(one.severity),
        one.url,
    )


def _suppressed(one: Suppressed) -> doc.SuppressedRow:
    evidence = _evidence(one.evidence) if one.evidence else None
    return doc.SuppressedRow(_name(one.installed), one.reason, one.advisory, evidence, one.waiver)


def _summary(report: Report) -> doc.Summary:
    count = Counter(finding.severity.rating for finding in report.findings)
    return doc.Summary(
        severities=doc.Counts(**{rating: count[rating] for rating in ORDER}),
        fixable=sum(bool(finding.fixed_versions) for finding in report.findings),
        kev=sum(bool(finding.exploited.kev) for finding in report.findings),
        gaps=len(report.gaps),
        packages=len(report.inventory.packages),
    )


def _database(info: DatabaseInfo | None) -> doc.DatabasePart | None:
    if info is None:
        return None
    return doc.DatabasePart(
        info.digest,
        info.built,
        info.schema,
        info.starter,
        tuple(
            doc.DataSource(one.name, one.revision, one.records, one.newest, one.skipped, one.taken)
            for one in info.sources
        ),
        tuple(
            doc.EcosystemRow(name, data.records, data.fixed_only, data.newest)
            for name, data in sorted(info.ecosystems.items())
        ),
        info.current,
    )


def _confinement(held: Confinement | None) -> doc.ConfinementPart | None:
    if held is None:
        return None
    return doc.ConfinementPart(held.landlock, held.seccomp, held.network, held.weaknesses)
