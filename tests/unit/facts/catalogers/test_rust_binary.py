import json
import zlib
from collections.abc import Mapping

import pytest

from oakum.facts.catalogers.rust_binary import rust_binary
from oakum.kit.errors import LimitError, UnreadableError
from oakum.model.fact import Package
from oakum.testing.files import read
from oakum.testing.programs import program


def crates(*entries: Mapping[str, object]) -> bytes:
    return program({".dep-v0": zlib.compress(json.dumps({"packages": entries}).encode())})


def test_crates_with_their_edges_and_what_built_them() -> None:
    entries = (
        {"name": "a", "version": "1.0.0", "source": "registry", "dependencies": [1, 2, 7]},
        {"name": "b", "version": "2.0.0", "source": "registry", "kind": "build"},
        {"name": "c", "version": "3.0.0", "source": "git"},
        {"name": "c", "version": "4.0.0", "source": "git"},
    )
    facts = read(rust_binary, {"bin/x": crates(*entries)})
    assert [(one.name, one.scope, one.depends) for one in facts if isinstance(one, Package)] == [
        ("a", "", ("b", "c 3.0.0")),
        ("b", "dev", ()),
        ("c", "", ()),
        ("c", "", ()),
    ]


def test_a_program_without_the_section_says_nothing() -> None:
    assert read(rust_binary, {"bin/x": program({".comment": b"made by hand"})}) == []


@pytest.mark.parametrize(
    "held",
    [b"no zlib", zlib.compress(b"[]"), zlib.compress(b'{"packages": 3}'), zlib.compress(b"[" * 99_999), b"x\x9c"],
)
def test_a_list_that_cannot_be_read_is_said(held: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(rust_binary, {"bin/x": program({".dep-v0": held})})


def test_a_list_that_unpacks_without_end_is_stopped() -> None:
    with pytest.raises(LimitError):
        read(rust_binary, {"bin/x": program({".dep-v0": zlib.compress(b" " * (32 << 20))})})


def test_a_narrow_program() -> None:
    held = zlib.compress(b'{"packages": [{"name": "a", "version": "1"}]}')
    (package,) = read(rust_binary, {"bin/x": program({".dep-v0": held}, wide=False)})
    assert isinstance(package, Package)
