"""What a person typed as a target: a prefix and a place, or something that is recognised by what it is."""

import os
import re

from msgspec import Struct

from oakum.kit.errors import UnreadableError, UsageError
from oakum.model.reading import Target
from oakum.sources.identity import ARCHIVES
from oakum.sources.image_name import RegistryImage, host_of, image_name
from oakum.sources.opener import OPENERS
from oakum.sources.sbom_signs import head, looks_like_sbom

_IMAGE_NAME = re.compile(
    r"(?:[A-Za-z0-9\[][A-Za-z0-9.:\[\]_-]*/)?[a-z0-9]+(?:[/._-]+[a-z0-9]+)*(?::[\w.-]+)?(?:@[a-z0-9]+:[0-9a-f]+)?",
    re.ASCII,
)
"""What an engine may call an image, or the beginning of an image's id (distribution/reference)."""

_ROOT_SIGNS = ("etc/os-release", "usr/lib/os-release", "var/lib/dpkg", "lib/apk/db", "usr/lib/apk/db")


_FILES = ARCHIVES | {"file", "sbom"}
"""Openers whose targets are files."""

_MAGIC, _MAGIC_AT = b"ustar", 257
_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
_TAR_NAMES = (".tar", ".tar.gz", ".tgz", ".tar.zst", ".tzst")
"""What a tar is known by: its first header, what packs one as a whole (gzip, zstandard), its name."""

_PACKAGE = ".apk"
"""An Alpine package is packed as a tar is, and its files are no root file system."""


ENGINES = ("docker", "podman", "containerd")
"""Prefixes of images that an engine of this machine holds."""


class EngineImage(Struct, frozen=True):
    """A target that an engine holds: ``docker:NAME``.

    Attributes:
        reference: with its prefix.
        name: as the engine calls it.
        engine: one of ``ENGINES``.
        otherwise: the same name in a registry, where nothing says which of both is meant.
    """

    reference: str
    name: str
    engine: str = "docker"
    otherwise: RegistryImage | None = None


def find(reference: str) -> Target | EngineImage | RegistryImage:
    """The target that a reference means.

    Raises:
        UsageError: the prefix is none of ours, or nothing follows it.
        UnreadableError: the place does not exist, and what has no prefix cannot be an image either.
    """
    if not reference.isascii() and any("\ud800" <= letter <= "\udfff" for letter in reference):
        raise UsageError(f"{reference!r}: the name is no UTF-8", hint="use a link with another name")
    prefix, colon, rest = reference.partition(":")
    if colon and prefix in ENGINES:
        return EngineImage(reference, _engine_name(_given(rest, reference), reference), prefix)
    if colon and prefix == "registry":
        return _in_registry(reference, _given(rest, reference))
    opener = prefix.replace("-", "_")
    if colon and opener in OPENERS.ids():
        return _at(reference, opener, _given(rest, reference))
    path, wanted = _split(reference)
    if os.path.exists(path):
        opener = _recognise(path)
        return Target(f"{opener.replace('_', '-')}:{reference}", opener, os.path.abspath(path), wanted=wanted)
    if not _IMAGE_NAME.fullmatch(reference):
        raise UnreadableError(
            f"{reference or repr(reference)}: no such file or folder, and no image can have this name",
            hint="a target is a path, an image of the local engine, or PREFIX:PLACE; see oakum scan --help",
        )
    return EngineImage(f"docker:{reference}", reference, otherwise=_otherwise(reference))


def _otherwise(name: str) -> RegistryImage | None:
    try:
        return _in_registry(f"registry:{name}", name) if host_of(name) else None
    except UsageError:
        return None  # an engine may know it all the same


def _in_registry(reference: str, name: str) -> RegistryImage:
    return image_name(reference, name, os.environ.get("OAKUM_DEFAULT_REGISTRY", ""))


def _engine_name(name: str, reference: str) -> str:
    """A name that an engine may be asked for, or whose program may be given it as a word."""
    if name.startswith("-") or not name.isprintable() or " " in name:
        raise UsageError(f"{reference!r} is no name of an image")
    return name


def _given(rest: str, reference: str) -> str:
    if not rest:
        raise UsageError(f"{reference!r} names nothing after its prefix")
    return rest


def _at(reference: str, opener: str, place: str) -> Target:
    path, wanted = _split(place)
    if not os.path.exists(path):
        raise UnreadableError(f"{path}: no such file or folder")
    folder_wanted = opener not in _FILES
    if os.path.isdir(path) != folder_wanted:
        raise UnreadableError(f"{path} is {'no folder' if folder_wanted else 'a folder'}")
    return Target(reference, opener, os.path.abspath(path), wanted=wanted)


def _split(place: str) -> tuple[str, str]:
    """A path, and the tag or digest behind its last colon when only the part before exists."""
    if os.path.exists(place):
        return place, ""
    at = place.find(":")
    while at >= 0:
        if os.path.exists(place[:at]):
            return place[:at], place[at + 1 :]
        at = place.find(":", at + 1)
    return place, ""


def _recognise(path: str) -> str:
    """Which opener a path is for."""
    if not os.path.isdir(path):
        return _recognise_file(path)
    if os.path.exists(os.path.join(path, "oci-layout")) or os.path.isdir(os.path.join(path, "blobs", "sha256")):
        return "oci_layout"
    signs = (os.path.join(path, sign) for sign in _ROOT_SIGNS)
    return "rootfs" if any(os.path.exists(sign) for sign in signs) else "dir"


def _recognise_file(path: str) -> str:
    """An SBOM, a tar by its beginning or its name, else one file that some cataloger may know."""
    if looks_like_sbom(path):
        return "sbom"
    if path.lower().endswith(_PACKAGE):
        return "file"
    begin = head(path)
    packed = begin[_MAGIC_AT : _MAGIC_AT + len(_MAGIC)] == _MAGIC or begin.startswith(_PACKED)
    return "tar" if packed or path.lower().endswith(_TAR_NAMES) else "file"
