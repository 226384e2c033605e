"""Resource ``registries``."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from litestar import Request, get, post, put
from litestar.exceptions import ClientException
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from oakum.apps.server.auth.doors import ADMINS, READERS, ROLES, session
from oakum.apps.server.backing import Backing
from oakum.apps.server.resource import resource
from oakum.flows.watch_registry import REGISTRIES, WOKEN, check_watch
from oakum.model.api import RegistryWatch

Asked = Request[Any, Any, Any]
_MOST: Final = 100
_PUSHERS: Final = frozenset({"admin", "agent", "gate"})


class Target(msgspec.Struct, frozen=True):
    """What an event of a registry is about."""

    repository: str = ""
    tag: str = ""


class Notified(msgspec.Struct, frozen=True):
    """One event of a registry's notification."""

    action: str = ""
    target: Target = Target()


class Envelope(msgspec.Struct, frozen=True):
    """A notification as the CNCF's registry posts it (distribution, "Work with notifications")."""

    events: list[Notified]


@resource(version=1)
def registries(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """Registries that are watched."""
    ledger = backing.ledger

    @get("/registries", opt={ROLES: READERS}, sync_to_thread=True, summary="Every registry that is watched")
    def listed() -> list[RegistryWatch]:
        return msgspec.json.decode(ledger.setting(REGISTRIES) or "[]", type=list[RegistryWatch])

    @put("/registries", opt={ROLES: ADMINS}, sync_to_thread=True, summary="Watch these, and no others")
    def changed(data: JSONBody[list[RegistryWatch]], request: Asked) -> list[RegistryWatch]:
        if len(data) > _MOST or len({one.host for one in data}) != len(data):
            raise ClientException(f"up to {_MOST} registries, each once")
        for one in data:
            check_watch(one)
        with ledger.together():
            ledger.set_setting(REGISTRIES, msgspec.json.encode(data).decode())
            ledger.audit(session(request).actor, "registries.set", "", {"hosts": [one.host for one in data]})
        return data

    @post("/registry-notifications", opt={ROLES: _PUSHERS}, sync_to_thread=True, status_code=202)
    def notified(data: JSONBody[Envelope]) -> None:
        """Have the watcher look now: something was pushed. What the notification says is not believed."""
        if any(one.action in {"push", "delete"} for one in data.events):
            ledger.set_setting(WOKEN, backing.now())

    return listed, changed, notified
