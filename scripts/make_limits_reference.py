"""Write docs/reference/limits.md out of kit/limits.py; a test compares the page with it."""

import ast
import os
import sys
from collections.abc import Iterator
from itertools import pairwise

from oakum.kit import limits

PAGE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "docs", "reference", "limits.md")

HEAD = """\
# Limits

Every byte from outside passes these bounds. They are far above what honest images hold; passing one is a
[gap](gaps.md) in the report (or ends the command with 65 when nothing could be read), never a crash. They are
no options: a scan that is told to be careless is none. This page is written by `make limits-reference` out of
`src/oakum/kit/limits.py`.

| Limit | Value | Of what |
|---|---|---|
"""

_UNITS = {"GiB": limits.GIB, "MiB": limits.MIB, "KiB": limits.KIB}


def page() -> str:
    """The page as it should be."""
    return HEAD + "".join(f"| `{name}` | {_value(name)} | {text} |\n" for name, text in _documented())


def _documented() -> Iterator[tuple[str, str]]:
    """Each limit with the docstring that follows it."""
    with open(limits.__file__, encoding="utf-8") as file:
        body = ast.parse(file.read()).body
    for statement, following in pairwise(body):
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        text = following.value if isinstance(following, ast.Expr) else None
        if isinstance(target, ast.Name) and isinstance(text, ast.Constant):
            yield target.id, " ".join(str(text.value).split())


def _value(name: str) -> str:
    value = int(getattr(limits, name))
    if name.endswith("SECONDS"):
        return f"{value:,} s"
    if name.endswith(("BYTES", "CHUNK")):
        unit, size = next((unit, size) for unit, size in _UNITS.items() if value >= size)
        return f"{value // size:,} {unit}"
    return f"{value:,}"


if __name__ == "__main__":
    if "--print" in sys.argv:
        sys.stdout.write(page())
    else:
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(page())
