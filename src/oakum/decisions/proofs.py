"""What a policy found, as a sentence with its place."""

from collections.abc import Iterator
from typing import Final

from oakum.decisions.conditions import Candidate, leaves
from oakum.decisions.files import FILE_PRESENT, SETUID_FILE, present, special
from oakum.decisions.trust import verdict
from oakum.model.finding import Finding
from oakum.model.inventory import ImageFile, Installed
from oakum.model.judgement import Proof
from oakum.model.policy import Check, Condition, Not, Policy
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
    named = ", ".join(_named(policy.when, under_not=False))
    reasons = _distrust(subject) if any(leaf.criterion in _OF_TRUST for leaf in asked) else ""
    files = [one for leaf in asked for one in _files(leaf, subject)]
    first = files[0] if files else None
    return Proof(
        f"holds: {named}{reasons}{_listed(files)}",
        layer=first.layer if first else -1,
        instruction=_instruction_of(first.layer, subject) if first else "",
    )


def not_collected(level: str) -> Proof:
    """The proof that a part of the subject is not there to be judged."""
    parts = {"finding": "vulnerabilities", "package": "packages", "container": "the workload's specification"}
    return Proof(f"not known: {parts.get(level, level)}")


def _files(leaf: Check, subject: Subject) -> tuple[ImageFile, ...]:
    """The files that a criterion of files found."""
    globs = tuple(leaf.asked.get({FILE_PRESENT: "matches", SETUID_FILE: "but"}.get(leaf.criterion, ""), ()))
    if leaf.criterion == FILE_PRESENT:
        return present(subject, globs) or ()
    return (special(subject, globs) or ()) if leaf.criterion == SETUID_FILE else ()


def _listed(files: list[ImageFile]) -> str:
    more = f" and {len(files) - _REASONS} more" if len(files) > _REASONS else ""
    return f" ({', '.join(one.path for one in files[:_REASONS])}{more})" if files else ""


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
    return _instruction_of(installed.layer, subject)


def _instruction_of(layer: int, subject: Subject) -> str:
    layers = subject.artifact.layers if subject.artifact else ()
    return layers[layer].instruction if 0 <= layer < len(layers) else ""


def _named(condition: Condition, *, under_not: bool) -> Iterator[str]:
    """The criteria in the order in which they are written, as the condition asks for them: ``not trusted``."""
    if isinstance(condition, Check):
        yield f"{'not ' if under_not else ''}{_words(condition.criterion, condition.asked)}"
    elif isinstance(condition, Not):
        yield from _named(condition.of, under_not=not under_not)
    else:
        for part in condition.of:
            yield from _named(part, under_not=under_not)


def _words(criterion: str, asked: dict[str, object]) -> str:
    said = ", ".join(f"{name}: {value}" for name, value in asked.items())
    return f"{criterion} ({said})" if said else criterion
