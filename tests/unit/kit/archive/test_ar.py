"""Members of ar archives."""

import io

import pytest

from oakum.kit.archive.ar import MAGIC, Member, members
from oakum.kit.errors import DamagedError


def member(name: str, content: bytes) -> bytes:
    head = f"{name:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(content):<10}`\n"
    return head.encode() + content + b"\n" * (len(content) % 2)


def test_members_follow_each_other_at_even_places() -> None:
    data = MAGIC + member("a", b"123") + member("long-name.tar/", b"") + member("c", b"4")
    found = list(members(io.BytesIO(data), 9))
    assert found == [Member("a", 68, 3), Member("long-name.tar", 132, 0), Member("c", 192, 1)]
    assert [data[one.offset : one.offset + one.size] for one in found] == [b"123", b"", b"4"]


def test_no_more_are_looked_at_than_was_said() -> None:
    assert len(list(members(io.BytesIO(MAGIC + member("a", b"") * 50), 4))) == 4


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"!<thin>\n",
        MAGIC + b"x",
        MAGIC + member("a", b"").replace(b"`", b"'"),
        MAGIC + member("a", b"1").replace(b"1         `", b"-1        `"),
        MAGIC + member("a", b"1").replace(b"1         `", b"          `"),
    ],
)
def test_what_is_no_archive_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError):
        list(members(io.BytesIO(data), 9))


def test_a_size_beyond_the_end_ends_the_archive() -> None:
    data = MAGIC + member("a", b"").replace(b"0         `", b"9999999999`")
    assert [one.size for one in members(io.BytesIO(data), 9)] == [9_999_999_999]
