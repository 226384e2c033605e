"""The API process: ``python -m oakum.apps.server.api_process PARENT``, started by the supervisor."""

import signal
import sys
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from oakum.apps.server.settings import given
from oakum.kit.parent import end_with_parent


def main() -> None:
    """Serve until a signal ends it."""
    end_with_parent(int(sys.argv[1]), signal.SIGTERM)
    settings = given()
    Granian(
        "oakum.apps.server.application:make",
        address=settings.address,
        port=settings.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=1,
        respawn_failed_workers=True,
        websockets=False,
        log_access=False,
        log_enabled=False,
        ssl_cert=Path(settings.certificate) if settings.certificate else None,
        ssl_key=Path(settings.key) if settings.key else None,
    ).serve()


if __name__ == "__main__":
    main()
