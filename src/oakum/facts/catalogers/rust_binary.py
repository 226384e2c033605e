"""Cataloger of Rust programs that list their crates."""

import zlib
from collections.abc import Iterator

from msgspec import MsgspecError, Struct
from msgspec.json import decode

from oakum.facts.cataloger import Content, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, exact, release
from oakum.kit.errors import LimitError, UnreadableError
from oakum.kit.limits import KIB, MIB
from oakum.model.fact import Fact, Package

_SECTION = ".dep-v0"
_LEAST = 64 * KIB
"""A Rust program that uses the standard library is several times as large."""

_LIST_BYTES = 8 * MIB
"""The format's own bound for what a reader unpacks (auditable-info)."""


class _Crate(Struct):
    """One crate; ``kind`` is ``runtime`` when nothing is said."""

    name: str
    version: str
    kind: str = ""
    dependencies: list[int] = []


class _List(Struct):
    """What the section holds."""

    packages: list[_Crate]


@cataloger(version=1, programs=Content(magic=b"\x7fELF".hex(), section=_SECTION, least=_LEAST))
def rust_binary(files: Files) -> Iterator[Fact]:
    """Crates that a Rust program was built from.

    ``cargo auditable`` stores the list in a section of the program as compressed JSON. A crate that was needed
    to build it alone has the scope ``dev``. A Rust program without that section says nothing of its crates.
    """
    for file in files.programs:
        for window in file.windows:
            crates = _crates(window)
            named = exact((crate.name, crate.version) for crate in crates)
            names = [named[crate.name, crate.version] for crate in crates]
            for crate in crates:
                needs = edges(names[need] for need in crate.dependencies if 0 <= need < len(names))
                scope = "dev" if crate.kind in ("build", "dev") else ""
                yield release(Package("cargo", crate.name, crate.version, file.path, depends=needs, scope=scope))


def _crates(window: bytes) -> list[_Crate]:
    """The list, unpacked within its bound.

    Raises:
        UnreadableError: it cannot be unpacked, or is no such list.
    """
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(window, _LIST_BYTES)
        if unpacker.unconsumed_tail:
            raise LimitError(f"its list of crates unpacks to more than {_LIST_BYTES} bytes")
        return decode(text, type=_List).packages
    except (zlib.error, MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableError(f"its list of crates cannot be read ({error})") from error
