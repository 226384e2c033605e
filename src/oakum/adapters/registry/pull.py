"""The pulling half of the distribution protocol: what a name means, documents, blobs that go on where they broke off.

Sources: OCI distribution specification 1.1, "Pull"; Docker Registry HTTP API V2.
"""

import hashlib
import http.client
import re
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from oakum.adapters.registry.client import FIRST_WAIT, Client
from oakum.adapters.registry.lines import Reply
from oakum.adapters.registry.referrers import listed_referrers
from oakum.adapters.registry.refusals import broken, refusal
from oakum.kit.errors import DamagedError, OakumError, TryLaterError, UnreadableError
from oakum.kit.limits import FETCH_TRIES, MANIFEST_BYTES
from oakum.model.fetching import Resolved

ACCEPTED: Final = (
    "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
    "application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json"
)
_SCHEMA_1: Final = "application/vnd.docker.distribution.manifest.v1"
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_OK, _PARTIAL = 200, 206
_HEADLESS: Final = frozenset({400, 404, 405, 501})
_MOST_TRIES: Final = 100
_READ: Final = 256 * 1024

Take = Callable[[bytes], None]
T = TypeVar("T")


class Pull:
    """Pulls from one repository.

    Args:
        clients: the sites of the image in the order in which they are asked; one thread's.
        kept: documents that were fetched to find out their digest, shared by the threads.
    """

    def __init__(self, clients: Sequence[Client], kept: dict[str, bytes]) -> None:
        """Nothing is asked yet."""
        self._clients = clients
        self._kept = kept

    def resolve(self, name: str) -> Resolved:
        """Which manifest a tag or digest means.

        Raises:
            OakumError: as the last site says.
        """
        return self._first(lambda client: self._resolved(client, name))

    def document(self, digest: str, size: int, *, manifest: bool) -> bytes:
        """A manifest, an index or a configuration, held to its digest.

        Raises:
            OakumError: it cannot be had, or is not what its digest says.
        """
        if digest in self._kept:
            return self._kept[digest]
        return self._first(lambda client: _held(client, digest, size, manifest=manifest))

    def blob(self, digest: str, size: int, take: Take) -> None:
        """Hand every byte of a blob on, once and in order.

        Raises:
            OakumError: it cannot be had; or it is not what digest and size say, which shows only at its
                end: what was handed on must not be believed before.
        """
        download = _Download(digest, size, take)
        self._first(download.run)

    def referrers(self, digest: str) -> bytes | None:
        """The index of what refers to a manifest; None where the registry has no such interface.

        Raises:
            OakumError: it has one and does not answer.
        """
        return listed_referrers(self._clients[-1], digest)

    def _first(self, ask: Callable[[Client], T]) -> T:
        for client in self._clients[:-1]:
            try:
                return ask(client)
            except OakumError:
                continue  # a mirror may fail in any way: the registry itself is there
        return ask(self._clients[-1])

    def _resolved(self, client: Client, name: str) -> Resolved:
        reply = client.ask("HEAD", f"manifests/{name}", {"Accept": ACCEPTED})
        reply.leave()
        digest = reply.header("Docker-Content-Digest")
        if reply.status not in {_OK, *_HEADLESS}:
            raise refusal(reply, client.site, f"the image {name}")
        if reply.status != _OK or not _DIGEST.fullmatch(digest):  # a body says more than a head
            data = _document(client, f"manifests/{name}", ACCEPTED, f"image {name}")
            digest = "sha256:" + hashlib.sha256(data).hexdigest()
            self._kept[digest] = data
        kind = reply.header("Content-Type")
        if kind.startswith(_SCHEMA_1):
            hint = "push it again with a newer client: this form was given up in 2017"
            raise UnreadableError(f"{client.site.host} has {name} as a manifest of Docker's schema 1 alone", hint)
        return Resolved(digest, client.site.host, kind[:200])


