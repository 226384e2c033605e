"""What the catalogers of lock files and manifests share: taking values of any type with care.

Nobody checks what such a file holds, so a list may stand where a table belongs. What is of
another type than the format says reads as empty; what names no package is a gap.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any, cast

from oakum.facts.bounds import bounded
from oakum.facts.documents import json_file
from oakum.facts.files import File
from oakum.facts.xml_tree import Element, tree_of
from oakum.kit import yaml
from oakum.kit.errors import UnreadableError
from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model import gaps
from oakum.model.fact import Gap, Package


def json_of(file: File) -> object:
    """The file's JSON; one wrong byte in a text does not hide the rest.

    Raises:
        DamagedError: it is no JSON.
        LimitError: it is nested too deep, or holds more values than any honest file.
    """
    return json_file(file, Any)


def table_of(file: File) -> dict[str, Any]:
    """The file's JSON object.

    Raises:
        UnreadableError: it is none.
    """
    value = json_of(file)
    if not isinstance(value, dict):
        raise UnreadableError("is JSON, but no object")
    return value


def yaml_of(file: File) -> dict[str, Any]:
    """The file's YAML mapping; an empty file is an empty one.

    Raises:
        UnreadableError: it is no YAML within the limits, or no mapping.
    """
    value = yaml.document(file.data)
    if value is not None and not isinstance(value, dict):
        raise UnreadableError("is YAML, but no mapping")
    return value or {}


def xml_of(file: File) -> Iterator[Element]:
    """Every element of an XML file, an outer one before what lies in it.

    Raises:
        LimitError: it has more elements than any honest file, or they are nested too deep.
        DamagedError: it is no XML, or has a document type.
    """
    waiting = [tree_of(file.data)]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += reversed(element.children)


def fields(data: str, wanted: Collection[str]) -> dict[str, str]:
    """The first paragraph of ``Name: value`` lines; a line that begins with a blank goes on (RFC 822, Debian, R)."""
    found: dict[str, str] = {}
    last = ""
    for line in data.split("\n"):
        if not line.strip():
            if found or last:
                break
        elif line[0] in " \t":
            if last in found and len(found[last]) <= FIELD_CHARACTERS:
                found[last] += "\n" + line.strip()
        else:
            last, _, value = line.partition(":")
            if last in wanted:
                found.setdefault(last, value.strip())
    return found


def table(value: object) -> dict[str, Any]:
    """A table, empty when the value is none."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def rows(value: object) -> Iterator[dict[str, Any]]:
    """The tables in a list."""
    return (row for row in value if isinstance(row, dict)) if isinstance(value, list) else iter(())


def words(value: object) -> Iterator[str]:
    """The texts in a list."""
    return (word for word in value if isinstance(word, str)) if isinstance(value, list) else iter(())


def text(value: object) -> str:
    """A text, empty when the value is none."""
    return value.strip() if isinstance(value, str) else ""


def release(package: Package) -> Package | Gap:
    """The package, or a gap where its entry gives no name or no version."""
    if package.name and package.version:
        return bounded(package)
    said = f"of {package.name[:100]!r} " if package.name else ""
    return Gap(gaps.UNREADABLE_FILE, f"an entry {said}lacks its {'version' if package.name else 'name'}", package.path)


def edges(names: Iterable[str]) -> tuple[str, ...]:
    """What a package needs, each once; a name that no package can have leads nowhere."""
    return tuple(dict.fromkeys(name for name in names if 0 < len(name) <= FIELD_CHARACTERS))


def exact(releases: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """How an edge names each release of a file: by its name, and by its version too where several bear the name."""
    every = dict.fromkeys(releases)
    count = Counter(name for name, _ in every)
    return {(name, version): name if count[name] == 1 else f"{name} {version}" for name, version in every}
