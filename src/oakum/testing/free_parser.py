"""The parser as it was before it was confined: what confinement costs is measured against it."""

import runpy
import sys
from collections.abc import Collection, Iterable
from types import ModuleType


def not_confined(readable: Iterable[str], keep: Collection[int]) -> object:
    """What stands in for ``kit.confine.confine``: it does nothing, and says so."""
    del readable, keep
    return _Nothing


class _Nothing:
    landlock = 0
    seccomp = False
    tcp = False
    weaknesses = ("this parser is not confined, so that the cost can be measured",)


if __name__ == "__main__":
    module = ModuleType("oakum.kit.confine")  # instead of the true one, which imports ctypes
    vars(module)["confine"] = not_confined
    sys.modules["oakum.kit.confine"] = module
    runpy.run_module("oakum.apps.parser", run_name="__main__")
