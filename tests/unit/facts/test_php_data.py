"""Serialized values of PHP; the texts are those that PHP 8.2 writes."""

import math

import pytest

from oakum.facts.php_data import Value, php_data
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import TREE_DEPTH, TREE_NODES


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("N;", None),
        ("b:1;", True),
        ("b:0;", False),
        ("i:-7;", -7),
        ("d:0.5;", 0.5),
        ("d:1.0E+25;", 1e25),
        ("d:-INF;", -math.inf),
        ('s:0:"";', ""),
        ('s:3:"a"b";', 'a"b'),
        ('s:2:"\u00e4";', "\u00e4"),
        ("a:0:{}", {}),
        ('a:2:{i:0;a:1:{s:1:"k";N;}s:1:"b";a:0:{}}', {0: {"k": None}, "b": {}}),
        ('a:2:{s:1:"a";s:1:"x";s:1:"b";R:2;}', {"a": "x", "b": None}),
        ("a:2:{i:1;i:2;i:1;i:3;}", {1: 3}),
        ("i:1;what follows", 1),
    ],
)
def test_data_are_read_as_they_are(text: str, value: Value) -> None:
    assert php_data(text.encode()) == value


@pytest.mark.parametrize(
    "text",
    [
        "", "N", "x:1;", "i:;", "i:x;", "b:2;", "d:1e;", "d:--;", 's:5:"a";', 's:1:"ab";', 's:9999999999:"a";',
        "a:1:{}", "a:0:{i:1;}", "a:1:{i:0;}", "a:1:{N;i:0;}", "a:1:{b:1;i:0;}", "a:1:{a:0:{}i:0;}",
        "a:9999999999:{i:0;i:0;",
        'O:8:"stdClass":0:{}', 'C:1:"A":0:{}', 'E:3:"A:B";', "a:-1:{}", "a:1:{d:0.5;i:1;}",
    ],
)  # fmt: skip
def test_what_is_no_data_is_damaged(text: str) -> None:
    with pytest.raises(DamagedError):
        php_data(text.encode())


def test_depth_and_number_of_parts_are_bounded() -> None:
    with pytest.raises(LimitError):
        php_data(b"a:1:{i:0;" * (TREE_DEPTH + 1))
    with pytest.raises(LimitError):
        php_data(b"a:9999999999:{" + b"i:0;i:0;" * TREE_NODES)
