"""Cataloger of SPDX documents."""

from collections.abc import Iterator
from typing import Any

import msgspec

from oakum.facts.cataloger import DOCUMENT, Group, cataloger
from oakum.facts.files import Files
from oakum.facts.stated import StatedDocument, content
from oakum.facts.stated_facts import facts_of
from oakum.kit.errors import DamagedError
from oakum.model.fact import Fact


class _Sign(msgspec.Struct, rename={"version": "spdxVersion", "context": "@context"}):
    version: Any = None
    context: Any = None


class _Graph(msgspec.Struct, rename={"graph": "@graph"}):
    graph: list[Any] = []


@cataloger(
    version=1,
    reads=DOCUMENT,
    json=Group(glob="**/*.json", large=True),
    jsonld=Group(glob="**/*.jsonld", large=True),
    spdx=Group(glob="**/*.spdx", large=True),
    tag=Group(glob="**/*.tag", large=True),
)
def spdx(files: Files) -> Iterator[Fact]:
    """Packages that an SPDX document states (2.2 and 2.3 as JSON or tags, 3.0 as JSON-LD).

    A package is known by its purl; one without is a gap, except for the subject, layers, source packages and
    the operating system, which says by whose advisories the packages are judged.
    """
    for file in files.every():
        data = content(file)
        stated = _json(data, file.path) if data.lstrip()[:1] in b"{[" else _tags(data, file.path)
        if stated is not None:
            yield from facts_of(stated)


def _json(data: bytes, path: str) -> StatedDocument | None:
    from oakum.facts import spdx3_document, spdx_document  # noqa: PLC0415 - other JSON files need no such forms

    try:
        sign = msgspec.json.decode(data, type=_Sign)
        if isinstance(sign.version, str):
            return spdx_document.stated_by(msgspec.json.decode(data, type=spdx_document.SpdxDocument), path)
        if "spdx.org/rdf/3" in str(sign.context)[:1000]:
            return spdx3_document.stated_by(msgspec.json.decode(data, type=_Graph).graph, path)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DamagedError(f"is no JSON document that can be read: {error}"[:300]) from None
    return None


def _tags(data: bytes, path: str) -> StatedDocument | None:
    if b"SPDXVersion:" not in data:
        return None
    from oakum.facts import spdx_document, spdx_tags  # noqa: PLC0415 - as above

    document = spdx_tags.document_of(data)
    return spdx_document.stated_by(document, path) if document is not None else None
