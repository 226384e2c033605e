"""Cataloger of Syft's own documents."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from oakum.facts.cataloger import DOCUMENT, Group, cataloger
from oakum.facts.files import Files
from oakum.facts.purl_package import SYSTEM
from oakum.facts.stated import StatedDocument, StatedPackage, content, text
from oakum.facts.stated_facts import facts_of, gap_of
from oakum.kit.errors import DamagedError
from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model import sbom_words as words
from oakum.model.fact import Distribution, Document, Fact
from oakum.model.syft_types import PURL_TYPES


class _Artifact(msgspec.Struct):
    id: Any = None
    name: Any = None
    version: Any = None
    type: Any = None
    purl: Any = None
    locations: Any = None
    licenses: Any = None
    metadata: Any = None


class _Relation(msgspec.Struct):
    parent: Any = None
    child: Any = None
    type: Any = None


class _Syft(msgspec.Struct, rename={"relations": "artifactRelationships"}):
    schema: Any = None
    artifacts: list[_Artifact] | None = None
    relations: list[_Relation] | None = None
    distro: Any = None
    source: Any = None
    descriptor: Any = None


class _Sign(msgspec.Struct, rename={"relations": "artifactRelationships"}):
    schema: Any = None
    relations: msgspec.Raw = msgspec.Raw(b"")
    artifacts: msgspec.Raw = msgspec.Raw(b"")


_SCOPE: Final = "ownership-by-file-overlap"


@cataloger(version=1, reads=DOCUMENT, json=Group(glob="**/*.json", large=True))
def syft(files: Files) -> Iterator[Fact]:
    """Packages that Syft's own JSON states.

    Where Syft says that a distribution's package owns the files of another one, that one is judged by the
    distribution alone, as in a scan of the image itself.
    """
    for file in files.json:
        data = content(file)
        try:
            sign = msgspec.json.decode(data, type=_Sign)
            if isinstance(sign.schema, dict) and bytes(sign.artifacts) and bytes(sign.relations):
                yield from facts_of(_stated(msgspec.json.decode(data, type=_Syft), file.path))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise DamagedError(f"is no JSON document that can be read: {error}"[:300]) from None


def _stated(given: _Syft, path: str) -> StatedDocument:
    stated = StatedDocument(_document(given, path), [_package(one) for one in given.artifacts or ()])
    stated.distribution = _distribution(_row(given.distro), path)
    system = {one.key for one in stated.packages if one.kind in SYSTEM}
    for relation in given.relations or ():
        parent, child = text(relation.parent), text(relation.child)
        if relation.type == "dependency-of":
            stated.needs.setdefault(child, []).append(parent)
        elif relation.type == _SCOPE and parent in system:
            stated.owners[child] = parent
    configuration = _row(_row(given.descriptor).get("configuration"))
    listed = configuration.get("gaps")
    rows = [_row(one) for one in listed] if isinstance(listed, list) else []
    values = [text(one.get("value")) for one in rows if one.get("name") == words.GAP]
    stated.gaps = [gap for value in values if (gap := gap_of(value, path)) is not None]
    return stated


def _row(value: Any) -> dict[str, Any]:  # noqa: ANN401 - as the document has it
    return value if isinstance(value, dict) else {}


def _document(given: _Syft, path: str) -> Document:
    source, tool = _row(given.source), _row(given.descriptor)
    about = _row(source.get("metadata"))
    tags = about.get("tags")
    name = text(tags[0]) if isinstance(tags, list) and tags else text(source.get("name"))
    return Document(
        f"Syft {text(_row(given.schema).get('version'))[:20]}",
        path,
        f"{text(tool.get('name'))} {text(tool.get('version'))}".strip()[:200],
        name[:FIELD_CHARACTERS],
        text(source.get("version"))[:FIELD_CHARACTERS],
        text(about.get("manifestDigest"))[:80],
    )


def _distribution(distro: dict[str, Any], path: str) -> Distribution | None:
    identity = text(distro.get("id")).lower()[:FIELD_CHARACTERS]
    if not identity:
        return None
    like = distro.get("idLike")
    likes = tuple(map(text, like)) if isinstance(like, list) else (text(like),)
    version = text(distro.get("versionID"))[:FIELD_CHARACTERS]
    name = (text(distro.get("prettyName")) or identity)[:FIELD_CHARACTERS]
    codename = text(distro.get("versionCodename"))[:FIELD_CHARACTERS]
    return Distribution(identity, version, name, path, tuple(one for one in likes[:20] if one), codename)


def _package(given: _Artifact) -> StatedPackage:
    metadata = _row(given.metadata)
    one = StatedPackage(
        text(given.id),
        text(given.name),
        version=text(given.version),
        purl=text(given.purl),
        kind=PURL_TYPES.get(text(given.type), ""),
        licenses=tuple(_licenses(given.licenses)),
        paths=tuple(_paths(given.locations)),
        scope="dev" if metadata.get("dev") is True else "",
    )
    names = {"source": "source", "sourceVersion": "sourceVersion", "originPackage": "originPackage"}
    one.values = {f"syft:metadata:{name}": [text(metadata.get(key))] for name, key in names.items()}
    module = text(metadata.get("modularityLabel"))
    if module:
        one.values[words.MODULE] = [module]
    one.values["arch"] = [text(metadata.get("architecture")) or text(metadata.get("arch"))]
    return one


def _licenses(rows: Any) -> Iterator[str]:  # noqa: ANN401 - texts until schema 6, then objects
    for row in rows if isinstance(rows, list) else ():
        stated = text(row) or text(_row(row).get("spdxExpression")) or text(_row(row).get("value"))
        if stated:
            yield stated


def _paths(rows: Any) -> list[str]:  # noqa: ANN401 - as the document has it
    """The files that state the package; Syft marks those that only support it."""
    places = [_row(row) for row in rows] if isinstance(rows, list) else []
    marked = [one for one in places if _row(one.get("annotations")).get("evidence") == "primary"]
    return [path for one in marked or places if (path := text(one.get("path")))]
