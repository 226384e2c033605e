"""Cataloger of our own JSON reports."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from oakum.facts.cataloger import DOCUMENT, Group, cataloger
from oakum.facts.files import Files
from oakum.facts.stated import StatedDocument, StatedPackage, content, text
from oakum.facts.stated_facts import facts_of, gap_of
from oakum.kit.errors import DamagedError
from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model import sbom_words as words
from oakum.model.fact import Distribution, Document, Fact

_FORM = "oakum.report/"


class _Report(msgspec.Struct):
    schema: Any = None
    tool: Any = None
    artifact: Any = None
    distribution: Any = None
    packages: Any = None
    gaps: Any = None


class _Sign(msgspec.Struct):
    schema: Any = None


@cataloger(version=1, reads=DOCUMENT, json=Group(glob="**/*.json", large=True))
def oakum_report(files: Files) -> Iterator[Fact]:
    """Packages of a JSON report of Oakum, to be judged anew.

    What the report could not read is unknown here too; what it judged is left out.
    """
    for file in files.json:
        data = content(file)
        try:
            if text(msgspec.json.decode(data, type=_Sign).schema).startswith(_FORM):
                yield from facts_of(_stated(msgspec.json.decode(data, type=_Report), file.path))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise DamagedError(f"is no JSON document that can be read: {error}"[:300]) from None


def _stated(given: _Report, path: str) -> StatedDocument:
    tool, artifact = _row(given.tool), _row(given.artifact)
    names = artifact.get("names")
    subject = text(names[0]) if isinstance(names, list) and names else text(artifact.get("reference"))
    document = Document(
        text(given.schema)[:40],
        path,
        f"{text(tool.get('name'))} {text(tool.get('version'))}".strip()[:200],
        subject[:FIELD_CHARACTERS],
        digest=text(artifact.get("digest"))[:80],
    )
    stated = StatedDocument(document, [_package(row, f"#{at}") for at, row in enumerate(_rows(given.packages))])
    stated.distribution = _distribution(_row(given.distribution), path)
    unread = [json.dumps(row) for row in _rows(given.gaps) if row.get("stage") != "judging"]
    stated.gaps = [gap for value in unread if (gap := gap_of(value, path)) is not None]
    return stated


def _row(value: Any) -> dict[str, Any]:  # noqa: ANN401 - as the document has it
    return value if isinstance(value, dict) else {}


def _rows(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - as above
    return [_row(one) for one in value] if isinstance(value, list) else []


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    return tuple(one for one in map(text, value) if one) if isinstance(value, list) else ()


def _distribution(row: dict[str, Any], path: str) -> Distribution | None:
    identity, version, name, codename = (
        text(row.get(field))[:FIELD_CHARACTERS] for field in ("id", "version", "name", "codename")
    )
    like = tuple(one[:FIELD_CHARACTERS] for one in _texts(row.get("like"))[:20])
    return Distribution(identity, version, name, path, like, codename) if identity else None


def _package(row: dict[str, Any], key: str) -> StatedPackage:
    source = _row(row.get("source"))
    named = {
        words.OWNER: row.get("owner"),
        words.SOURCE + ":name": source.get("name"),
        words.SOURCE + ":version": source.get("version"),
        words.MODULE: row.get("module"),
        words.GUESSED: row.get("guessed"),
        "arch": row.get("arch"),
    }
    return StatedPackage(
        key,
        text(row.get("name")),
        version=text(row.get("version")),
        purl=text(row.get("purl")),
        kind=text(row.get("type")),
        licenses=_texts(row.get("licenses")),
        paths=_texts(row.get("paths")),
        scope=text(row.get("scope"))[:FIELD_CHARACTERS],
        values={name: [text(value)] for name, value in named.items()},
        depends=_texts(row.get("depends")),
    )
