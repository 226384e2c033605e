"""An explanation, as a person reads it at a terminal."""

from collections.abc import Iterator

from oakum.effects.columns import wrap
from oakum.effects.escape import visible
from oakum.effects.format import Page
from oakum.effects.rating_words import in_words
from oakum.model.cve import Ssvc
from oakum.model.explanation import AFFECTED, Answer, Explanation

_LEAST = 40
_NAMES = 6


def explanation_text(explanation: Explanation, page: Page) -> bytes:
    """The verdict in one line, then each record's word on each package, then what is unknown."""
    return ("\n".join(_lines(explanation, page)) + "\n").encode("utf-8", "backslashreplace")


def _lines(explanation: Explanation, page: Page) -> Iterator[str]:
    yield from _paragraph(_verdict(explanation), page, "")
    if explanation.names:
        yield from _paragraph(f"also known as {_names(explanation)}", page, "  ")
    for answer in explanation.answers:
        yield ""
        yield from _answer(answer, page)
    for title, entries in (
        ("Ratings", tuple(_ratings(explanation))),
        ("Notes", explanation.notes),
        ("Unknown", tuple(f"{gap.kind}: {gap.what}" for gap in explanation.gaps)),
    ):
        if entries:
            yield ""
            yield title
        for entry in entries:
            yield from _paragraph(entry, page, "  ")


def _ratings(explanation: Explanation) -> Iterator[str]:
    """Who rates it how, the one that counts first; then what else is known of how bad it is."""
    yield from map(in_words, explanation.ratings)
    if explanation.recorded and not explanation.ratings:
        yield "unscored: nobody rated it, which is not low"
    listed, exploited = explanation.listed, explanation.exploited
    if exploited.kev:
        yield f"known to be exploited: CISA listed it on {exploited.kev}"
    if exploited.epss is not None:
        yield f"EPSS {exploited.epss:.3g}: probability of exploitation within 30 days"
    if listed is not None and listed.ssvc is not None:
        yield f"SSVC by CISA: {', '.join(_ssvc(listed.ssvc))}"
    if listed is not None and listed.cwes:
        yield f"weakness: {', '.join(listed.cwes)}"
    if listed is not None and listed.rejected:
        yield f"rejected by the CVE list: {listed.rejected}"


def _ssvc(said: Ssvc) -> Iterator[str]:
    for point, answer in (
        ("exploitation", said.exploitation),
        ("automatable", said.automatable),
        ("technical impact", said.impact),
    ):
        yield f"{point} {answer or 'not said'}"


def _names(explanation: Explanation) -> str:
    """The names of the records that are shown, then the others as far as they fit; distributions add hundreds."""
    shown = {answer.evidence.advisory for answer in explanation.answers}
    names = sorted(explanation.names, key=lambda name: (name not in shown, not name.startswith("GHSA-"), name))
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more


def _verdict(explanation: Explanation) -> str:
    affected = {answer.installed.purl for answer in explanation.answers if answer.verdict == AFFECTED}
    about = f"{explanation.wanted} in {explanation.reference}"
    if not explanation.recorded:
        return f"{about}: unknown; no record of the data names it"
    if affected:
        return f"{about}: {len(affected)} affected package{'' if len(affected) == 1 else 's'}"
    return f"{about}: no package is known to be affected" + ("; but not all is known" if explanation.gaps else "")


def _answer(answer: Answer, page: Page) -> Iterator[str]:
    package, evidence = answer.installed.package, answer.evidence
    yield from _paragraph(
        f"{answer.verdict}: {package.name} {package.version} (layer #{answer.installed.layer})", page, ""
    )
    yield from _paragraph(answer.why, page, "  ")
    asked = f"asked by {evidence.matcher}: {evidence.ecosystem} {evidence.name} {evidence.version}"
    yield from _paragraph(asked, page, "  ")
    rating = f"{evidence.severity.rating} by {evidence.severity.origin}" if evidence.severity.origin else "unscored"
    record = f"record {evidence.advisory} of {evidence.source}, {evidence.modified or 'no date'}, {rating}"
    yield from _paragraph(record, page, "  ")
    yield from _paragraph(f"file {answer.installed.package.path}", page, "  ")


def _paragraph(text: str, page: Page, indent: str) -> Iterator[str]:
    for number, line in enumerate(wrap(visible(text), max(_LEAST, page.width - len(indent) - 2))):
        yield indent + ("  " if number else "") + line
