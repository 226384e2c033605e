import re

import pytest

from oakum.decisions.globs import expression


@pytest.mark.parametrize(
    ("glob", "name", "fits"),
    [
        ("*", "a", True),
        ("*", "a/b", False),
        ("**", "a/b", True),
        ("a/*:1", "a/b:1", True),
        ("a.b", "axb", False),
        ("?", "/", False),
        ("***x", "a/x", True),
    ],
)
def test_stars_stay_between_slashes(glob: str, name: str, *, fits: bool) -> None:
    assert bool(re.fullmatch(expression(glob), name)) is fits
