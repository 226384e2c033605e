"""Cataloger of Lua rocks that luarocks.lock pins."""

import re
from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release
from oakum.model.fact import Fact, Package

_PART = re.compile(
    r"""(?:\[\s*"(?P<quoted>[^"\n]+)"\s*\]|(?<!\w)(?P<plain>[A-Za-z_]\w*+))\s*=\s*(?:"(?P<version>[^"\n]*)"|(?P<open>\{))"""
)
_SCOPES = {"dependencies": "", "build_dependencies": "dev", "test_dependencies": "dev"}


@cataloger(version=1, reads=DECLARED, locks="**/luarocks.lock")
def luarocks_lock(files: Files) -> Iterator[Fact]:
    """Lua rocks that ``luarocks.lock`` pins.

    The file is a Lua table of tables, which is read and never run. What building or testing needs is marked.
    """
    for file in files.locks:
        section = ""
        for part in _PART.finditer(file.text()):
            name = part["quoted"] or part["plain"]
            if part["open"]:
                section = name
            elif section in _SCOPES:
                yield release(Package("luarocks", name, part["version"], file.path, scope=_SCOPES[section]))
