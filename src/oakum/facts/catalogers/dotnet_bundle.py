"""Cataloger of .NET programs that were published as one file."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from oakum.facts.cataloger import Content, cataloger
from oakum.facts.dotnet_assembly import assembly, is_assembly
from oakum.facts.dotnet_dependencies import included_frameworks, libraries
from oakum.facts.dotnet_manifest import PLACE, SIGNATURE, Inner, Manifest, inner, manifest_at
from oakum.facts.files import File, Files
from oakum.facts.lockfile import table_of
from oakum.kit.errors import OakumError
from oakum.kit.limits import HELD_BYTES, KIB, SPILL_BYTES
from oakum.model import gaps
from oakum.model.fact import Fact, Gap

_LEAST: Final = 64 * KIB
"""The program without anything behind it is larger on every system."""


def _programs(magic: bytes) -> Content:
    return Content(magic=magic.hex(), marker=SIGNATURE.hex(), least=_LEAST, before=PLACE.size, rest=True)


@cataloger(version=1, programs=_programs(b"\x7fELF"), windows=_programs(b"MZ"))
def dotnet_bundle(files: Files) -> Iterator[Fact]:
    """.NET packages inside a program that was published as one file.

    The program is followed by its libraries, and by the list of them that would lie beside it otherwise
    (``*.deps.json``): it is read as that file is. A runtime that the list does not name is taken from the
    configuration inside. Where there is no list, or it cannot be read, libraries are guessed at by their version
    resource. A program of .NET that nothing was put behind is passed over, as is one that was compiled ahead of time.
    """
    for file in files.every():
        for place in dict.fromkeys(PLACE.unpack_from(window)[0] for window in file.windows if _is_whole(window)):
            if place <= 0:
                continue
            if file.spill is None:
                yield Gap(gaps.LIMIT, f"is larger ({file.size} bytes) than what is read", file.path)
                break
            if file.size <= place < SPILL_BYTES:  # a larger one comes from a program that only knows the signature
                yield Gap(gaps.UNREADABLE_FILE, "is a .NET program in one file that is cut off", file.path)
                break
            found = manifest_at(file.spill, place) if place < file.size else None
            if found is not None:
                yield from _inside(file.spill, found, file.path)
                break


def _is_whole(window: bytes) -> bool:
    return window.startswith(SIGNATURE, PLACE.size)


def _inside(content: BinaryIO, manifest: Manifest, path: str) -> Iterator[Fact]:
    document: dict[str, Any] = {}
    missing = "holds no list of its libraries"
    for one in manifest.lists:
        try:
            document = _document(content, one)
        except OakumError as error:
            missing = f"holds a list of its libraries that cannot be read ({error})"
        else:
            missing = ""
            yield from libraries(document, path)
    for one in manifest.configurations:
        try:
            yield from included_frameworks(document, _document(content, one), path)
        except OakumError as error:
            yield Gap(gaps.UNREADABLE_FILE, f"its configuration cannot be read ({error})", path)
    if missing:
        yield Gap(gaps.UNREADABLE_FILE, f"is a .NET program in one file and {missing}", path)
        yield from _guessed(content, manifest, path)


def _document(content: BinaryIO, one: Inner) -> dict[str, Any]:
    data = inner(content, one)
    return table_of(File(one.path, len(data), data))


def _guessed(content: BinaryIO, manifest: Manifest, path: str) -> Iterator[Fact]:
    """The libraries inside, by their version resource; of a program without a list alone."""
    left, damaged = HELD_BYTES, []
    for one in manifest.files:
        if not is_assembly(one.path):
            continue
        left -= max(one.size, one.packed)
        if left < 0:
            yield Gap(gaps.LIMIT, f"the libraries inside are larger than {HELD_BYTES} bytes", path)
            break
        try:
            found = assembly(io.BytesIO(inner(content, one)), one.path, path)
        except OakumError as error:
            damaged.append(f"{one.path[:200]}: {error}")
        else:
            if found is not None:
                yield found
    if damaged:
        what = f"{len(damaged)} of the libraries inside cannot be read; the first is {damaged[0]}"
        yield Gap(gaps.UNREADABLE_FILE, what, path)
