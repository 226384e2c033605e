"""The pushing half of the distribution protocol: blobs in one piece, and manifests.

Source: OCI distribution specification 1.1, "Push": monolithic upload by POST and PUT; ``OCI-Subject``.
"""

import hashlib
from urllib.parse import quote

from oakum.adapters.registry.client import Body, Client
from oakum.adapters.registry.pull import check
from oakum.adapters.registry.refusals import refusal
from oakum.kit.errors import DamagedError

_OK, _CREATED, _ACCEPTED, _NOT_FOUND = 200, 201, 202, 404


class Push:
    """Pushes to one repository.

    Args:
        client: of the registry itself, with a login that may push.
    """

    def __init__(self, client: Client) -> None:
        """Nothing is asked yet."""
        self._client = client

    def has(self, digest: str) -> bool:
        """Whether the repository holds a blob.

        Raises:
            OakumError: it does not say.
        """
        reply = self._client.ask("HEAD", f"blobs/{digest}")
        reply.leave()
        if reply.status not in {_OK, _NOT_FOUND}:
            raise refusal(reply, self._client.site, f"the blob {digest}")
        return reply.status == _OK

    def blob(self, digest: str, size: int, body: Body) -> None:
        """Put a blob, unless it is there.

        Args:
            digest: of its bytes.
            size: their number.
            body: the bytes, or what opens them anew for each try.

        Raises:
            OakumError: the registry does not take it.
        """
        if self.has(digest):
            return
        what = f"the upload of {digest}"
        begun = self._client.ask("POST", "blobs/uploads/", {"Content-Length": "0"})
        to = begun.header("Location")
        if begun.status != _ACCEPTED:
            raise refusal(begun, self._client.site, what)
        begun.leave()
        if not to:
            raise DamagedError(f"{self._client.site.host} does not say where to put {digest}")
        url = to + ("&" if "?" in to else "?") + "digest=" + quote(digest, safe="")
        headers = {"Content-Length": str(size), "Content-Type": "application/octet-stream"}
        put = self._client.ask("PUT", url, headers, body)
        if put.status != _CREATED:
            raise refusal(put, self._client.site, what)
        put.leave()

    def manifest(self, name: str, data: bytes, media_type: str) -> bool:
        """Put a manifest under a tag or its digest; whether the registry took note of its subject.

        Raises:
            OakumError: the registry does not take it, or keeps something else.
        """
        headers = {"Content-Type": media_type, "Content-Length": str(len(data))}
        reply = self._client.ask("PUT", f"manifests/{name}", headers, data)
        if reply.status != _CREATED:
            raise refusal(reply, self._client.site, f"the manifest {name}")
        reply.leave()
        kept = reply.header("Docker-Content-Digest")
        if kept.startswith("sha256:"):
            check(kept, hashlib.sha256(data).hexdigest())
        return bool(reply.header("OCI-Subject"))
