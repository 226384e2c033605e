"""Node's package.json, as one lies in a folder or in an archive."""

from collections.abc import Iterator
from typing import Any

from msgspec import MsgspecError, Struct
from msgspec.json import Decoder

from oakum.facts.bounds import bounded, statement
from oakum.facts.files import File
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package


class _Manifest(Struct):
    """What is read of a package.json; of any type, since nobody checks them."""

    name: Any = None
    version: Any = None
    license: Any = None
    licenses: Any = None


_DECODER = Decoder(_Manifest)


def node_manifest(file: File) -> Iterator[Fact]:
    """The package that one package.json is, if it is one.

    Any with a name and a version is, be it below node_modules or at the root of an application; without both it only
    configures a folder. One that is no JSON is a gap where Node itself would look for a package; elsewhere it is
    somebody's test data.
    """
    manifest = _decoded(file)
    if manifest is None:
        if _is_root(file.path):
            yield Gap(gaps.UNREADABLE_FILE, "the package.json of an installed package is no JSON object", file.path)
        return
    name, version = manifest.name, manifest.version
    if isinstance(name, str) and isinstance(version, str) and name and version:
        yield bounded(Package("npm", name, version, file.path, licenses=_licenses(manifest)))


def _decoded(file: File) -> _Manifest | None:
    try:
        return _DECODER.decode(file.data.removeprefix(b"\xef\xbb\xbf"))
    except (UnicodeDecodeError, MsgspecError, RecursionError):
        return _replaced(file)


def _replaced(file: File) -> _Manifest | None:
    """One wrong byte in an author's name must not hide a package."""
    try:
        return _DECODER.decode(file.text().removeprefix("\ufeff"))
    except (MsgspecError, RecursionError):
        return None


def _is_root(path: str) -> bool:
    folders = path.split("/")[:-1]
    if len(folders) >= 3 and folders[-2].startswith("@"):  # noqa: PLR2004 - node_modules, scope, name
        return folders[-3] == "node_modules"
    return len(folders) >= 2 and folders[-2] == "node_modules"  # noqa: PLR2004 - node_modules, name


def _licenses(manifest: _Manifest) -> tuple[str, ...]:
    asked = manifest.license if manifest.license is not None else manifest.licenses
    entries = asked if isinstance(asked, list) else [asked]
    found: list[str] = []
    for entry in entries[:20]:
        text = entry.get("type") if isinstance(entry, dict) else entry
        if isinstance(text, str):
            found += statement(text)
    return tuple(found)
