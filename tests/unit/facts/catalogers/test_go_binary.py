import struct

import pytest

from oakum.facts.catalogers.go_binary import go_binary
from oakum.model.fact import Fact, Gap, Package
from oakum.testing.files import read

MARKER = b"\xff Go buildinf:"


def counted(text: bytes) -> bytes:
    length, head = len(text), b""
    while length >= 0x80:
        head += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + bytes([length]) + text


def program(version: bytes, modules: bytes) -> bytes:
    wrapped = b"<" * 16 + modules + b">" * 16 if modules else b""
    return b"\x7fELF" + b"\0" * 12 + (MARKER + b"\x08\x02").ljust(32, b"\0") + counted(version) + counted(wrapped)


def packages(data: bytes) -> list[tuple[str, str]]:
    return [(fact.name, fact.version) for fact in facts(data) if isinstance(fact, Package)]


def facts(data: bytes) -> list[Fact]:
    return read(go_binary, {"bin/x": data})


def test_modules_main_and_standard_library() -> None:
    data = program(b"go1.22.3", b"path\ta.b/c/cmd\nmod\ta.b/c\t(devel)\t\ndep\td.e/f\tv1.0.0\th1:x\n")
    assert packages(data) == [("stdlib", "1.22.3"), ("a.b/c", "(devel)"), ("d.e/f", "v1.0.0")]


@pytest.mark.parametrize(
    ("flags", "version", "guessed"),
    [
        ('"-s -w -X main.version=1.4.2"', "v1.4.2", "ldflags"),
        ("\"-X 'main.Version=v1.4.2-rc.1+x'\"", "v1.4.2-rc.1+x", "ldflags"),
        ('"-X a.b/c/internal/version.gitVersion=v1.4.2 -X main.version=1.4.2"', "v1.4.2", "ldflags"),
        ('"-X main.version=1.4.2 -X main.appVersion=2.0.0"', "(devel)", ""),
        ('"-X a.b/cd/version.version=1.4.2"', "(devel)", ""),
        ('"-X main.goVersion=1.22.1"', "(devel)", ""),
        ('"-X main.version=dev"', "(devel)", ""),
        ('"-s -w"', "(devel)", ""),
    ],
)
def test_a_version_that_the_linker_set_is_a_guess(flags: str, version: str, guessed: str) -> None:
    lines = f"path\ta.b/c\nmod\ta.b/c\t(devel)\t\ndep\td.e/f\tv1.0.0\nbuild\t-ldflags={flags}\nbuild\tGOOS=linux\n"
    found = [fact for fact in facts(program(b"go1.22.3", lines.encode())) if isinstance(fact, Package)]
    assert [(one.name, one.version, one.guessed) for one in found[1:]] == [
        ("a.b/c", version, guessed),
        ("d.e/f", "v1.0.0", ""),
    ]


def test_a_replacement_takes_the_place_of_the_module() -> None:
    data = program(b"go1.22", b"mod\ta.b/c\tv1.0.0\t\ndep\td.e/f\tv1.0.0\n=>\tg.h/i\tv2.0.0\th1:x\n")
    assert packages(data)[1:] == [("a.b/c", "v1.0.0"), ("g.h/i", "v2.0.0")]


def test_a_local_replacement_has_no_version() -> None:
    assert packages(program(b"go1.22", b"dep\td.e/f\tv1.0.0\n=>\t./f\t(devel)\t\n"))[1:] == [("d.e/f", "(devel)")]


def test_without_modules_the_import_path_names_the_program() -> None:
    assert packages(program(b"go1.22", b"path\ta.b/c\n")) == [("stdlib", "1.22"), ("a.b/c", "")]
    assert packages(program(b"go1.22", b"path\tcmd/gofmt\n")) == [("stdlib", "1.22")]


def test_experiments_are_no_part_of_the_version() -> None:
    assert packages(program(b"go1.22.3 X:boringcrypto", b"")) == [("stdlib", "1.22.3")]


