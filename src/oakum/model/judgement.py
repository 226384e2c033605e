"""A judgement: what policies say of a subject, with the evidence, and what would make it pass."""

from msgspec import Struct

from oakum.model.trust import TrustVerdict


class Upgrade(Struct, frozen=True):
    """A package to replace.

    Attributes:
        package: its name.
        type: its purl type.
        have: installed version.
        take: the least version that mends what was refused.
        layer: index of the layer that brought it.
        instruction: the instruction that made the layer.
        mends: how many refusals it ends.
    """

    package: str
    type: str
    have: str
    take: str
    layer: int = -1
    instruction: str = ""
    mends: int = 0


class Proof(Struct, frozen=True):
    """One thing that a policy found.

    Attributes:
        what: one sentence: ``CVE-2026-1 in libssl3 3.0.11-1``, ``container web runs privileged``.
        finding: id of the vulnerability, or empty.
        purl: of the package, or empty.
        layer: index of the layer, or -1.
        instruction: that made the layer.
        remedy: what to do about it.
    """

    what: str
    finding: str = ""
    purl: str = ""
    layer: int = -1
    instruction: str = ""
    remedy: str = ""


class Breach(Struct, frozen=True):
    """A policy whose condition holds, or cannot be judged.

    Attributes:
        policy: its name.
        title: one line.
        severity: of the policy.
        action: ``deny``, ``warn``, or the response for ``run``.
        unknown: the condition could not be judged, and the policy says that this is not enough.
        proofs: what was found.
        remediation: the policy's advice.
        failed: it could not be judged because a criterion failed, which counts as if the condition held, whatever the
            policy says of what is unknown.
    """

    policy: str
    title: str
    severity: str
    action: str
    unknown: bool = False
    proofs: tuple[Proof, ...] = ()
    remediation: str = ""
    failed: bool = False

    @property
    def open(self) -> bool:
        """It rests on what is unknown alone: nothing bad is known, and nothing failed."""
        return self.unknown and not self.failed

    @property
    def word(self) -> str:
        """What it comes to: ``unknown``, or its action."""
        return "unknown" if self.open else self.action


class Acceptance(Struct, frozen=True):
    """A finding that a waiver could accept, since no upgrade ends it.

    Attributes:
        finding: id of the vulnerability.
        package: its purl.
    """

    finding: str
    package: str


class Flip(Struct, frozen=True):
    """What would make a refused subject pass.

    Attributes:
        upgrades: the fewest packages to replace, those that end most first; enough when ``open`` is empty.
        open: breaches that no upgrade ends, a sentence each.
        waivers: the open ones that are findings, which waivers can accept.
    """

    upgrades: tuple[Upgrade, ...] = ()
    open: tuple[str, ...] = ()
    waivers: tuple[Acceptance, ...] = ()


class Judgement(Struct, frozen=True):
    """The decision on a subject.

    Attributes:
        id: digest of everything that it rests on; the same inputs give the same id.
        stage: where it was judged.
        outcome: ``allow``, ``warn``, ``deny``, or ``unknown`` where gaps alone refuse.
        subject: digest of the subject.
        policies: digest of the policies.
        waivers: digest of the waivers.
        database: digest of the advisories.
        at: the moment that ages were counted to (ISO 8601).
        breaches: worst first.
        flip: what would make it pass; None when it does.
        accepted: how many findings waivers took out.
        waived: the first hundred of them, each with who accepted it and why.
        reference: name of what was judged.
        image_id: of it, where it is an image.
        owner: whose the image is, as its label says, or empty.
        made: the moment at which it was made (ISO 8601); the same inputs on the same day give the same id.
        trust: whether the image is trusted, and why; None where no trust rules were asked.
    """

    id: str
    stage: str
    outcome: str
    subject: str
    policies: str
    waivers: str
    database: str
    at: str
    breaches: tuple[Breach, ...] = ()
    flip: Flip | None = None
    accepted: int = 0
    waived: tuple[str, ...] = ()
    reference: str = ""
    image_id: str = ""
    owner: str = ""
    made: str = ""
    trust: TrustVerdict | None = None

    @property
    def exit_code(self) -> int:
        """What a command ends with: 0 allow and warn, 1 deny, 2 unknown."""
        return {"allow": 0, "warn": 0, "deny": 1, "unknown": 2}[self.outcome]
