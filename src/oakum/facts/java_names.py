"""What a Java archive without Maven's own file is called: by its place, its classes, its manifest and its name."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from oakum.facts.java_groups import known_groups, moved

_VERSIONED: Final = re.compile(r"^(?P<name>.+?)-(?P<version>v?\d[\w.+~-]*)$")
_GROUP: Final = re.compile(r"^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)+$")
_UMBRELLAS: Final = frozenset({"org.apache", "com.sun", "com.google"})
"""Vendors that write their own name there, which is nobody's group."""

_VERSION_KEYS: Final = ("implementation-version", "bundle-version", "specification-version", "plugin-version")
_NAME_KEYS: Final = ("implementation-title", "automatic-module-name", "bundle-name", "extension-name", "short-name")

_REPOSITORY: Final = "/repository/"
_GRADLE: Final = re.compile(r"/files-2\.1/([^/]+)/([^/]+)/([^/]+)/[^/]+/[^/]+$")

_TOMCAT: Final = {
    "catalina-tribes": "tomcat-tribes",
    "catalina-storeconfig": "tomcat-storeconfig",
    "catalina-ssi": "tomcat-ssi",
    "catalina": "tomcat-catalina",
    "jasper": "tomcat-jasper",
    "jasper-el": "tomcat-jasper-el",
}
"""How Tomcat calls in its own folder what it publishes under another name."""


class Names(Struct):
    """What is known of the one package that an archive is.

    Attributes:
        group: empty where nothing says it.
        artifact: the name.
        version: empty where nothing says it.
        guessed: what this was taken from, empty where Maven states it.
    """

    group: str
    artifact: str
    version: str
    guessed: str = ""


def names_of(path: str, manifest: Mapping[str, str], holds: Callable[[str], bool]) -> Names:
    """The names of an archive.

    Args:
        path: where it lies.
        manifest: its main section, keys in lower case.
        holds: whether there are files in a folder of it.
    """
    placed = _from_repository(path)
    if placed is not None:
        return placed
    stem = path.rpartition("/")[2].rpartition(".")[0]
    name, version = _split(stem, manifest)
    if name in _TOMCAT and manifest.get("implementation-title") == "Apache Tomcat":
        name = _TOMCAT[name]
    artifact = name or _first(manifest, _NAME_KEYS)
    version = version or _first(manifest, _VERSION_KEYS)
    for group, evidence in known_groups(artifact):
        if _is_there(evidence, manifest, holds):
            return Names(moved(artifact, version, group), artifact, version, "file name and content")
    group = _group(artifact, manifest)
    return Names(group, artifact, version, "manifest" if group or not name else "file name")


def _from_repository(path: str) -> Names | None:
    """By the layout of a repository of Maven (``GROUP/ARTIFACT/VERSION/ARTIFACT-VERSION.jar``) or of Gradle's cache."""
    found = _GRADLE.search(path)
    if found:
        return Names(found[1], found[2], found[3], "path")
    folders = path.rpartition(_REPOSITORY)[2].split("/") if _REPOSITORY in path else []
    if len(folders) < 4:  # noqa: PLR2004 - group, artifact, version, file
        return None
    *group, artifact, version, file = folders
    return Names(".".join(group), artifact, version, "path") if file.startswith(f"{artifact}-{version}") else None


def _is_there(evidence: str, manifest: Mapping[str, str], holds: Callable[[str], bool]) -> bool:
    if evidence.startswith("module:"):
        return manifest.get("automatic-module-name", "").startswith(evidence[7:])
    return holds(evidence)


def _group(artifact: str, manifest: Mapping[str, str]) -> str:
    """The group where the build tool wrote it: sbt and Maven as the vendor's id, bundle tools before the artifact."""
    vendor = manifest.get("implementation-vendor-id", "")
    bundle = manifest.get("bundle-symbolicname", "").partition(";")[0].strip()
    before = bundle.removesuffix(f".{artifact}") if bundle.endswith(f".{artifact}") else ""
    found = (group for group in (vendor, before) if _GROUP.match(group) and group not in _UMBRELLAS)
    return next(found, "")


def _split(stem: str, manifest: Mapping[str, str]) -> tuple[str, str]:
    """Name and version in a file name; the manifest tells where a name with numbers (``log4j-1.2-api``) ends."""
    for key in _VERSION_KEYS:
        version = manifest.get(key, "")
        if version and stem.endswith(f"-{version}"):
            return stem[: -len(version) - 1], version
    found = _VERSIONED.match(stem)
    return (found["name"], found["version"]) if found else (stem, "")


def _first(manifest: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((manifest[key] for key in keys if manifest.get(key)), "")