def old(version: bytes, modules: bytes, *, wide: bool = True, moved: int = 0) -> bytes:
    """A program of Go 1.17: pointers to the headers of two strings; ``moved`` makes them miss."""
    order, form, start = ("<", "QQ", 0x400000) if wide else (">", "II", 0x8000)
    size = struct.calcsize(order + form)
    begin = 256 + 32 + 2 * size
    texts = (version, b"<" * 16 + modules + b">" * 16 if modules else b"")
    headers = struct.pack(order + form, start + begin, len(version))
    headers += struct.pack(order + form, start + begin + len(version), len(texts[1]))
    info = MARKER + (b"\x08\x00" if wide else b"\x04\x01")
    info += struct.pack(order + form, start + 288 + moved, start + 288 + size)
    end = begin + sum(map(len, texts))
    return (_head(start, end, wide=wide).ljust(256, b"\0") + info.ljust(32, b"\0") + headers + b"".join(texts))[:end]


def _head(start: int, size: int, *, wide: bool) -> bytes:
    """The beginning of an ELF file that is loaded as a whole."""
    if wide:
        head = b"\x7fELF\x02\x01\x01".ljust(32, b"\0") + struct.pack("<Q", 64) + bytes(14) + struct.pack("<HH", 56, 1)
        return head.ljust(64, b"\0") + struct.pack("<IIQQQQQQ", 1, 6, 0, start, start, size, size, 4096)
    head = b"\x7fELF\x01\x02\x01".ljust(28, b"\0") + struct.pack(">I", 52) + bytes(10) + struct.pack(">HH", 32, 1)
    return head.ljust(52, b"\0") + struct.pack(">8I", 1, 0, start, start, size, size, 6, 4096)


@pytest.mark.parametrize("wide", [True, False])
def test_build_information_of_old_go_is_found_by_its_pointers(wide: bool) -> None:  # noqa: FBT001 - a case
    lines = b"path\ta.b/c\nmod\ta.b/c\tv1.2.3\t\ndep\td.e/f\tv1.0.0\th1:x\n"
    assert packages(old(b"go1.17.1", lines, wide=wide)) == [
        ("stdlib", "1.17.1"),
        ("a.b/c", "v1.2.3"),
        ("d.e/f", "v1.0.0"),
    ]
    assert packages(old(b"go1.16", b"", wide=wide)) == [("stdlib", "1.16")]


@pytest.mark.parametrize(
    "data",
    [
        old(b"go1.17", b"", moved=2**20),
        old(b"go1.17", b"", moved=-(2**20)),
        old(b"not go", b""),
        old(b"go1.17", b"dep\td.e/f\tv1.0.0\n")[:300],
        b"\x7fELF" + b"\0" * 12 + (MARKER + b"\x08\x00").ljust(32, b"\0"),
    ],
)
def test_pointers_that_lead_nowhere_are_a_gap(data: bytes) -> None:
    (gap,) = facts(data)
    assert isinstance(gap, Gap)
    assert "1.18" in gap.what


def test_a_later_place_counts_when_the_first_leads_nowhere() -> None:
    literal = b"\x7fELF" + b"\0" * 12 + (MARKER + b"\x08\x00").ljust(48, b"\0")
    assert facts(literal + program(b"go1.22", b"")[16:]) == facts(program(b"go1.22", b""))


def test_a_literal_is_passed_over_for_the_true_place() -> None:
    literal = b"\x7fELF" + b"\0" * 12 + (MARKER + b"no build information").ljust(48, b"\0")
    assert facts(literal) == []
    assert packages(literal + program(b"go1.22", b"")[16:]) == [("stdlib", "1.22")]


def test_a_list_that_is_cut_off_is_a_gap_beside_what_is_known() -> None:
    package, gap = facts(program(b"go1.22", b"dep\td.e/f\tv1.0.0\n" * 20)[:-5])
    assert isinstance(package, Package)
    assert isinstance(gap, Gap)
