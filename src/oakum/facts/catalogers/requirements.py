"""Cataloger of pip's requirements files."""

from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import merged
from oakum.facts.files import File, Files
from oakum.facts.requirement import requirement
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package

_INCLUDES = ("-r", "--requirement")
_EDITABLE = ("-e", "--editable")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@cataloger(version=1, reads=DECLARED, named="**/requirements*.txt", folder="**/requirements/*.txt")
def requirements(files: Files) -> Iterator[Fact]:
    """Python packages that a requirements file of pip asks for.

    An exact pin (``==``) is a package with its version; any other requirement is one whose
    version is unknown until it is installed. Constraints ask for nothing. A file that is
    included from elsewhere than such a file's usual place is a gap
    (pip's documentation, "Requirements File Format").
    """
    for file in files.every():
        lines = list(_lines(_text(file)))
        yield from merged(_packages(lines, file.path))
        yield from _unread(lines, file.path)


def _text(file: File) -> str:
    """The text; PowerShell's ``>`` writes UTF-16, which pip reads by its mark."""
    if file.data.startswith(_UTF_16):
        return file.data.decode("utf-16", "replace")
    return file.text().removeprefix("\ufeff")


def _lines(text: str) -> Iterator[str]:
    """Logical lines without comments and options of their own."""
    for line in text.replace("\\\r\n", " ").replace("\\\n", " ").splitlines():
        plain = (" " + line).partition(" #")[0].replace("\t", " ").strip()
        if plain:
            yield plain if plain.startswith("-") else plain.partition(" --")[0].strip()


def _packages(lines: list[str], path: str) -> Iterator[Package]:
    for line in lines:
        option, value = _option(line)
        found = requirement(value) if option in {"", *_EDITABLE} else None
        if found is not None:
            yield Package("pypi", *found, path)


def _unread(lines: list[str], path: str) -> Iterator[Gap]:
    """Files that are included and not read by themselves, and lines that name no package."""
    nameless = 0
    for line in lines:
        option, value = _option(line)
        if option in _INCLUDES and not _is_read(value):
            yield Gap(gaps.NOT_FOLLOWED, f"includes {value[:200]}, which is not read", path)
        elif not option and requirement(value) is None and not _is_local(value):
            nameless += 1
    if nameless:
        yield Gap(gaps.UNIDENTIFIED_PACKAGE, f"{nameless} lines name no Python package", path)


def _option(line: str) -> tuple[str, str]:
    """The option that a line begins with, and its value; no option for a requirement."""
    if not line.startswith("-"):
        return "", line
    word, _, rest = line.partition(" ")
    if word.startswith("--") and "=" in word:
        word, _, rest = line.partition("=")
    if not word.startswith("--") and len(word) > 2:  # noqa: PLR2004 - "-rfile" is "-r file"
        return word[:2], f"{word[2:]} {rest}".strip()
    return word, rest.strip()


def _is_read(name: str) -> bool:
    parts = name.rsplit("/", 2)
    usual = parts[-1].startswith("requirements") or parts[-2:-1] == ["requirements"] or len(parts) == 1
    return usual and name.endswith(".txt") and "://" not in name


def _is_local(value: str) -> bool:
    """A folder of the project itself."""
    return value.startswith((".", "/", "file:")) and not value.endswith((".whl", ".gz", ".zip"))
