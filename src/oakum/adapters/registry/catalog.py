"""What a registry holds: repositories, tags, and what each tag points at (distribution specification, listing tags)."""

from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import quote, urlencode

import msgspec

from oakum.adapters.registry.client import Client
from oakum.adapters.registry.guard import Guard
from oakum.adapters.registry.lines import Lines
from oakum.adapters.registry.login import Login
from oakum.adapters.registry.pull import Pull
from oakum.adapters.registry.refusals import refusal
from oakum.adapters.registry.trust import Trusted
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import MANIFEST_BYTES, REGISTRY_NAMES, STALL_SECONDS
from oakum.model.fetching import Site, Trust

_OK: Final = 200
_NOT_FOUND: Final = 404
_PAGE: Final = 500


class RegistryCatalog:
    """Implements ``ports.registries.Catalog``.

    Args:
        site_of: the site of a repository, with its login.
        trust: certificates and proxy.
    """

    def __init__(self, site_of: Callable[[str], Site], trust: Trust) -> None:
        """Nothing is asked yet."""
        self._site_of = site_of
        self._lines = Lines(Trusted(trust), Guard(STALL_SECONDS))

    def repositories(self) -> Iterator[str]:
        """Every repository, page by page."""
        yield from self._listed("_catalog", "/v2/_catalog", "repositories")

    def tags(self, repository: str) -> Iterator[str]:
        """Every tag of a repository, page by page."""
        yield from self._listed(repository, f"/v2/{quote(repository)}/tags/list", "tags")

    def digest(self, repository: str, tag: str) -> str:
        """What a tag points at."""
        return Pull([self._client(repository)], {}).resolve(tag).digest

    def _listed(self, repository: str, path: str, what: str) -> Iterator[str]:
        client, last, seen = self._client(repository), "", 0
        while True:
            query = urlencode({"n": str(_PAGE), **({"last": last} if last else {})})
            names = self._page(client, f"{path}?{query}", what)
            seen += len(names)
            if seen > REGISTRY_NAMES:
                raise LimitError(f"{client.site.host} lists more than {REGISTRY_NAMES:,} {what}")
            yield from names
            if len(names) < _PAGE or names[-1] == last:
                return
            last = names[-1]

    def _page(self, client: Client, path: str, what: str) -> list[str]:
        reply = client.ask("GET", path)
        if reply.status == _NOT_FOUND and what == "tags":
            reply.leave()
            return []  # a repository that lists itself before its first tag is there, or after its last one went
        if reply.status != _OK:
            raise refusal(reply, client.site, f"the list of {what}")
        try:
            said: dict[str, Any] = msgspec.json.decode(reply.small(MANIFEST_BYTES), type=dict[str, Any])
            return msgspec.convert(said.get(what) or [], list[str])
        except UNDECODABLE as error:
            raise DamagedError(f"{client.site.host} gives no list of {what}: {error}") from None

    def _client(self, repository: str) -> Client:
        site = self._site_of(repository)
        return Client(site, self._lines, Login(site))
