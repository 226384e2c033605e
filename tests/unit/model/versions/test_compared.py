"""Every scheme against what the real tools said (``tests/live/test_version_oracles.py`` asks them)."""

import os

import pytest

from oakum.flows.kinds import SCHEMES
from oakum.model.scheme import VersionError

_FOLDER = os.path.join(os.path.dirname(__file__), "compared")


@pytest.mark.parametrize("name", sorted(os.listdir(_FOLDER)))
def test_orders_as_the_real_tool_said(name: str) -> None:
    scheme = SCHEMES.load(name.split(".", 1)[0])
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    assert len(rows) > 50
    for left, right, told in rows:
        try:
            found = str(scheme.compare(left, right))
        except VersionError:
            found = "error"
        assert found == told, (left, right)
