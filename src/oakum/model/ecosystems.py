"""Whose advisories speak of a package, and how its name is spelled when it is asked about.

Advisories and packages spell one name in many ways. Both sides go through ``normalised``, so
that what its ecosystem takes for one package is one key (OSV schema, "Defined ecosystems").
"""

import re
from typing import Final

OSV_ECOSYSTEMS: Final = {
    "bioconductor": "Bioconductor",
    "bitnami": "Bitnami",
    "cargo": "crates.io",
    "composer": "Packagist",
    "conan": "ConanCenter",
    "cran": "CRAN",
    "gem": "RubyGems",
    "githubactions": "GitHub Actions",
    "golang": "Go",
    "hackage": "Hackage",
    "hex": "Hex",
    "julia": "Julia",
    "maven": "Maven",
    "npm": "npm",
    "nuget": "NuGet",
    "opam": "opam",
    "pub": "Pub",
    "pypi": "PyPI",
    "swift": "SwiftURL",
    "vcpkg": "vcpkg",
    "vscode-extension": "VSCode",
}
"""The OSV ecosystem of a purl type, where the type alone decides; a distribution's types are not here."""

_SEPARATORS: Final = re.compile(r"[-_.]+")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://")
_ACCOUNT: Final = re.compile(r"[^/@]*@")
_LOWER: Final = frozenset((
    "ConanCenter", "GitHub Actions", "Go", "Hex", "NuGet", "Packagist", "Pub", "VSCode", "vcpkg",
))  # fmt: skip


def family(ecosystem: str) -> str:
    """An ecosystem without its release or place: ``Debian`` of ``Debian:12``."""
    return ecosystem.partition(":")[0]


def normalised(ecosystem: str, name: str) -> str:
    """A package's name as keys have it.

    PyPI's names by PEP 503, a Swift package's URL as SwiftPM compares locations, in lower case
    where the ecosystem takes names without regard to case: NuGet, Packagist, Hex, Pub, Conan,
    GitHub's repositories, extensions of VS Code. Go paths are case-sensitive to Go, but a package
    URL has them in lower case, and no two modules differ in nothing else: their hosts refuse it.
    """
    kind = family(ecosystem)
    if kind == "PyPI":
        return _SEPARATORS.sub("-", name).lower()
    if kind == "SwiftURL":
        return _location(name)
    return name.lower() if kind in _LOWER else name


def _location(url: str) -> str:
    """A repository's host and path: no scheme, account or ``.git``, in lower case."""
    text = url.strip().lower()
    found = _SCHEME.match(text)
    text = text[found.end() :] if found else text
    account = _ACCOUNT.match(text)
    if account:
        text = text[account.end() :] if found else text[account.end() :].replace(":", "/", 1)
    return text.rstrip("/").removesuffix(".git").rstrip("/")
