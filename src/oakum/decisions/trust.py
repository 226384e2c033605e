"""Whether an image is trusted: where it lies, who signed it, what is attested, what it is built on. Pure."""

from collections.abc import Iterable, Iterator
from typing import Final

from oakum.decisions.globs import fits
from oakum.model.signature import SIGNATURE, Signed, Verified
from oakum.model.subject import Subject
from oakum.model.trust import TrustPart, TrustRule, TrustRules, TrustVerdict

BASE: Final = "org.opencontainers.image.base.name"
"""The label that names the base (OCI image specification, annotations)."""

_REASONS: Final = 3


def rule_for(names: Iterable[str], rules: TrustRules) -> TrustRule | None:
    """The first rule that speaks of an image by one of its names, with its tag or without."""
    known = [form for name in names for form in (name, _repository(name))]
    for rule in rules.rules:
        if any(map(fits(rule.images), known)):
            return rule
    return None


def verdict(subject: Subject, policy: TrustPart | None = None) -> TrustVerdict:
    """The verdict on a subject whose signatures were looked at by trust rules.

    Args:
        subject: of any stage.
        policy: what policies say of it (``policy_part``); None leaves that part out.
    """
    parts = tuple(_parts(subject, policy))
    held = [part.holds for part in parts]
    return TrustVerdict(False if False in held else None if None in held else True, parts)


def policy_part(outcome: str, policies: Iterable[str]) -> TrustPart:
    """The part of a verdict that policies are: those that were breached, where the outcome is no pass."""
    if outcome in {"allow", "warn"}:
        return TrustPart("policy", holds=True, why=f"they {outcome} it")
    names = ", ".join(dict.fromkeys(policies))
    return TrustPart("policy", None if outcome == "unknown" else False, f"{outcome}: {names}")


def _parts(subject: Subject, policy: TrustPart | None) -> Iterator[TrustPart]:
    found = subject.trust
    if found is None or not found.ruled:
        yield TrustPart("registry", None, "nobody looked: no trust rules are set")
        return
    rule = found.rule
    if rule is None:
        yield TrustPart("registry", holds=False, why=_refused(found) or "no trust rule speaks of it")
        return
    yield TrustPart("registry", holds=True, why=f"rule {rule.name!r}")
    if rule.keys or rule.identities:
        yield _signature(found)
    if rule.attested:
        yield _attestations(rule, found)
    if rule.bases:
        yield _base(rule, subject)
    yield _scan(subject)
    if policy is not None:
        yield policy


def _signature(found: Verified) -> TrustPart:
    for one in found.signed:
        if one.predicate == SIGNATURE:
            return TrustPart("signature", holds=True, why=f"by {_by(one)}")
    return TrustPart("signature", holds=False, why=_refused(found) or "none is there")


def _attestations(rule: TrustRule, found: Verified) -> TrustPart:
    for wanted in rule.attested:
        if not any(fits([wanted])(one.predicate) for one in found.signed):
            return TrustPart("attestations", holds=False, why=f"nobody who is trusted attests {wanted}")
    return TrustPart("attestations", holds=True, why=", ".join(rule.attested))


def _base(rule: TrustRule, subject: Subject) -> TrustPart:
    config = subject.artifact.config if subject.artifact else None
    name = config.labels.get(BASE, "") if config else ""
    if not name:
        return TrustPart("base", None, f"no label {BASE} says what it is built on")
    if any(map(fits(rule.bases), (name, _repository(name)))):
        return TrustPart("base", holds=True, why=name)
    return TrustPart("base", holds=False, why=f"{name} is none of the rule's")


def _scan(subject: Subject) -> TrustPart:
    if subject.inventory is None or subject.findings is None:
        return TrustPart("scan", None, "nobody has looked into it")
    return TrustPart("scan", holds=True, why=f"read {subject.scanned}" if subject.scanned else "read")


def _refused(found: Verified) -> str:
    return "; ".join(found.refused[:_REASONS])


def _by(one: Signed) -> str:
    return f"{one.by} ({one.issuer}) at {one.at}" if one.issuer else one.by


def _repository(name: str) -> str:
    """A name without its tag and digest."""
    bare = name.partition("@")[0]
    head, slash, last = bare.rpartition("/")
    return f"{head}{slash}{last.partition(':')[0]}"
