"""Names of images in a registry, by the grammar that Docker made usual (distribution/reference)."""

import re
from typing import Final

from msgspec import Struct

from oakum.kit.errors import UsageError

_HOST: Final = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?", re.ASCII)
_REPOSITORY: Final = re.compile(r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*")
_TAG: Final = re.compile(r"\w[\w.-]{0,127}", re.ASCII)
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_NAME_LENGTH: Final = 255
_PORTS: Final = 65_536


class RegistryImage(Struct, frozen=True):
    """An image that a registry holds: ``registry:HOST/REPOSITORY[:TAG][@DIGEST]``.

    Attributes:
        reference: as the person named it, with its prefix.
        host: name and port of the registry.
        repository: path of the image there.
        tag: ``latest`` where nothing is named; beside a digest it is a note for people.
        digest: of the manifest or index, or empty.
    """

    reference: str
    host: str
    repository: str
    tag: str = "latest"
    digest: str = ""

    @property
    def name(self) -> str:
        """Without prefix, as other tools write it."""
        return f"{self.host}/{self.repository}" + (f"@{self.digest}" if self.digest else f":{self.tag}")


def host_of(name: str) -> str:
    """The registry that a name names: its first part, when that holds a dot or a colon or is ``localhost``."""
    first, slash, _ = name.partition("/")
    return first if slash and ("." in first or ":" in first or first == "localhost") else ""


def image_name(reference: str, name: str, default: str) -> RegistryImage:
    """What a name means.

    Args:
        reference: the whole, for messages.
        name: without the prefix.
        default: ``HOST`` or ``HOST/FOLDER`` for names without a host, or empty; the folder holds the
            names of one part alone, as the usual registry keeps its official images.

    Raises:
        UsageError: it names no host and none is the default, or the grammar does not hold.
    """
    host = host_of(name)
    rest = name[len(host) + 1 :] if host else name
    rest, at, digest = rest.partition("@")
    repository, colon, tag = rest.partition(":")
    if not host:
        host, repository = _default(reference, repository, default)
    whole = _is_host(host) and _REPOSITORY.fullmatch(repository) and len(repository) <= _NAME_LENGTH
    if not whole or (colon and not _TAG.fullmatch(tag)) or (at and not _DIGEST.fullmatch(digest)):
        hint = "as in registry:HOST/REPOSITORY:TAG or @sha256:…"
        raise UsageError(f"{reference!r} is no name of an image", hint)
    return RegistryImage(reference, host, repository, tag or "latest", digest)


def _is_host(host: str) -> bool:
    name, colon, port = host.rpartition(":")
    stated = port if colon and name and not host.endswith("]") else "1"
    return bool(_HOST.fullmatch(host)) and 0 < int(stated) < _PORTS


def _default(reference: str, repository: str, default: str) -> tuple[str, str]:
    host, slash, folder = default.strip("/").partition("/")
    if not host:
        hint = "name it: registry:HOST/REPOSITORY:TAG, or set OAKUM_DEFAULT_REGISTRY"
        raise UsageError(f"{reference!r} does not say which registry is meant", hint=hint)
    return host, f"{folder}/{repository}" if slash and "/" not in repository else repository
