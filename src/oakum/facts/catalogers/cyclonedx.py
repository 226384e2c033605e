"""Cataloger of CycloneDX documents."""

from collections.abc import Iterator
from typing import Any

import msgspec

from oakum.facts.cataloger import DOCUMENT, Group, cataloger
from oakum.facts.files import Files
from oakum.facts.stated import content
from oakum.facts.stated_facts import facts_of
from oakum.kit.errors import DamagedError
from oakum.kit.limits import SBOM_XML_BYTES
from oakum.model.fact import Fact


class _Sign(msgspec.Struct, rename={"bom_format": "bomFormat"}):
    bom_format: Any = None


@cataloger(
    version=1,
    reads=DOCUMENT,
    json=Group(glob="**/*.json", large=True),
    cdx=Group(glob="**/*.cdx", large=True),
    xml=Group(glob="**/*.xml", large=True),
)
def cyclonedx(files: Files) -> Iterator[Fact]:
    """Packages that a CycloneDX document states (1.4 to 1.7, JSON and XML).

    A component is a package by its purl; one without is named by its type and name where they say enough, and is a
    gap where they do not. Components for files, containers and the like are no packages. What the
    document says it lacks is a gap here too.
    """
    from oakum.facts.cyclonedx_document import Bom, stated_by  # noqa: PLC0415 - other JSON files need no such forms

    for file in files.every():
        data = content(file)
        if data.lstrip()[:1] == b"<":
            from oakum.facts.cyclonedx_xml import bom_of  # noqa: PLC0415 - the parser of XML is seldom needed

            tree = bom_of(content(file, SBOM_XML_BYTES))
            if tree is not None:
                yield from facts_of(stated_by(tree, file.path))
            continue
        try:
            if msgspec.json.decode(data, type=_Sign).bom_format == "CycloneDX":
                yield from facts_of(stated_by(msgspec.json.decode(data, type=Bom), file.path))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise DamagedError(f"is no JSON document that can be read: {error}"[:300]) from None
