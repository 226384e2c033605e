import io
import random
import tarfile
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.kit.archive.tar import TarWalker
from oakum.kit.archive.tar_header import ZEROS
from oakum.kit.archive.walker import FILE, FOLDER, HARDLINK, OTHER, SYMLINK
from oakum.kit.errors import DamagedError, LimitError, OakumError
from oakum.kit.limits import EXTENDED_HEADER_BYTES, NAME_BYTES
from oakum.testing.images import entry, written

KINDS = {
    tarfile.REGTYPE: FILE,
    tarfile.DIRTYPE: FOLDER,
    tarfile.SYMTYPE: SYMLINK,
    tarfile.LNKTYPE: HARDLINK,
    tarfile.CHRTYPE: OTHER,
    tarfile.FIFOTYPE: OTHER,
}
PART = st.text("abcé世\n .-_", min_size=1, max_size=60).filter(lambda part: part.strip(".") == part and part.strip())
PATH = st.lists(PART, min_size=1, max_size=6).map("/".join)
Walked = list[tuple[str, str, int, str, bytes]]


@st.composite
def entries(draw: st.DrawFn) -> list[tuple[tarfile.TarInfo, bytes]]:
    drawn = []
    for path in draw(st.lists(PATH, max_size=8)):
        kind = draw(st.sampled_from(list(KINDS)))
        link = draw(PATH) if kind in {tarfile.SYMTYPE, tarfile.LNKTYPE} else ""
        data = draw(st.binary(max_size=1500)) if kind == tarfile.REGTYPE else b""
        drawn.append((entry(path, kind, link), data))
    return drawn


def cut(data: bytes, sizes: list[int]) -> Iterator[bytes]:
    """The data in chunks of these sizes, over and over."""
    at = turn = 0
    while at < len(data):
        size = sizes[turn % len(sizes)]
        yield data[at : at + size]
        at += size
        turn += 1


def walked(data: bytes, sizes: list[int] | None = None, *, every: int = 1) -> Walked:
    """What the walker sees; content of every so many files."""
    walker = TarWalker(cut(data, sizes or [len(data) or 1]))
    seen = []
    for number, path in enumerate(walker):
        head = walker.head(4) if walker.kind == FILE else b""
        content = b"".join(walker.content()) if walker.kind == FILE and number % every == 0 else b""
        assert content == b"" or content[:4] == head
        link = walker.link if walker.kind in {SYMLINK, HARDLINK} else ""
        seen.append((path, walker.kind, walker.size, link, content))
    return seen


@settings(max_examples=150, deadline=None)
@given(
    entries(),
    st.sampled_from([tarfile.PAX_FORMAT, tarfile.GNU_FORMAT]),
    st.lists(st.integers(1, 1500), min_size=1, max_size=4),
)
def test_sees_what_tarfile_wrote_wherever_the_chunks_end(
    wrote: list[tuple[tarfile.TarInfo, bytes]], form: int, sizes: list[int]
) -> None:
    expected = [
        (info.name.strip("/"), KINDS[info.type], len(data), info.linkname if info.type in b"12" else "", data)
        for info, data in wrote
    ]
    assert walked(written(wrote, form), sizes) == expected


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 3000), min_size=1, max_size=3), st.integers(1, 5))
def test_content_that_is_not_asked_for_is_passed_over(sizes: list[int], every: int) -> None:
    wrote = [(entry(f"f{number}"), bytes([number]) * number * 300) for number in range(8)]
    seen = walked(written(wrote), sizes, every=every)
    assert [(path, size) for path, _, size, _, _ in seen] == [(info.name, len(data)) for info, data in wrote]
    assert [content for *_, content in seen[::every]] == [data for _, data in wrote[::every]]


def test_ustar_prefixes_make_long_names() -> None:
    name = "/".join(["folder" * 5] * 6)
    assert walked(written([(entry(name), b"x")], tarfile.USTAR_FORMAT))[0][0] == name


def test_gnu_tar_has_no_prefix_field() -> None:
    block = bytearray(written([(entry("a"), b"")], tarfile.GNU_FORMAT))
    block[345:350] = b"other"
    assert walked(bytes(block))[0][0] == "a"


