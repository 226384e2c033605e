"""A plot with two logarithmic axes, as SVG: small enough to be read in a diff, and no library to install."""

import math
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

_WIDTH, _HEIGHT = 640, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 150, 40, 50
_NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
_COLOURS = ("#1f6feb", "#d1242f", "#1a7f37", "#8250df")


class Series(NamedTuple):
    """One line of a plot: its name, and its points, all above zero."""

    name: str
    points: Sequence[tuple[float, float]]


def plot(title: str, below: str, series: Sequence[Series]) -> str:
    """Lines over a grid of decades.

    Args:
        title: stands above it.
        below: what the horizontal axis counts.
        series: the lines; at least one point in all.
    """
    points = [point for one in series for point in one.points]
    across = _Axis([x for x, _ in points], _LEFT, _WIDTH - _RIGHT)
    upward = _Axis([y for _, y in points], _HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg {_NAMESPACE} viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        _text(_LEFT, _TOP - 16, title, size=14),
        _text((_LEFT + _WIDTH - _RIGHT) // 2, _HEIGHT - 12, below, anchor="middle"),
        *_grid(across, upward),
    ]
    for number, one in enumerate(series):
        parts += _line(one, _COLOURS[number % len(_COLOURS)], across, upward, number)
    return "\n".join([*parts, "</svg>", ""])


class _Axis:
    """A logarithmic axis over whole decades."""

    def __init__(self, values: Sequence[float], begin: int, end: int) -> None:
        self.first = math.floor(math.log10(min(values)))
        self.last = max(math.ceil(math.log10(max(values))), self.first + 1)
        self._begin, self._end = begin, end

    def at(self, value: float) -> float:
        part = (math.log10(value) - self.first) / (self.last - self.first)
        return round(self._begin + part * (self._end - self._begin), 1)

    def decades(self) -> list[float]:
        return [10.0**power for power in range(self.first, self.last + 1)]


def _grid(across: _Axis, upward: _Axis) -> list[str]:
    parts = []
    for value in across.decades():
        x = across.at(value)
        parts.append(f'<path d="M{x} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#d0d7de"/>')
        parts.append(_text(x, _HEIGHT - _BOTTOM + 18, f"{value:,g}", anchor="middle"))
    for value in upward.decades():
        y = upward.at(value)
        parts.append(f'<path d="M{_LEFT} {y}H{_WIDTH - _RIGHT}" stroke="#d0d7de"/>')
        parts.append(_text(_LEFT - 8, y + 4, f"{value:,g}", anchor="end"))
    return parts


def _line(series: Series, colour: str, across: _Axis, upward: _Axis, number: int) -> list[str]:
    places = [(across.at(x), upward.at(y)) for x, y in series.points]
    path = "L".join(f"{x} {y}" for x, y in places)
    dots = [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in places]
    side, height = _WIDTH - _RIGHT + 14, _TOP + 14 + 20 * number
    return [
        f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *dots,
        f'<path d="M{side} {height - 4}h16" stroke="{colour}" stroke-width="2"/>',
        _text(side + 22, height, series.name),
    ]


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 12) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}">{escape(words)}</text>'
