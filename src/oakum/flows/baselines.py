"""Only what is new: a baseline out of a gated artifact, and what it accepts of another."""

import msgspec
from msgspec.structs import replace

from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import ConfigurationError
from oakum.model.baseline import Baseline, KnownBreach, KnownFinding
from oakum.model.finding import Finding
from oakum.model.judgement import Judgement
from oakum.model.report import Report
from oakum.model.waiver import NEVER, Waiver


def baseline_of(report: Report, judgement: Judgement) -> Baseline:
    """What is known of an artifact now; accepted findings are not in it, since their waivers end.

    A finding is known by its vulnerability and its package: the version is left out, for a package that was
    upgraded and is still affected is no new debt; so are layer and file, which any rebuild may change.
    """
    findings = {(one.id, bare(one.installed.purl)): one.aliases for one in report.findings}
    breaches = {
        KnownBreach(breach.policy, bare(proof.purl))
        for breach in judgement.breaches
        for proof in breach.proofs
        if not breach.unknown and not proof.finding
    }
    artifact = report.artifact
    return Baseline(
        "baseline/1",
        artifact.reference,
        artifact.digest or artifact.image_id,
        report.created,
        tuple(KnownFinding(id_, package, aliases) for (id_, package), aliases in sorted(findings.items())),
        tuple(sorted(breaches, key=lambda one: (one.policy, one.package))),
    )


def read_baseline(data: bytes, name: str) -> Baseline:
    """A baseline out of a file.

    Raises:
        ConfigurationError: it is none.
    """
    try:
        return msgspec.json.decode(data, type=Baseline)
    except UNDECODABLE as error:
        hint = "oakum gate --write-baseline FILE writes one"
        raise ConfigurationError(f"{name} is no baseline: {error}", hint) from None


def known(baseline: Baseline, name: str) -> tuple[Waiver, ...]:
    """What a baseline accepts, for the one evaluator of waivers.

    Args:
        baseline: what was known.
        name: of its file or artifact, for people.
    """
    reason = f"known in {baseline.of} since {baseline.made[:10]}"
    origin = f"baseline {name}"
    findings = [
        Waiver(id_, reason, NEVER, one.package, origin=origin)
        for one in baseline.findings
        for id_ in (one.id, *one.aliases)
    ]
    breaches = [Waiver("", reason, NEVER, one.package, origin=origin, policy=one.policy) for one in baseline.breaches]
    return (*findings, *breaches)


def marked(report: Report, baseline: Baseline) -> Report:
    """The report with each finding told whether it was known (for the criterion ``is_new``)."""
    had = {(id_, one.package) for one in baseline.findings for id_ in (one.id, *one.aliases)}

    def is_known(finding: Finding) -> bool:
        package = bare(finding.installed.purl)
        return any((id_, package) in had for id_ in (finding.id, *finding.aliases))

    return replace(report, findings=tuple(replace(one, in_baseline=is_known(one)) for one in report.findings))


def bare(purl: str) -> str:
    """A purl without version and qualifiers."""
    base = purl.partition("?")[0]
    name, at, _ = base.rpartition("@")
    return name if at and not name.endswith("/") else base
