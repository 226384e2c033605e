"""Cataloger of Bitnami's components."""

from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.json import decode

from oakum.facts.bounds import bounded, statement
from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.kit.errors import DamagedError
from oakum.model.fact import Fact, Package

_PURL = "pkg:bitnami/"
_UNSAID = ("", "NOASSERTION", "NONE")


class _Reference(Struct):
    type: str = field(name="referenceType", default="")
    locator: str = field(name="referenceLocator", default="")


class _Component(Struct):
    name: str = ""
    version: str = field(name="versionInfo", default="")
    license: str = field(name="licenseDeclared", default="")
    references: list[_Reference] = field(name="externalRefs", default_factory=list)


class _Document(Struct):
    packages: list[_Component]


@cataloger(version=1, documents="opt/bitnami/**/.spdx-*.spdx")
def bitnami(files: Files) -> Iterator[Fact]:
    """Components that Bitnami built into an image.

    Each component of an image lies in ``/opt/bitnami`` with an SPDX document (2.3, JSON) beside it. The components are
    those with a ``pkg:bitnami`` package URL. Libraries that the documents name besides are files in the
    same image, where other catalogers read them.
    """
    for file in files.documents:
        for component in _components(file.data):
            purl = next((one.locator for one in component.references if one.locator.startswith(_PURL)), "")
            if purl and component.name:
                licenses = () if component.license in _UNSAID else statement(component.license)
                yield bounded(Package("bitnami", component.name, component.version, file.path, licenses=licenses))


def _components(data: bytes) -> list[_Component]:
    try:
        return decode(data, type=_Document).packages
    except RecursionError as error:
        raise DamagedError("the document is nested deeper than any honest one") from error
