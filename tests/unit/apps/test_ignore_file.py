from pathlib import Path

import pytest

from oakum.apps.ignore_file import read_ignore_file
from oakum.kit.errors import ConfigurationError

GOOD = """
[[ignore]]
id = "CVE-2024-0001"
reason = "not reachable"
expires = 2027-01-31
package = "openssl"

[[ignore]]
id = "CVE-2024-0002"
reason = "accepted for good"
expires = "never"
"""


def test_entries_come_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "oakum-ignore.toml"
    path.write_text(GOOD)
    first, second = read_ignore_file(str(path))
    assert (first.id, first.package, first.expires, first.origin) == (
        "CVE-2024-0001",
        "openssl",
        "2027-01-31",
        "oakum-ignore.toml:2",
    )
    assert (second.expires, second.origin) == ("never", "oakum-ignore.toml:8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[ignore]]\nid = 'CVE-1'\nreason = 'x'", "expires is a day"),
        ("[[ignore]]\nid = 'CVE-1'\nexpires = 2027-01-01", "reason is missing"),
        ("[[ignore]]\nid = ' '\nreason = 'x'\nexpires = 2027-01-01", "id is missing"),
        ("[[ignore]]\nid = 1\nreason = 'x'\nexpires = 2027-01-01", "is a text"),
        ("[[ignore]]\nid = 'C'\nreason = 'x'\nexpires = '2027-13-01'", "expires is a day"),
        ("[[ignore]]\nid = 'C'\nreason = 'x'\nexpires = 2027-01-01T00:00:00", "expires is a day"),
        ("[[ignore]]\nid = 'C'\nreasons = 'x'\nexpires = 2027-01-01", "'reasons' is none of"),
        ("[ignore]\nid = 'C'", "only [[ignore]] entries"),
        ("ignore = [1]", "only [[ignore]] entries"),
        ("[scan]\nx = 1", "only [[ignore]] entries"),
        ("[[ignore", "oakum-ignore.toml: "),
        ("a = " + "[" * 100_000, "oakum-ignore.toml: "),
        ("\0", "oakum-ignore.toml: "),
    ],
)
def test_a_mistake_names_its_place_and_nothing_holds(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "oakum-ignore.toml"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match=r"oakum-ignore\.toml") as caught:
        read_ignore_file(str(path))
    assert said in str(caught.value)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read: No such file"):
        read_ignore_file(str(tmp_path / "nothing.toml"))
    (tmp_path / "large.toml").write_bytes(b"#" * (1 << 20) + b"#")
    with pytest.raises(ConfigurationError, match="is larger than"):
        read_ignore_file(str(tmp_path / "large.toml"))
