"""What refers to a manifest, as a registry lists it, page by page.

Source: OCI distribution specification 1.1, "Listing Referrers".
"""

import http.client
import re
from typing import Any, Final

import msgspec

from oakum.adapters.registry.client import Client
from oakum.adapters.registry.lines import Reply, parts_of
from oakum.adapters.registry.refusals import broken, refusal
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import MANIFEST_BYTES, REFERRERS

INDEX: Final = "application/vnd.oci.image.index.v1+json"

_OK: Final = 200
_NO_INTERFACE: Final = frozenset({400, 404, 405, 501})
_NEXT: Final = re.compile(r'<([^<>]*)>\s*;[^,]*\brel="?next"?')
_PAGES: Final = 100


def listed_referrers(client: Client, digest: str) -> bytes | None:
    """Every page as one index; None where the registry has no such interface, so that a tag stands for it.

    A next page is asked of the same registry alone, whatever a link says.

    Raises:
        OakumError: the registry has the interface and does not answer, or lists more than is read.
    """
    found: list[Any] = []
    path, seen = f"referrers/{digest}", set[str]()
    while path:
        seen.add(path)
        reply = client.ask("GET", path, {"Accept": INDEX})
        if len(seen) == 1 and _is_none(reply):
            reply.leave()
            return None
        if reply.status != _OK:
            raise refusal(reply, client.site, f"the list of what refers to {digest}")
        following = _next(reply, client)
        found += _page(reply, client)
        if len(found) > REFERRERS or len(seen) > _PAGES:
            raise LimitError(f"{client.site.host} lists more than {REFERRERS:,} manifests that refer to {digest}")
        path = following if following not in seen else ""
    return msgspec.json.encode({"schemaVersion": 2, "mediaType": INDEX, "manifests": found})


def _is_none(reply: Reply) -> bool:
    """Some registries answer everything that they do not know with a page for people."""
    kind = reply.header("Content-Type").partition(";")[0].strip()
    return reply.status in _NO_INTERFACE or (reply.status == _OK and kind == "text/html")


def _next(reply: Reply, client: Client) -> str:
    found = _NEXT.search(reply.header("Link"))
    if found is None:
        return ""
    parts = parts_of(found.group(1), reply.url.geturl())
    if (parts.scheme, parts.netloc) != (reply.url.scheme, reply.url.netloc):
        raise DamagedError(f"{client.site.host} sends to another registry for what refers to an image")
    return parts.geturl()


def _page(reply: Reply, client: Client) -> list[Any]:
    try:
        said: dict[str, Any] = msgspec.json.decode(reply.small(MANIFEST_BYTES), type=dict[str, Any])
        return msgspec.convert(said.get("manifests") or [], list[Any])
    except UNDECODABLE as error:
        raise DamagedError(f"{client.site.host} gives no list of what refers to an image: {error}") from None
    except (OSError, http.client.HTTPException) as error:
        reply.close()
        raise broken(error, client.site) from None
