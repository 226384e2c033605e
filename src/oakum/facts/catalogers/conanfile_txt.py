"""Cataloger of C and C++ packages that conanfile.txt pins."""

import re
from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release
from oakum.model.fact import Fact, Package

_SCOPES = {"requires": "", "build_requires": "dev", "tool_requires": "dev", "test_requires": "dev"}
_REFERENCE = re.compile(r"(?P<name>[\w.+-]+)/(?P<version>[^\s@#/\[\]]+)(?:[@#].*)?")


@cataloger(version=1, reads=DECLARED, requirements="**/conanfile.txt")
def conanfile_txt(files: Files) -> Iterator[Fact]:
    """C and C++ packages that ``conanfile.txt`` asks for by an exact version.

    A range (``zlib/[>=1.2]``) pins nothing and is left to the lock file.
    """
    for file in files.requirements:
        section = ""
        for line in file.text().splitlines():
            word = line.strip()
            if word.startswith("["):
                section = word.strip("[]")
            found = _REFERENCE.fullmatch(word)
            if found and section in _SCOPES:
                yield release(Package("conan", found["name"], found["version"], file.path, scope=_SCOPES[section]))
