import tarfile
import tempfile

import pytest

from oakum.kit.archive import tar_index
from oakum.kit.archive.tar_index import Member, members
from oakum.kit.errors import DamagedError, LimitError, OakumError
from oakum.testing.images import entry, written


def index(data: bytes) -> dict[str, Member]:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        return members(file.fileno())


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_members_are_where_they_are(form: int) -> None:
    long = "long/" * 50 + "name"
    wrote = [
        (entry("./a"), b"first"),
        (entry("d", tarfile.DIRTYPE), b""),
        (entry(long), b"second"),
        (entry("b/s", tarfile.SYMTYPE, "../a"), b""),
        (entry("b/h", tarfile.LNKTYPE, "a"), b""),
        (entry("dev", tarfile.CHRTYPE), b""),
    ]
    data = written(wrote, form)
    found = index(data)
    assert {name: data[one.offset : one.offset + one.size] for name, one in found.items() if not one.link} == {
        "a": b"first",
        long: b"second",
    }
    assert {name: one.link for name, one in found.items() if one.link} == {"b/s": "../a", "b/h": "/a"}


def test_the_later_of_two_members_wins() -> None:
    data = written([(entry("a"), b"old"), (entry("a"), b"newer")])
    assert index(data)["a"].size == 5


def test_sizes_of_pax_headers_count_for_their_member_alone() -> None:
    large = entry("a")
    large.pax_headers = {"size": "3"}
    found = index(written([(large, b"abc"), (entry("x" * 150), b"12")], tarfile.PAX_FORMAT))
    assert (found["a"].size, found["x" * 150].size) == (3, 2)


@pytest.mark.parametrize("data", [b"", b"text", bytes(10240), written([(entry("a"), b"x" * 2000)])[:1500]])
def test_what_is_no_tar_or_ends_early_is_damage(data: bytes) -> None:
    with pytest.raises(DamagedError):
        index(data)


def test_cut_off_anywhere_is_never_anything_else() -> None:
    data = written([(entry("x" * 300), b"x" * 600), (entry("y", tarfile.SYMTYPE, "z" * 200), b"")])
    for end in range(0, len(data), 100):
        try:
            index(data[:end])
        except OakumError as error:
            assert str(error)  # noqa: PT017 - either end is right


def test_the_number_of_members_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tar_index, "ARCHIVE_ENTRIES", 3)
    with pytest.raises(LimitError):
        index(written([(entry(str(number)), b"") for number in range(5)]))
