"""Cataloger of native images that GraalVM built from Java."""

import zlib
from collections.abc import Iterator
from typing import Final

from msgspec import MsgspecError
from msgspec.json import decode

from oakum.facts.cataloger import Content, cataloger
from oakum.facts.elf_symbols import Program
from oakum.facts.files import Files, NeedsWholeError
from oakum.kit.errors import LimitError, UnreadableError
from oakum.kit.limits import MIB
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package

_HEAP: Final = ".svm_heap"
"""The section of the objects that a native image begins with; every native image has one."""
_LEAST: Final = 1 * MIB
"""The smallest native image has several times as much."""

_SBOM: Final = "sbom"
_LENGTH: Final = "sbom_length"
_PACKED_BYTES: Final = 16 * MIB
_UNPACKED_BYTES: Final = 64 * MIB
"""With every class of it, the SBOM of a server has 14 MB (GraalVM's documentation)."""
_MOST_VALUES: Final = 2_000_000
_GZIP: Final = 31


@cataloger(version=1, programs=Content(magic=b"\x7fELF".hex(), section=_HEAP, there=True, least=_LEAST))
def graalvm_image(files: Files) -> Iterator[Fact]:
    """Java libraries inside native images of GraalVM.

    Oracle GraalVM embeds an SBOM (CycloneDX, packed with gzip) and exports where it lies by the symbols ``sbom`` and
    ``sbom_length`` ("Software Bill of Materials in Native Image"); Quarkus does the same with other builds. In a
    native image without one nothing names its libraries, which is a gap.
    """
    for file in files.programs:
        if file.spill is None:
            raise NeedsWholeError
        packed = _packed(Program(file.spill))
        if packed:
            yield from _packages(packed, file.path)
        else:
            what = "is a native image of GraalVM without an SBOM: the Java libraries in it cannot be seen"
            yield Gap(gaps.UNREADABLE_FILE, what, file.path)


def _packed(program: Program) -> bytes:
    """The SBOM as it lies in the program, or nothing where it exports none.

    Raises:
        LimitError: it is larger than any honest one.
        UnreadableError: it is exported, and not there.
    """
    found = program.symbols((_SBOM, _LENGTH))
    if len(found) < len((_SBOM, _LENGTH)):
        return b""
    length = program.word(found[_LENGTH]) or 0
    if length > _PACKED_BYTES:
        raise LimitError(f"its SBOM is said to be larger ({length} bytes) than one that is read ({_PACKED_BYTES})")
    packed = program.at(found[_SBOM], length)
    if not packed or len(packed) < length:
        raise UnreadableError("its symbols say that it holds an SBOM, and none lies there")
    return packed


def _packages(packed: bytes, path: str) -> Iterator[Fact]:
    """What the SBOM states; components within components are modules and source files of theirs."""
    from oakum.facts.cyclonedx_document import Bom, stated_by  # noqa: PLC0415 - few images hold native images
    from oakum.facts.stated_facts import facts_of  # noqa: PLC0415 - likewise

    try:
        bom = decode(_unpacked(packed), type=Bom)
    except (MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableError(f"its SBOM cannot be read ({str(error)[:200]})") from error
    for component in bom.components or ():
        component.components = None
    stated = stated_by(bom, path)
    for one in stated.packages:
        one.kind = one.kind or "maven"
    yield from (fact for fact in facts_of(stated) if isinstance(fact, Package | Gap))


def _unpacked(packed: bytes) -> bytes:
    """The SBOM, unpacked within its bound.

    Raises:
        LimitError: it unpacks to more, or to more values than any honest one has.
        UnreadableError: it is cut off, or not packed with gzip.
    """
    unpacker = zlib.decompressobj(_GZIP)
    try:
        held = unpacker.decompress(packed, _UNPACKED_BYTES)
    except zlib.error as error:
        raise UnreadableError(f"its SBOM cannot be unpacked ({error})") from error
    if unpacker.unconsumed_tail:
        raise LimitError(f"its SBOM unpacks to more than {_UNPACKED_BYTES} bytes")
    if not unpacker.eof:
        raise UnreadableError("its SBOM is cut off")
    if sum(held.count(sign) for sign in (b",", b"[", b"{")) > _MOST_VALUES:
        raise LimitError(f"its SBOM holds more than {_MOST_VALUES} values")
    return held
