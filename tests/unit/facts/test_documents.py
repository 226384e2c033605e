from collections.abc import Callable

import pytest
from msgspec import Struct

from oakum.facts.documents import json_file, loose_json_file, toml_file, typed, yaml_file
from oakum.facts.files import File
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import TREE_NODES


class Shape(Struct):
    name: str = ""
    dev: bool = False


def file(data: bytes) -> File:
    return File("a", len(data), data)


def test_each_language_gives_the_same() -> None:
    expected = Shape("a", dev=True)
    assert json_file(file(b'\xef\xbb\xbf{"name": "a", "dev": true, "x": [1]}'), Shape) == expected
    assert yaml_file(file(b"name: a\ndev: true\n"), Shape) == expected
    assert toml_file(file(b'name = "a"\ndev = true\n'), Shape) == expected
    assert loose_json_file(file(b'{"name": "a", // why\n "dev": true, /* , } */ }'), Shape) == expected


def test_strings_keep_what_looks_like_a_comment() -> None:
    data = b'{"a": "//x", "b": "/* \\" */ ,}", "c": [1, 2, ], }'
    assert loose_json_file(file(data), dict[str, object]) == {"a": "//x", "b": '/* " */ ,}', "c": [1, 2]}


def test_the_last_document_counts() -> None:
    assert yaml_file(file(b"name: a\n---\nname: b\n"), Shape) == Shape("b")


def test_a_wrong_byte_is_replaced() -> None:
    assert json_file(file(b'{"name": "\xe9"}'), Shape) == Shape("\ufffd")


def test_what_has_another_shape_is_damaged() -> None:
    with pytest.raises(DamagedError):
        typed({"name": []}, Shape)
    for data in (b"[]", b"{", b""):
        with pytest.raises(DamagedError):
            json_file(file(data), Shape)
        with pytest.raises(DamagedError):
            loose_json_file(file(data), Shape)
    with pytest.raises(DamagedError):
        yaml_file(file(b""), Shape)


def test_depth_is_limited() -> None:
    with pytest.raises(LimitError):
        json_file(file(b'{"x": ' + b"[" * 100_000), Shape)


@pytest.mark.parametrize("read", [json_file, loose_json_file])
def test_the_number_of_values_is_limited(read: Callable[[File, type[object]], object]) -> None:
    with pytest.raises(LimitError, match="values"):
        read(file(b"[" + b"1," * TREE_NODES + b"1]"), object)


@pytest.mark.parametrize("data", [b"/*" * 200_000, b'"' + b'\\"' * 200_000, b"," * 400_000, b"//" * 200_000, b'"\\'])
def test_what_never_ends_takes_no_time(data: bytes) -> None:
    with pytest.raises(DamagedError):
        loose_json_file(file(data), Shape)
