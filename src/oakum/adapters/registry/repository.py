"""One repository for programs that read and write what is no image: databases, signatures, attestations."""

import hashlib

from oakum.adapters.registry.client import Body, Client
from oakum.adapters.registry.guard import Guard
from oakum.adapters.registry.lines import Lines
from oakum.adapters.registry.login import Login
from oakum.adapters.registry.pull import Pull, Take
from oakum.adapters.registry.push import Push
from oakum.adapters.registry.trust import Trusted
from oakum.kit.limits import STALL_SECONDS
from oakum.model.fetching import Site, Trust


class RegistryRepository:
    """Implements ``ports.registries.Repository`` in this very process.

    Args:
        sites: mirrors first; the last is the registry itself, the only one that is written.
        trust: certificates and proxy.
        write: whether the login is to be good for pushing.
        stall_seconds: how long a connection may stand still.
    """

    def __init__(
        self, sites: tuple[Site, ...], trust: Trust, *, write: bool = False, stall_seconds: float = STALL_SECONDS
    ) -> None:
        """Nothing is asked yet."""
        lines = Lines(Trusted(trust), Guard(stall_seconds))
        clients = [Client(site, lines, Login(site, "pull,push" if write else "pull")) for site in sites]
        self._kept: dict[str, bytes] = {}
        self._pull = Pull(clients, self._kept)
        self._push = Push(clients[-1])

    def resolve(self, name: str) -> str:
        """The digest that a tag means now."""
        return self._pull.resolve(name).digest

    def document(self, digest: str, *, manifest: bool) -> bytes:
        """A manifest or a small blob, held to its digest."""
        return self._pull.document(digest, -1, manifest=manifest)

    def referrers(self, digest: str) -> bytes | None:
        """The index of what refers to a manifest; None where the registry does not keep it."""
        return self._pull.referrers(digest)

    def fetch(self, digest: str, size: int, take: Take) -> None:
        """Hand on the bytes of a blob; they may be believed when this returns."""
        self._pull.blob(digest, size, take)

    def put_blob(self, digest: str, size: int, body: Body) -> None:
        """Put a blob, unless it is there."""
        self._push.blob(digest, size, body)

    def put_manifest(self, data: bytes, media_type: str, tag: str = "") -> tuple[str, bool]:
        """Put a manifest; its digest, and whether the registry took note of its subject."""
        digest = "sha256:" + hashlib.sha256(data).hexdigest()
        return digest, self._push.manifest(tag or digest, data, media_type)
