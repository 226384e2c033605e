"""Whose advisories speak of a package, and how its name is spelled when it is asked about.

Advisories and packages spell one name in many ways. Both sides go through ``normalised``, so
that what its ecosystem takes for one package is one key (OSV schema, "Defined ecosystems").
"""

import re
from functools import lru_cache
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

_HOSTS: Final = frozenset(("Root", "TuxCare", "Docker Hardened Images"))
_ECHO: Final = frozenset(("PyPI", "Maven", "npm"))
_AS_ROOT_SAYS: Final = {"alpine": "Alpine", "debian": "Debian", "ubuntu": "Ubuntu", "pypi": "PyPI", "maven": "Maven"}

_SEPARATORS: Final = re.compile(r"[-_.]+")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://")
_ACCOUNT: Final = re.compile(r"[^/@]*@")
_LOWER: Final = frozenset((
    "ConanCenter", "GitHub Actions", "Go", "Hex", "NuGet", "Packagist", "Pub", "VSCode", "vcpkg",
))  # fmt: skip


@lru_cache(maxsize=1024)  # few, and asked about for every package
def family(ecosystem: str) -> str:
    """An ecosystem without its release or place: ``Debian`` of ``Debian:12``."""
    return ecosystem.partition(":")[0]


@lru_cache(maxsize=1024)
def ordering(ecosystem: str) -> str:
    """The ecosystem, without release, whose order holds: ``Debian`` of ``Debian:12`` and of ``Root:Debian:12``.

    Root, TuxCare, Docker's hardened images and Echo mend packages of other ecosystems, and name those after a
    colon; the order is theirs.
    """
    name, _, rest = ecosystem.partition(":")
    inner = family(rest)
    if name == "Echo" and inner in _ECHO:
        return inner
    return _AS_ROOT_SAYS.get(inner.lower(), inner) if name in _HOSTS and inner else name


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
