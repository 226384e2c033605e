"""Cataloger of installed Python packages."""

from collections.abc import Iterator

from oakum.facts.bounds import bounded, statement
from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package

_WANTED = frozenset({"name", "version", "license", "license-expression"})


@cataloger(
    version=1,
    wheel="**/*.dist-info/METADATA",
    egg="**/*.egg-info/PKG-INFO",
    zipped="**/EGG-INFO/PKG-INFO",
    plain="**/*.egg-info",
)
def python_dist(files: Files) -> Iterator[Fact]:
    """Python packages that an installer has put in place.

    Installers leave the core metadata of each distribution in a folder beside its
    modules (``*.dist-info``); older ones leave ``*.egg-info``, a folder or a single file.
    Only the headers count; the description after the first empty line is free text.
    """
    for file in files.every():
        fields = _headers(file.data)
        name, version = fields.get("name", ""), fields.get("version", "")
        if not name or not version:
            yield Gap(gaps.UNREADABLE_FILE, "the metadata of a Python package lacks its name or its version", file.path)
            continue
        licenses = statement(fields.get("license-expression") or fields.get("license", ""))
        yield bounded(Package("pypi", name, version, file.path, licenses=licenses))


def _headers(data: bytes) -> dict[str, str]:
    head = data.replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf").partition(b"\n\n")[0]
    fields: dict[str, str] = {}
    last = ""
    for line in head.decode("utf-8", "replace").split("\n"):
        if line[:1] in {" ", "\t"}:
            if last:
                fields[last] += "\n" + line.strip()
            continue
        key, colon, value = line.partition(":")
        key = key.lower()
        last = key if colon and key in _WANTED and key not in fields else ""
        if last:
            fields[last] = value.strip()
    return fields
