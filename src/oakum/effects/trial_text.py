"""What a dry run of policies found, for the person who wants to turn them on."""

from collections.abc import Iterator

from oakum.effects import columns
from oakum.effects.escape import visible
from oakum.effects.format import Page
from oakum.model.api import PolicyTrial, TrialChange


def trial_text(trial: PolicyTrial, page: Page) -> bytes:
    """Who would be hit, who would pass again, and by what."""
    return ("\n".join(_lines(trial, page)) + "\n").encode("utf-8", "backslashreplace")


def _lines(trial: PolicyTrial, page: Page) -> Iterator[str]:
    hit = sum(one.hit for one in trial.changes)
    yield f"{trial.images} images judged for {trial.stage}: {hit} would be refused that pass now"
    if other := len(trial.changes) - hit:
        yield f"{other} others would be decided otherwise"
    for one in trial.changes:
        yield ""
        yield from _change(one, page)


def _change(one: TrialChange, page: Page) -> Iterator[str]:
    name = ", ".join(one.names[:3]) or one.image_id
    running = f", runs in {one.running} containers or more" if one.running > 1 else ", runs" if one.running else ""
    yield from _wrapped(f"{name}: {one.before} -> {one.after}{running}", page, "")
    for breach in one.breaches:
        what = f": {breach.proofs[0].what}" if breach.proofs else ""
        yield from _wrapped(f"- {breach.policy}{what}", page, "    ")


def _wrapped(text: str, page: Page, indent: str) -> Iterator[str]:
    for line in columns.wrap(visible(text), max(20, page.width - len(indent))):
        yield indent + line
