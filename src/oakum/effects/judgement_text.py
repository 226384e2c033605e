"""A judgement for the person whose build it is: what to change, and how much that helps."""

from collections.abc import Iterator, Sequence

from oakum.effects import columns
from oakum.effects.escape import visible
from oakum.effects.format import Page
from oakum.model.judgement import Breach, Flip, Judgement, Upgrade
from oakum.model.trust import TrustVerdict

_PROOFS = 5
_SYSTEM = frozenset({"deb", "apk", "rpm", "alpm"})
_WORDS = {
    "allow": "passed",
    "warn": "passed with warnings",
    "deny": "refused",
    "unknown": "refused: not known to be safe",
}
_COLOURS = {"allow": "1;32", "warn": "1;33", "deny": "1;31", "unknown": "1;33"}


def judgement_text(judgement: Judgement, name: str, page: Page) -> bytes:
    """The outcome, the breaches with their first proofs, and what to do."""
    return ("\n".join(_lines(judgement, name, page)) + "\n").encode("utf-8", "backslashreplace")


def _lines(judgement: Judgement, name: str, page: Page) -> Iterator[str]:
    head = f"{name}: {_WORDS[judgement.outcome]}"
    yield _coloured(visible(head), _COLOURS[judgement.outcome], page)
    for breach in judgement.breaches:
        yield ""
        yield from _breach(breach, page)
    if judgement.flip is not None:
        yield from _flip(judgement.flip, page)
    if judgement.waived:
        yield ""
        yield f"Accepted, and not counted ({judgement.accepted}):"
        for said in judgement.waived[:_PROOFS]:
            yield from _wrapped(f"- {said}", page, "  ")
    if judgement.trust is not None:
        yield from _trust(judgement.trust, page)
    yield ""
    accepted = f", {judgement.accepted} findings accepted" if judgement.accepted else ""
    owner = f", owner {judgement.owner}" if judgement.owner else ""
    yield from _wrapped(f"decision {judgement.id[:19]}, stage {judgement.stage}{accepted}{owner}", page)


def _trust(trust: TrustVerdict, page: Page) -> Iterator[str]:
    yield ""
    yield {True: "Trusted:", False: "Not trusted:", None: "Not known to be trusted:"}[trust.trusted]
    for part in trust.parts:
        holds = {True: "holds", False: "fails", None: "unknown"}[part.holds]
        yield from _wrapped(f"- {part.part} {holds}: {part.why}", page, "  ")


def _breach(breach: Breach, page: Page) -> Iterator[str]:
    yield from _wrapped(f"{breach.word}: {breach.title} ({breach.policy}, {breach.severity})", page)
    for proof in breach.proofs[:_PROOFS]:
        where = f" [layer {proof.layer}: {' '.join(proof.instruction.split())[:100]}]" if proof.instruction else ""
        yield from _wrapped(f"- {proof.what}{where}", page, "    ")
    if len(breach.proofs) > _PROOFS:
        yield f"    and {len(breach.proofs) - _PROOFS} more"
    if breach.remediation:
        yield from _wrapped(breach.remediation, page, "    ")


def _flip(flip: Flip, page: Page) -> Iterator[str]:
    yield ""
    if flip.upgrades:
        yield "To pass:" if not flip.open else "Needed, but not enough:"
        for instruction, upgrades in _by_instruction(flip.upgrades):
            yield from _wrapped(_brought(instruction, upgrades), page, "  ")
            for upgrade in upgrades:
                yield from _wrapped(f"- {_upgrade(upgrade)}", page, "    ")
    if flip.open:
        yield (
            "No upgrade ends this:"
            if not flip.waivers
            else "No upgrade ends this; a waiver could accept what is a vulnerability:"
        )
        for said in flip.open[: 2 * _PROOFS]:
            yield from _wrapped(f"- {said}", page, "  ")
        if len(flip.open) > 2 * _PROOFS:
            yield f"  and {len(flip.open) - 2 * _PROOFS} more"


def _by_instruction(upgrades: Sequence[Upgrade]) -> list[tuple[str, list[Upgrade]]]:
    """The upgrades of each instruction together, those that end most first: one change of a line may take many."""
    together: dict[tuple[int, str], list[Upgrade]] = {}
    for upgrade in upgrades:
        together.setdefault((upgrade.layer, upgrade.instruction), []).append(upgrade)
    ordered = sorted(together.items(), key=lambda one: -sum(upgrade.mends for upgrade in one[1]))
    return [(instruction, some) for (_, instruction), some in ordered]


def _brought(instruction: str, upgrades: Sequence[Upgrade]) -> str:
    """The line to change, and what that is worth."""
    ends = sum(upgrade.mends for upgrade in upgrades)
    worth = f"ends {ends} finding" + ("" if ends == 1 else "s")
    line = " ".join(instruction.split())[:120]
    if not line:
        return f"{len(upgrades)} to replace, {worth}:"
    base = "a newer base image, or " if upgrades[0].layer == 0 and upgrades[0].type in _SYSTEM else ""
    return f"{base}in {line} ({worth}):"


def _upgrade(upgrade: Upgrade) -> str:
    ends = f", ends {upgrade.mends}" if upgrade.mends > 1 else ""
    return f"{upgrade.package} {upgrade.have} -> {upgrade.take} ({upgrade.type}{ends})"


def _wrapped(text: str, page: Page, indent: str = "") -> Iterator[str]:
    for number, line in enumerate(columns.wrap(visible(text), max(20, page.width - len(indent) - 2))):
        yield indent + ("  " if number else "") + line


def _coloured(line: str, colour: str, page: Page) -> str:
    return f"\x1b[{colour}m{line}\x1b[0m" if page.colour else line
