"""Version schemes against the tools that define their order."""

import os
import random
import subprocess
import tempfile
from collections.abc import Callable, Sequence

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from oakum.flows.kinds import SCHEMES
from oakum.model.scheme import VersionError

Pairs = Sequence[tuple[str, str]]
Oracle = Callable[[Pairs], list[int | None]]
"""Pairs of versions -> -1, 0 or 1 each; None where the tool takes one of them for no version."""

_SECONDS = 300
_PAIRS = 200


def rpm(pairs: Pairs) -> list[int | None]:
    """``rpm.vercmp``, by the Lua in rpm itself."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.write(_lines(pairs))
        file.flush()
        loop = 'local a,b=line:match("([^\\t]*)\\t(.*)") print(rpm.vercmp(a,b).." ")'
        return _signs(_said(["rpm", "--eval", f'%{{lua:for line in io.lines("{file.name}") do {loop} end}}']))


ORACLES: dict[str, tuple[str, Oracle]] = {"rpm": ("rpm", rpm)}
"""The real part that a scheme is held to, and how it is asked."""


def _lines(pairs: Pairs) -> str:
    return "".join(f"{left}\t{right}\n" for left, right in pairs)


def _said(command: list[str], text: str = "") -> str:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    ended = subprocess.run(
        command, input=text, capture_output=True, text=True, check=True, timeout=_SECONDS, env=environment
    )
    return ended.stdout


def _signs(text: str) -> list[int | None]:
    return [None if line == "error" else (int(line) > 0) - (int(line) < 0) for line in text.split()]


_NUMBERS = ("0", "1", "2", "10", "01", "1")
_MORE = ("", "", ".0", ".1", ".10", ".01")

SLOTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "rpm": (
        ("", "", "0:", "1:"),
        _NUMBERS,
        _MORE,
        ("", "~rc1", "^git1", "a", "_1", ".a", "~", "+B"),
        ("", "^2", "~2", "b1", ".", "0"),
        ("", "-1", "-1.el8", "-01", "-1.el10", "-~1"),
    ),
}
"""What stands in a version, slot by slot: near enough to what a tool reads, wild enough to differ."""


@pytest.mark.parametrize(
    "scheme_id", [pytest.param(id_, marks=pytest.mark.live(part)) for id_, (part, _) in ORACLES.items()]
)
@settings(max_examples=10, deadline=None, phases=[Phase.generate])
@given(seed=st.integers(0, 2**32))
def test_orders_as_the_real_tool_does(scheme_id: str, seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - chance, not a secret
    versions = ["".join(map(drawn.choice, SLOTS[scheme_id])) for _ in range(2 * _PAIRS)]
    pairs = list(zip(versions[::2], versions[1::2], strict=True))
    told = ORACLES[scheme_id][1](pairs)
    ours = [_compared(scheme_id, *pair) for pair in pairs]
    assert [one for one in zip(pairs, told, ours, strict=True) if one[1] != one[2]] == []


def _compared(scheme_id: str, left: str, right: str) -> int | None:
    try:
        return SCHEMES.load(scheme_id).compare(left, right)
    except VersionError:
        return None
