"""What Syft calls the kinds of packages, and what Grype looks up in a package's metadata."""

from collections.abc import Callable
from typing import Any, Final

from oakum.model.fact import Package
from oakum.model.syft_types import TYPES

Row = dict[str, Any]

_LANGUAGES: Final = {
    "pypi": "python", "npm": "javascript", "golang": "go", "maven": "java", "gem": "ruby", "cargo": "rust",
    "composer": "php", "nuget": "dotnet", "pub": "dart", "swift": "swift", "hex": "erlang", "hackage": "haskell",
    "conan": "c++", "cran": "R", "luarocks": "lua", "opam": "ocaml",
    "pear": "php",
}  # fmt: skip


def type_of(purl_type: str) -> str:
    """Syft's name of a purl type; ``UnknownPackage`` where it has none."""
    return TYPES.get(purl_type, "UnknownPackage")


def language_of(purl_type: str) -> str:
    """Syft's name of the language, or empty."""
    return _LANGUAGES.get(purl_type, "")


def _dpkg(package: Package) -> Row:
    source, differs = package.source, package.source is not None and package.source.version != package.version
    return {
        "package": package.name,
        "source": source.name if source and source.name != package.name else "",
        "version": package.version,
        "sourceVersion": source.version if source and differs else "",
        "architecture": package.arch,
        "maintainer": "",
        "installedSize": 0,
        "files": [],
    }


def _apk(package: Package) -> Row:
    return {
        "package": package.name,
        "originPackage": package.source.name if package.source else "",
        "maintainer": "",
        "version": package.version,
        "architecture": package.arch,
        "url": "",
        "description": "",
        "size": 0,
        "installedSize": 0,
        "pullDependencies": list(package.depends),
        "provides": [],
        "pullChecksum": "",
        "gitCommitOfApkPort": "",
        "files": [],
    }


def _rpm(package: Package) -> Row:
    epoch, colon, rest = package.version.rpartition(":")
    version, _, release = rest.rpartition("-")
    source = package.source
    return {
        "name": package.name,
        "version": version,
        "epoch": int(epoch) if colon and epoch.isdecimal() and epoch.isascii() else None,
        "arch": package.arch,
        "release": release,
        "sourceRpm": f"{source.name}-{source.version.rpartition(':')[2]}.src.rpm" if source else "",
        "size": 0,
        "vendor": "",
        "modularityLabel": package.module or None,
        "files": [],
    }


def _java(package: Package) -> Row:
    group, colon, artifact = package.name.rpartition(":")
    properties = {"path": "", "name": "", "groupId": group, "artifactId": artifact, "version": package.version}
    return {"virtualPath": f"/{package.path}"} | ({"pomProperties": properties} if colon else {})


METADATA: Final[dict[str, tuple[str, Callable[[Package], Row]]]] = {
    "deb": ("dpkg-db-entry", _dpkg),
    "apk": ("apk-db-entry", _apk),
    "rpm": ("rpm-db-entry", _rpm),
    "maven": ("java-archive", _java),
}
"""The kind of metadata for a purl type, and what makes it."""