def test_sizes_in_base_256() -> None:
    block = bytearray(written([(entry("a"), b"abc")], tarfile.GNU_FORMAT))
    block[124:136] = b"\x80" + (3).to_bytes(11, "big")
    assert walked(bytes(block))[0] == ("a", FILE, 3, "", b"abc")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("./a/../../b", "b"),
        ("a//b/./c", "a/b/c"),
        ("././a", "a"),
        (".", ""),
        (".hidden/x", ".hidden/x"),
        ("a/..b", "a/..b"),
    ],
)
def test_no_name_leaves_the_root(name: str, path: str) -> None:
    assert walked(written([(entry(name), b"")]))[0][0] == path


def test_a_folder_of_v7_tar_is_known_by_its_slash_but_a_posix_file_is_a_file() -> None:
    old = bytearray(written([(entry("var/lib/"), b"")], tarfile.USTAR_FORMAT))
    assert walked(resealed(old, 156, b"\0"))[0][:2] == ("var/lib", FOLDER)
    assert walked(resealed(old, 156, b"0"))[0][:2] == ("var/lib", FILE)


@pytest.mark.parametrize("flag", list(b"123456"))
def test_what_has_no_content_hides_none(flag: int) -> None:
    """Engines take no content for links, folders and devices whatever size is stated: the next header follows."""
    first = bytearray(written([(entry("d"), b"")], tarfile.USTAR_FORMAT)[:512])
    first = bytearray(resealed(first, 156, bytes([flag])))
    first = bytearray(resealed(first, 124, b"00000002000\0"))
    rest = written([(entry("etc/os-release"), b"ID=debian\n")])
    assert [path for path, *_ in walked(bytes(first) + rest)] == ["d", "etc/os-release"]


def test_names_that_are_no_utf_8_stay_apart() -> None:
    block = bytearray(written([(entry("ab"), b"")], tarfile.USTAR_FORMAT))
    assert walked(resealed(block, 0, b"\xff\xfe"))[0][0] == "\\xff\\xfe"


@pytest.mark.parametrize(
    "size", [b"-0000000001\0", b"0x000000010\0", b"0_000000001\0", b"99999999999\0", b"garbage!!!!!"]
)
def test_a_size_that_is_none_is_damage(size: bytes) -> None:
    block = bytearray(written([(entry("a"), b"x" * 600)], tarfile.USTAR_FORMAT))
    with pytest.raises(DamagedError):
        walked(resealed(block, 124, size))


@pytest.mark.parametrize("stated", ["-1", "²", "9" * 5000, "", "1_0", " 1"])
def test_a_pax_size_that_is_none_is_damage(stated: str) -> None:
    info = entry("a")
    info.pax_headers = {"size": stated}
    with pytest.raises(DamagedError):
        walked(written([(info, b"x")]))


@pytest.mark.parametrize("record", [b"5 a=", b"99 a=b\n", b"x a=b\n", b"0 a=b\n", b"5 abc", b"1" * 30 + b" a=b\n"])
def test_a_broken_pax_record_is_damage(record: bytes) -> None:
    with pytest.raises(DamagedError):
        walked(extended_by(b"x", record))


def test_a_name_with_a_nul_byte_is_damage() -> None:
    with pytest.raises(DamagedError):
        walked(extended_by(b"x", record_of("path", "x\0var/lib/dpkg/status")))


def test_names_and_extended_headers_are_bounded() -> None:
    with pytest.raises(LimitError):
        walked(written([(entry("a/" * NAME_BYTES + "b"), b"")]))
    with pytest.raises(LimitError):
        walked(written([(entry("l", tarfile.SYMTYPE, "b" * (NAME_BYTES + 1)), b"")]))
    with pytest.raises(LimitError):
        walked(extended_by(b"L", b"a" * (EXTENDED_HEADER_BYTES + 1)))


def test_text_is_no_tar() -> None:
    with pytest.raises(DamagedError):
        walked(b"hello" + ZEROS * 3)


def test_nothing_is_an_empty_tar() -> None:
    assert walked(b"") == []
    assert walked(ZEROS * 20) == []


def test_cut_off_anywhere_is_damage_or_a_clean_end() -> None:
    wrote = [
        (entry("long/" * 40 + "name"), b"x" * 700),
        (entry("s", tarfile.SYMTYPE, "long/" * 40), b""),
        (entry("b"), b"y" * 10),
    ]
    for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        data = written(wrote, form)
        for end in range(0, len(data), 100):
            refused(data[:end])


