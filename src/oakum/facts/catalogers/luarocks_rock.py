"""Cataloger of installed Lua rocks."""

import re
from collections.abc import Iterator

from oakum.facts.bounds import statement
from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release
from oakum.model.fact import Fact, Package

_LICENSE = re.compile(r"""^[ \t]*license[ \t]*=[ \t]*(?:"([^"\n]*)"|'([^'\n]*)')""", re.MULTILINE)
_TAIL = 3


@cataloger(version=1, specifications="**/rocks*/*/*/*.rockspec")
def luarocks_rock(files: Files) -> Iterator[Fact]:
    """Lua rocks that are installed.

    LuaRocks keeps each in a folder of its name and version, with its specification inside
    (``rocks-5.4/luafilesystem/1.8.0-1/luafilesystem-1.8.0-1.rockspec``). The specification is Lua code and is
    not run; a rockspec whose name is not that of its folders is none that LuaRocks put there.
    """
    for file in files.specifications:
        name, version, base = file.path.split("/")[-_TAIL:]
        if base == f"{name}-{version}.rockspec":
            found = _LICENSE.search(file.text())
            licenses = statement("".join(one or "" for one in found.groups())) if found else ()
            yield release(Package("luarocks", name, version, file.path, licenses=licenses))
