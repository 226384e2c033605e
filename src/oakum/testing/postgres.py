"""A real PostgreSQL server in a folder of its own, which only its Unix socket reaches."""

import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time
from types import TracebackType
from typing import Final, Self

import sqlalchemy as sa

_SECONDS: Final = 60
_FAST: Final = ("-c", "fsync=off", "-c", "full_page_writes=off")


def binaries() -> str:
    """The folder of the server's programs (Debian keeps them out of PATH), or nothing."""
    found = shutil.which("initdb") or next(
        iter(sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), reverse=True)), ""
    )
    return os.path.dirname(os.path.realpath(found)) if found else ""


class PostgresServer:
    """Starts with ``with``, ends after it, and with the process that started it, however that ends.

    Root has it run as ``postgres``, for the server refuses root.

    Args:
        durable: wait for the disk, as a server for real does; else a crash of the machine may lose everything.
    """

    def __init__(self, *, durable: bool = False) -> None:
        """Make the folder; its path is short, because a socket's has a limit."""
        self._options = () if durable else _FAST
        self._folder = tempfile.mkdtemp(prefix="oakum-pg-", dir="/tmp")
        self._made = 0

    def __enter__(self) -> Self:
        """Make the cluster and start the server."""
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres", "postgres")
        data = f"{self._folder}/data"
        words = ("-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        subprocess.run(_command("initdb", *words), env=_environment(), cwd="/", check=True, capture_output=True)  # noqa: S603 - words of ours
        listening = ("-k", self._folder, "-c", "listen_addresses=", *self._options)
        with open(f"{self._folder}/log", "wb") as log:
            self._server = subprocess.Popen(  # noqa: S603 - as above
                _command("postgres", "-D", data, *listening), env=_environment(), cwd="/", stdout=log, stderr=log
            )
        self._await()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the server and remove everything."""
        self._server.send_signal(signal.SIGQUIT)  # at once: nothing of it is needed any more
        self._server.wait(_SECONDS)
        shutil.rmtree(self._folder, ignore_errors=True)

    def database(self) -> str:
        """The URL of a new, empty database."""
        self._made += 1
        name = f"oakum{self._made}"
        engine = sa.create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"create database {name}")
        engine.dispose()
        return self._url(name)

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self._folder}"

    def _await(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + _SECONDS
        engine = sa.create_engine(self._url("postgres"))
        while not _answers(engine):
            if time.monotonic() > until or self._server.poll() is not None:
                with open(f"{self._folder}/log", encoding="utf-8", errors="replace") as log:
                    raise RuntimeError(f"PostgreSQL did not start: {log.read()[-500:]}")
            time.sleep(0.02)
        engine.dispose()


def _answers(engine: sa.Engine) -> bool:
    try:
        engine.connect().close()
    except sa.exc.OperationalError:
        return False
    return True


def _command(program: str, *words: str) -> list[str]:
    """A program of the server, as the user that it wants, which is sent SIGQUIT when we are gone (setpriv(1))."""
    user = ("--reuid=postgres", "--regid=postgres", "--init-groups") if os.geteuid() == 0 else ()
    return ["setpriv", *user, "--pdeathsig=QUIT", "--", os.path.join(binaries(), program), *words]


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
