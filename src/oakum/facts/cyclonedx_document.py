"""A CycloneDX document, from JSON or from XML, as what it states (CycloneDX 1.4 to 1.7)."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from msgspec import Struct

from oakum.facts.stated import StatedDocument, StatedPackage, text
from oakum.facts.stated_facts import gap_of
from oakum.facts.stated_system import distribution_of
from oakum.kit.errors import LimitError, UnreadableError
from oakum.kit.limits import SBOM_DEPTH
from oakum.model import gaps
from oakum.model import sbom_words as words
from oakum.model.fact import Document, Gap
from oakum.model.syft_types import PURL_TYPES

VERSIONS: Final = ("1.4", "1.5", "1.6", "1.7")
_NO_PACKAGE: Final = frozenset({
    "file", "container", "platform", "operating-system", "device", "device-driver", "firmware", "data",
    "machine-learning-model", "cryptographic-asset",
})  # fmt: skip
_SCOPES: Final = {"excluded": "dev", "optional": "optional"}


class Property(Struct):
    """A named value."""

    name: Any = None
    value: Any = None


class Component(Struct, rename={"bom_ref": "bom-ref"}):
    """A component; what is not read here is passed over while the document is decoded."""

    type: Any = None
    bom_ref: Any = None
    group: Any = None
    name: Any = None
    version: Any = None
    description: Any = None
    purl: Any = None
    scope: Any = None
    licenses: Any = None
    evidence: Any = None
    hashes: Any = None
    properties: list[Property] | None = None
    components: "list[Component] | None" = None


class Metadata(Struct):
    """What a document says of itself."""

    component: Component | None = None
    tools: Any = None
    properties: list[Property] | None = None


class Dependency(Struct, rename={"depends_on": "dependsOn"}):
    """The edges of one component."""

    ref: Any = None
    depends_on: list[Any] | None = None


class Composition(Struct):
    """How complete a part of the document is."""

    aggregate: Any = None


class Bom(Struct, rename={"spec_version": "specVersion"}):
    """The document."""

    spec_version: Any = None
    metadata: Metadata | None = None
    components: list[Component] | None = None
    dependencies: list[Dependency] | None = None
    compositions: list[Composition] | None = None
    properties: list[Property] | None = None


def stated_by(bom: Bom, path: str) -> StatedDocument:
    """What a document states.

    Raises:
        UnreadableError: its version is none that is read here.
        LimitError: components lie too deep in one another.
    """
    version = text(bom.spec_version)
    if version not in VERSIONS:
        raise UnreadableError(f"is CycloneDX {version[:20]!r}; versions {VERSIONS[0]} to {VERSIONS[-1]} are read")
    metadata = bom.metadata or Metadata()
    stated = StatedDocument(_document(version, metadata, path))
    for at, component in enumerate(_every(bom.components, metadata.component)):
        _take(component, f"#{at}", stated)
    for dependency in bom.dependencies or ():
        needed = [one for one in map(text, dependency.depends_on or ()) if one]
        stated.needs.setdefault(text(dependency.ref), []).extend(needed)
    stated.gaps = _gaps([*(metadata.properties or ()), *(bom.properties or ())], bom.compositions or (), path)
    return stated


def _document(version: str, metadata: Metadata, path: str) -> Document:
    about = metadata.component or Component()
    name = "/".join(part for part in (text(about.group), text(about.name)) if part)
    purl = text(about.purl)
    marks = [text(about.version), purl.partition("@")[2].partition("?")[0].replace("%3A", ":").replace("%3a", ":")]
    hashes = about.hashes if isinstance(about.hashes, list) else []
    marks += [
        "sha256:" + text(one.get("content")) for one in hashes if isinstance(one, dict) and one.get("alg") == "SHA-256"
    ]
    digest = next((mark for mark in marks if mark.startswith("sha256:")), "")
    subject = f"{name}:{marks[0]}" if digest and marks[0] and not marks[0].startswith("sha256:") else name
    return Document(
        f"CycloneDX {version}", path, _tool(metadata.tools)[:200], subject[:1000], marks[0][:1000], digest[:80]
    )


def _tool(tools: Any) -> str:  # noqa: ANN401 - a list until 1.4, an object since 1.5
    every = tools.get("components") if isinstance(tools, dict) else tools
    first = every[0] if isinstance(every, list) and every and isinstance(every[0], dict) else {}
    return f"{text(first.get('name'))} {text(first.get('version'))}".strip()


def _every(components: list[Component] | None, about: Component | None) -> Iterator[Component]:
    """All components, those within others too; of the subject what it holds, and itself where it is a system."""
    waiting = [(one, 1) for one in reversed(components or ())]
    if about is not None:
        waiting += [(one, 1) for one in reversed(about.components or ())]
        if about.type == "operating-system":
            yield about
    while waiting:
        component, depth = waiting.pop()
        if depth > SBOM_DEPTH:
            raise LimitError(f"components lie more than {SBOM_DEPTH} deep in one another")
        yield component
        waiting += [(one, depth + 1) for one in reversed(component.components or ())]


def _take(component: Component, fallback: str, stated: StatedDocument) -> None:
    """Add what one component says."""
    one = _package(component, text(component.bom_ref) or fallback)
    if component.type == "operating-system":
        found = distribution_of(one, text(component.description), stated.document.path)
        stated.distribution = stated.distribution or found
    elif one.purl or one.kind or not (text(component.type) in _NO_PACKAGE or _folder(component, one)):
        stated.packages.append(one)


def _folder(component: Component, one: StatedPackage) -> bool:
    """An application without version and purl stands for a file that holds others, as Trivy writes lock files."""
    return component.type == "application" and not one.version


def _package(component: Component, key: str) -> StatedPackage:
    values = named(component.properties or ())
    one = StatedPackage(
        key,
        text(component.name),
        text(component.group),
        text(component.version),
        text(component.purl),
        licenses=tuple(_licenses(component.licenses)),
        scope=_SCOPES.get(text(component.scope), ""),
        values=values,
    )
    one.kind = PURL_TYPES.get(one.value("syft:package:type"), "")
    one.paths = tuple(values.get(words.PATH, ())) or tuple(_paths(component.evidence, one))
    return one


def named(properties: Iterable[Property]) -> dict[str, list[str]]:
    """Properties by their names."""
    found: dict[str, list[str]] = {}
    for one in properties:
        found.setdefault(text(one.name), []).append(text(one.value))
    return found


def _paths(evidence: Any, one: StatedPackage) -> list[str]:  # noqa: ANN401 - as the document has it
    """The files that say so: evidence, or what Trivy and Syft write."""
    rows = evidence.get("occurrences") if isinstance(evidence, dict) else None
    places = [text(row.get("location")) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    others = [one.value("syft:location:0:path"), one.value("aquasecurity:trivy:FilePath"), one.value("SrcFile")]
    return [place for place in places if place] or [place for place in others if place][:1]


def _licenses(choices: Any) -> Iterator[str]:  # noqa: ANN401 - as the document has it
    for choice in choices if isinstance(choices, list) else ():
        if isinstance(choice, dict):
            licence = choice.get("license")
            given = licence if isinstance(licence, dict) else {}
            stated = text(choice.get("expression")) or text(given.get("id")) or text(given.get("name"))
            if stated:
                yield stated


def _gaps(properties: list[Property], compositions: Iterable[Composition], path: str) -> list[Gap]:
    """What the document says is missing: our own gaps, else a composition that is not complete."""
    found = [gap for value in named(properties).get(words.GAP, ()) if (gap := gap_of(value, path)) is not None]
    cut = sorted({text(one.aggregate) for one in compositions if text(one.aggregate).startswith("incomplete")})
    if cut and not found:
        what = f"the document says of itself that it is not complete ({', '.join(cut)})"[:300]
        return [Gap(gaps.UNREADABLE_FILE, what, path)]
    return found
