"""Changes to bytes that readers of formats do not expect: lengths, cuts, joints, words, nesting, types."""

import json
import random
from collections.abc import Callable, Sequence

LARGEST = 1 << 18
"""Bytes of the largest input that is made."""

_WORDS = (
    b"\0", b"\n", b"\r\n", b"\x1b[31m", b"\x1b]0;x\x07", b"\xc2\x9b5m", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\xff\xfe",
    b"\xed\xa0\x80", b"\xc2\xb2", b"\xd9\xa3", b"\\ud800", b"\\u0000", b'"', b"'", b"\\", b"{", b"}", b"[", b"]", b"(",
    b")", b"<", b">", b"<!--", b"<![CDATA[", b"&#x0;", b"&a;", b"#", b"---\n", b"- ", b": ", b", ", b"=", b"%", b"%00",
    b"%ff", b"../", b"/", b"//", b"..", b"@", b"!", b"|", b"?", b"*a", b"&a ", b"~", b"null", b"true", b"NaN",
    b"Infinity", b"-1", b"0", b"1e999", b"1e-999", b"9" * 19, b"9" * 25, b"9" * 5000, b"0x", b"1.", b"-", b"a" * 1001,
    b"a" * 4097, b"\t", b" " * 300, b"$ref", b"__proto__", b"*", b"0.0.0-0+0", b"v", b"[[", b"]]", b'"""', b"'''",
)  # fmt: skip

_NUMBERS = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, (1 << 63) - 1,
            1 << 63, (1 << 64) - 1)  # fmt: skip

_OPENINGS = (
    (b"[", b"]"),
    (b'{"a":', b"}"),
    (b"(", b")"),
    (b"<a>", b"</a>"),
    (b"- ", b""),
    (b"{{", b"}}"),
    (b"a.", b""),
)

_VALUES: tuple[object, ...] = (
    None,
    3,
    -1,
    True,
    1.5,
    [],
    {},
    "",
    "x" * 2_000,
    [[3]],
    {"name": []},
    [None, "a", {"": 1}],
    "\x1b[2J",
    "\ud800",
)


class Mutations:
    """Makes inputs out of inputs.

    Args:
        source: of chance.
        words: what the format is made of.
    """

    def __init__(self, source: random.Random, words: Sequence[bytes] = ()) -> None:
        """Begin with this source of chance."""
        self._source = source
        self._words = (*_WORDS, *words, *words, *words)
        self._changes: tuple[Callable[[bytes], bytes], ...] = (
            self._flip, self._flip, self._byte, self._cut, self._drop, self._double, self._word, self._word,
            self._word_over, self._number, self._number, self._digits, self._nest, self._swap, self._typed,
        )  # fmt: skip

    def changed(self, data: bytes, others: Sequence[bytes]) -> bytes:
        """The data with one to some changes; now and then joined with another input."""
        for _ in range(1 + int(self._source.expovariate(0.6))):
            if others and self._source.random() < 0.1:  # noqa: PLR2004 - one change in ten
                data = self._joined(data, self._source.choice(others))
            else:
                data = self._source.choice(self._changes)(data)
        return data[:LARGEST]

    def _place(self, data: bytes) -> int:
        return self._source.randrange(len(data) + 1)

    def _flip(self, data: bytes) -> bytes:
        flipped = bytearray(data or b"\0")
        flipped[self._source.randrange(len(flipped))] ^= 1 << self._source.randrange(8)
        return bytes(flipped)

    def _byte(self, data: bytes) -> bytes:
        changed = bytearray(data or b"\0")
        changed[self._source.randrange(len(changed))] = self._source.choice((0, 0xFF, self._source.randrange(256)))
        return bytes(changed)

    def _cut(self, data: bytes) -> bytes:
        return data[: self._place(data)]

    def _stretch(self, data: bytes) -> tuple[int, int]:
        at = self._place(data)
        return at, min(len(data), at + int(self._source.expovariate(1 / 30)) + 1)

    def _drop(self, data: bytes) -> bytes:
        at, end = self._stretch(data)
        return data[:at] + data[end:]

    def _double(self, data: bytes) -> bytes:
        at, end = self._stretch(data)
        times = self._source.choice((1, 1, 2, 10, 1000))
        return (data[:at] + data[at:end] * min(times, LARGEST // max(1, end - at)) + data[at:])[:LARGEST]

    def _word(self, data: bytes) -> bytes:
        at = self._place(data)
        return data[:at] + self._source.choice(self._words) + data[at:]

    def _word_over(self, data: bytes) -> bytes:
        at, word = self._place(data), self._source.choice(self._words)
        return data[:at] + word + data[at + len(word) :]

    def _number(self, data: bytes) -> bytes:
        """A binary number, likely a length or a place, replaced by one at the border of what it can hold."""
        size = self._source.choice((1, 2, 2, 4, 4, 4, 8))
        at = self._place(data)
        order: list[str] = ["big", "little"]
        value = self._source.choice((*_NUMBERS, len(data), self._source.randrange(max(1, len(data)))))
        raw = (value & ((1 << 8 * size) - 1)).to_bytes(size, "big")
        raw = raw if self._source.choice(order) == "big" else raw[::-1]
        return data[:at] + raw + data[at + size :]

    def _digits(self, data: bytes) -> bytes:
        """A number in words replaced by another."""
        places = [at for at in range(len(data)) if data[at : at + 1].isdigit()]
        if not places:
            return self._word(data)
        at = self._source.choice(places)
        said = self._source.choice((b"0", b"-1", b"%d" % self._source.choice(_NUMBERS), b"9" * 30, b"1e9", b""))
        end = at
        while data[end : end + 1].isdigit():
            end += 1
        return data[:at] + said + data[end:]

    def _nest(self, data: bytes) -> bytes:
        opening, closing = self._source.choice(_OPENINGS)
        depth = self._source.choice((5, 70, 300, 2000, 30_000))
        at, end = self._stretch(data)
        return data[:at] + opening * depth + data[at:end] + closing * depth + data[end:]

    def _swap(self, data: bytes) -> bytes:
        at, end = self._stretch(data)
        to, until = self._stretch(data)
        return data[:at] + data[to:until] + data[end:]

    def _joined(self, data: bytes, other: bytes) -> bytes:
        at, end = self._place(other), self._place(data)
        return data[:end] + other[at:]

    def _typed(self, data: bytes) -> bytes:
        """A JSON document in which some values are of another type; any other data are changed otherwise."""
        try:
            document = json.loads(data)
        except (ValueError, RecursionError):
            return self._word(data)
        try:
            return json.dumps(self._other(document)).encode("utf-8", "surrogatepass")
        except RecursionError:
            return data

    def _other(self, value: object) -> object:
        if self._source.random() < 0.08:  # noqa: PLR2004 - about one value in twelve
            return self._source.choice(_VALUES)
        if isinstance(value, dict):
            return {key: self._other(inner) for key, inner in value.items()}
        return [self._other(inner) for inner in value] if isinstance(value, list) else value
