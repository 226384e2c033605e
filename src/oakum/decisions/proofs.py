"""What a policy found, as a sentence with its place."""

from typing import Final

from oakum.decisions.conditions import Candidate, leaves
from oakum.decisions.trust import verdict
from oakum.model.finding import Finding
from oakum.model.inventory import Installed
from oakum.model.judgement import Proof
from oakum.model.policy import Policy
from oakum.model.subject import Subject
from oakum.model.workload import ContainerSpec

_OF_TRUST: Final = frozenset({"trusted", "signed_by", "attested"})
_REASONS: Final = 3


def proof(candidate: Candidate, subject: Subject) -> Proof | None:
    """The proof that a finding, a package or a container is; None for the subject as a whole."""
    if isinstance(candidate, Finding):
        return _finding(candidate, subject)
    if isinstance(candidate, Installed):
        package = candidate.package
        where = _instruction(candidate, subject)
        return Proof(f"{package.name} {package.version}".strip(), "", candidate.purl, candidate.layer, where)
    if isinstance(candidate, ContainerSpec):
        name = f"container {candidate.name}" if candidate.name else "the container"
        return Proof(f"{name} of image {candidate.image}")
    return None


def proof_of_subject(policy: Policy, subject: Subject) -> Proof:
    """The proof of a policy on the subject as a whole: the criteria that it names, and what is not trusted."""
    asked = list(leaves(policy.when))
    named = ", ".join(_words(leaf.criterion, leaf.asked) for leaf in asked)
    reasons = _distrust(subject) if any(leaf.criterion in _OF_TRUST for leaf in asked) else ""
    return Proof(f"holds: {named}{reasons}")


def not_collected(level: str) -> Proof:
    """The proof that a part of the subject is not there to be judged."""
    parts = {"finding": "vulnerabilities", "package": "packages", "container": "the workload's specification"}
    return Proof(f"not known: {parts.get(level, level)}")


def _distrust(subject: Subject) -> str:
    """What trust rules miss; else why signatures did not count."""
    found = subject.trust
    if found is None:
        return ""
    missed = [f"{part.part}: {part.why}" for part in verdict(subject).parts if not part.holds] if found.ruled else ()
    why = "; ".join(missed or found.refused[:_REASONS])
    return f" ({why})" if why else ""


def _finding(finding: Finding, subject: Subject) -> Proof:
    package = finding.installed.package
    said = f"{finding.id} ({finding.severity.rating}) in {package.name} {package.version}"
    take = finding.take or next(iter(finding.fixed_versions), "")
    remedy = f"upgrade {package.name} to {take}" if take else "no fix is known"
    where = _instruction(finding.installed, subject)
    return Proof(said, finding.id, finding.installed.purl, finding.installed.layer, where, remedy)


def _instruction(installed: Installed, subject: Subject) -> str:
    layers = subject.artifact.layers if subject.artifact else ()
    return layers[installed.layer].instruction if 0 <= installed.layer < len(layers) else ""


def _words(criterion: str, asked: dict[str, object]) -> str:
    said = ", ".join(f"{name}: {value}" for name, value in asked.items())
    return f"{criterion} ({said})" if said else criterion
