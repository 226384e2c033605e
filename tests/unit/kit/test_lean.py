import subprocess
import sys

import pytest

ORDERS = (
    "import oakum.kit.lean, msgspec",
    "import msgspec, oakum.kit.lean",
    "import typing_extensions, oakum.kit.lean",
)


def run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def test_msgspec_comes_without_it() -> None:
    run("import oakum.kit.lean, sys; assert 'msgspec' in sys.modules and 'typing_extensions' not in sys.modules")


@pytest.mark.parametrize("order", ORDERS)
def test_whoever_else_asks_for_it_finds_it(order: str) -> None:
    run(f"{order}; import typing_extensions; assert typing_extensions.TypedDict")