@pytest.mark.parametrize("every", [1, 2])
@pytest.mark.parametrize("sizes", [[4096], [512], [7], [513]])
def test_a_last_file_without_its_padding_is_whole_and_one_byte_less_is_damage(sizes: list[int], every: int) -> None:
    """As umoci writes layers: the content ends the stream, without padding and without the end mark."""
    data = written([(entry("a"), b"x" * 600), (entry("b"), b"y" * 10)])
    end = data.rindex(b"y") + 1
    for missing in range(0, 502, 100):
        assert [path for path, *_ in walked(data[: end + missing], sizes, every=every)] == ["a", "b"]
    with pytest.raises(DamagedError):
        walked(data[: end - 1], sizes, every=every)


def test_random_bytes_never_do_anything_else() -> None:
    chance = random.Random(7)  # noqa: S311 - reproducible noise, no secret
    plain = written([(entry("a" * 200), b"x" * 600), (entry("b", tarfile.SYMTYPE, "c"), b"")], tarfile.GNU_FORMAT)
    for _ in range(300):
        data = bytearray(plain)
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        refused(bytes(data))
        refused(chance.randbytes(2048))


def refused(data: bytes) -> None:
    """Walk to the end or to an error of ours."""
    try:
        walked(data)
    except OakumError as error:
        assert str(error)  # noqa: PT017 - either end is right


def resealed(block: bytearray, at: int, field: bytes) -> bytes:
    """A header with a field changed and its checksum made right."""
    changed = bytearray(block)
    changed[at : at + len(field)] = field
    changed[148:156] = b" " * 8
    changed[148:156] = b"%06o\0 " % sum(changed[:512])
    return bytes(changed)


def record_of(key: str, value: str) -> bytes:
    rest = f" {key}={value}\n".encode()
    length = len(rest) + 2
    return str(length).encode() + rest


def extended_by(flag: bytes, data: bytes) -> bytes:
    """A file after an extended header with that content."""
    head = bytearray(written([(entry("x"), data)], tarfile.USTAR_FORMAT))
    stream = io.BytesIO(resealed(head, 156, flag))
    return stream.read(512 + len(data) + (-len(data) % 512)) + written([(entry("a"), b"")])


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_special_files_are_noted_whatever_lies_between_them(form: int) -> None:
    modes = {"a": 0o644, "su": 0o4755, "d/wall": 0o2755, "sticky": 0o1644, "both" + "x" * 120 * (form != 0): 0o6711}
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=form) as tar:
        for path, mode in modes.items():
            info = entry(path, mode=mode)
            info.uid = 7
            tar.addfile(info, io.BytesIO())
        tar.addfile(entry("folder", tarfile.DIRTYPE, mode=0o2755))
        tar.addfile(entry("link", tarfile.SYMTYPE, "su", mode=0o4777))
    walker = TarWalker(iter([stream.getvalue()]))
    assert set(walker) == {*modes, "folder", "link"}
    assert walker.special == [(path, mode, 7) for path, mode in modes.items() if mode & 0o6000]


def test_a_mode_that_is_none_harms_nothing() -> None:
    data = bytearray(written([(entry("a"), b"")], tarfile.USTAR_FORMAT))
    for field in (b"zz\xff4755\0", b"\x80" + b"\xff" * 7, b"  4755 \0", b"04755 \0\0"):
        data[100:108] = field
        data[148:156] = b" " * 8
        data[148:156] = b"%06o\0 " % sum(data[:512])
        walker = TarWalker(iter([bytes(data)]))
        assert list(walker) == ["a"]
        assert len(walker.special) <= 1


def test_a_hard_link_to_a_special_file_is_one_and_a_symbolic_one_is_not() -> None:
    entries = [(entry("su", mode=0o4755), b""), (entry("hard", tarfile.LNKTYPE, "su", mode=0o4755), b"")]
    walker = TarWalker(iter([written([*entries, (entry("soft", tarfile.SYMTYPE, "su", mode=0o4777), b"")])]))
    list(walker)
    assert [path for path, _, _ in walker.special] == ["su", "hard"]
