"""Read one file that is a target by itself; one that nobody knows is an error and no empty report."""

from collections.abc import Mapping

from msgspec import structs

from oakum.facts.cataloger import DOCUMENT
from oakum.facts.engine import Reading, read_entries
from oakum.kit.archive.single import SingleWalker
from oakum.kit.errors import UnreadableError
from oakum.kit.plugin import Entry
from oakum.model.fact import Document, Fact, Gap
from oakum.model.layer_facts import LayerFacts
from oakum.sources.opener import LayerPlace

_MOST = 60


def read_single(place: LayerPlace, reading: Reading, wanted: Mapping[str, Entry]) -> LayerFacts:
    """The facts of one file.

    Raises:
        UnreadableError: no cataloger knows such a file, or it is no document that can be read.
    """
    walker = SingleWalker(place.file, place.name)
    name = next(iter(walker))
    engine, facts = read_entries(walker, structs.replace(reading, removals=False))
    again = engine.again()
    if again is not None:
        facts = read_entries(SingleWalker(place.file, place.name), again)[1]
    seen = [fact for outcome in facts.outcomes for fact in outcome.facts]
    documents = {plugin for plugin, entry in wanted.items() if entry["reads"] == DOCUMENT}
    if not _known(name, walker, reading, documents) and not any(isinstance(fact, Document) for fact in seen):
        raise UnreadableError(f"{name}: {_why(seen, facts.gaps)}", hint=_hint(wanted, documents))
    return facts


def _known(name: str, walker: SingleWalker, reading: Reading, documents: set[str]) -> bool:
    """Whether a cataloger of something else than documents wants the file, by its name or its content."""
    patterns = reading.patterns
    if any(want.cataloger not in documents for want in patterns.wants(name)):
        return True
    return bool(patterns.magics) and walker.head(patterns.magic_length).startswith(tuple(patterns.magics))


def _why(seen: list[Fact], gaps: tuple[Fact, ...]) -> str:
    trouble = next((fact.what for fact in (*seen, *gaps) if isinstance(fact, Gap)), "")
    return trouble or "nothing here knows such a file"


def _hint(wanted: Mapping[str, Entry], documents: set[str]) -> str:
    """What would be known: the names of files, and documents by their forms."""
    names = {
        group["glob"].rpartition("/")[2]
        for plugin, entry in wanted.items()
        if plugin not in documents
        for group in entry["groups"].values()
        if group["glob"].startswith("**/") and not group["loose"]
    }
    forms = (
        "SBOMs as CycloneDX 1.4 to 1.7 (JSON, XML), SPDX 2.2, 2.3 (JSON, tag-value) and 3.0 (JSON-LD), Syft's JSON,"
        " reports of oakum"
    )
    known = ", ".join(sorted(names)[:_MOST])
    return f"known are {known}; programs that bear build information; {forms}" if names else f"known are {forms}"
