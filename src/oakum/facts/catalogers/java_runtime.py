"""Cataloger of Java's own runtime."""

import re
from collections.abc import Iterator

from oakum.facts.bounds import bounded
from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.kit.limits import KIB
from oakum.model.fact import Fact, Package

_ODD = re.compile(r"[^a-z0-9]+")
_HEAD = 64 * KIB
"""The file has a dozen lines; the list of modules is the longest of them."""


@cataloger(version=1, releases="**/release")
def java_runtime(files: Files) -> Iterator[Fact]:
    """Java's runtime, by the file ``release`` in its folder.

    Its version is the runtime's own with the build (``17.0.15+6``), where it has one. Whoever built it comes
    before the name, since builds differ. Other files of that name say no ``JAVA_VERSION`` (JEP 223).
    """
    for file in files.releases:
        said = _said(file.data[:_HEAD].decode("utf-8", "replace"))
        version = said.get("JAVA_RUNTIME_VERSION") or said.get("JAVA_VERSION", "")
        if said.get("JAVA_VERSION") and version:
            vendor = _ODD.sub("-", said.get("IMPLEMENTOR", "").replace("N/A", "").lower()).strip("-")
            yield bounded(Package("generic", f"{vendor}/java" if vendor else "java", version, file.path))


def _said(text: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for line in text.splitlines():
        key, equals, value = line.partition("=")
        if equals:
            said.setdefault(key.strip(), value.strip().strip('"').strip())
    return said
