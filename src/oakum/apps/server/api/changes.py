"""Resource ``changes``."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from typing import Final

from anyio import to_thread
from litestar import get
from litestar.exceptions import ClientException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from oakum.apps.server.auth.doors import READERS, ROLES
from oakum.apps.server.backing import Backing
from oakum.apps.server.resource import resource
from oakum.apps.server.revisions import revisions

_LOOK_SECONDS: Final = 0.5
_QUIET_SECONDS: Final = 15.0
_LISTENERS: Final = 50


@resource(version=1)
def changes(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """What changed, as it changes."""
    listening = 0

    @get("/changes", opt={ROLES: READERS}, summary="Server-sent events: which stores changed", sync_to_thread=False)
    def listened() -> Stream:
        if listening >= _LISTENERS:
            raise ClientException(f"{_LISTENERS} listen already", status_code=429)
        return Stream(_said(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _said() -> AsyncIterator[bytes]:
        nonlocal listening
        listening += 1
        try:
            seen = await to_thread.run_sync(revisions, backing.settings.state)
            yield b"retry: 2000\n\n"
            quiet = 0.0
            while True:
                await asyncio.sleep(_LOOK_SECONDS)
                now = await to_thread.run_sync(revisions, backing.settings.state)
                changed = sorted(name for name in now if now[name] != seen.get(name))
                seen, quiet = now, 0.0 if changed else quiet + _LOOK_SECONDS
                if changed:
                    yield f"event: changed\ndata: {json.dumps({'what': changed})}\n\n".encode()
                elif quiet >= _QUIET_SECONDS:
                    quiet = 0.0
                    yield b": still here\n\n"
        finally:
            listening -= 1

    return (listened,)