def check(digest: str, found: str) -> None:
    """Hold bytes to their digest.

    Raises:
        DamagedError: they have another.
    """
    if digest != f"sha256:{found}":
        raise DamagedError(f"the registry sends something else than {digest}: sha256:{found}")


def _held(client: Client, digest: str, size: int, *, manifest: bool) -> bytes:
    path = f"{'manifests' if manifest else 'blobs'}/{digest}"
    data = _document(client, path, ACCEPTED if manifest else "*/*")
    if size not in {-1, len(data)}:
        raise DamagedError(f"{client.site.host} has {len(data)} bytes for {digest}, not the {size} that it must have")
    check(digest, hashlib.sha256(data).hexdigest())
    return data


def _document(client: Client, path: str, accept: str, what: str = "document") -> bytes:
    for tries in range(1, FETCH_TRIES + 1):
        reply = client.ask("GET", path, {"Accept": accept})
        if reply.status != _OK:
            raise refusal(reply, client.site, f"{what} ({path})" if what == "document" else what)
        try:
            return reply.small(MANIFEST_BYTES)
        except (OSError, http.client.HTTPException) as error:
            reply.close()
            if tries == FETCH_TRIES:
                raise broken(error, client.site) from None
            client.pause(FIRST_WAIT * 2.0**tries)
    raise TryLaterError(f"{client.site.host} does not answer")  # not reached: the last try returns or raises


class _Download:
    """One blob, across the connections that it takes."""

    def __init__(self, digest: str, size: int, take: Take) -> None:
        self._digest = digest
        self._size = size
        self._take = take
        self._at = 0
        self._hash = hashlib.sha256()

    def run(self, client: Client) -> None:
        """Fetch what is missing yet; at the end hold the whole to its digest."""
        idle = tries = 0
        while self._at < self._size:
            before = self._at
            trouble = self._go_on(client)
            if self._at == self._size:
                break
            tries += 1
            idle = 0 if self._at > before else idle + 1
            if idle >= FETCH_TRIES or tries >= _MOST_TRIES:
                raise trouble
            client.pause(min(8.0, FIRST_WAIT * 2.0**idle))
        check(self._digest, self._hash.hexdigest())

    def _go_on(self, client: Client) -> OakumError:
        """One connection; gives why it ended before the blob did."""
        since = {"Range": f"bytes={self._at}-"} if self._at else {}
        reply = client.ask("GET", f"blobs/{self._digest}", since)
        skip = self._begins(reply, client)
        try:
            while piece := reply.piece(_READ):
                dropped = min(skip, len(piece))
                skip -= dropped
                self._came(piece[dropped:] if dropped else piece, reply)
        except (OSError, http.client.HTTPException) as error:
            reply.close()
            return broken(error, client.site)
        return TryLaterError(f"{client.site.host} ends {self._digest} after {self._at} of {self._size} bytes")

    def _begins(self, reply: Reply, client: Client) -> int:
        """How many bytes of the answer are known already.

        Raises:
            DamagedError: the answer says that it is not what was asked for.
        """
        if reply.status not in {_OK, _PARTIAL}:
            raise refusal(reply, client.site, f"the blob {self._digest}")
        start = self._at if reply.status == _PARTIAL else 0
        stated = reply.header("Content-Range")
        if reply.status == _PARTIAL and not stated.startswith(f"bytes {self._at}-"):
            reply.close()
            raise DamagedError(f"{client.site.host} sends another part of {self._digest} than was asked for")
        length = reply.number("Content-Length")
        if length not in {-1, self._size - start}:
            reply.close()
            must = self._size - start
            raise DamagedError(f"{client.site.host} states {length} bytes for {self._digest}, not {must}")
        return self._at - start

    def _came(self, piece: bytes, reply: Reply) -> None:
        if self._at + len(piece) > self._size:
            reply.close()
            raise DamagedError(f"the registry sends more than the {self._size} bytes of {self._digest}")
        self._at += len(piece)
        self._hash.update(piece)
        self._take(piece)
