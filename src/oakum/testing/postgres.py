"""A real PostgreSQL server in a folder of its own, which only its Unix socket reaches."""

import glob
import os
import shutil
import subprocess
import tempfile
from types import TracebackType
from typing import Final, Self

import sqlalchemy as sa

_SECONDS: Final = 60
_FAST: Final = "-c fsync=off -c full_page_writes=off -c max_connections=60"


def binaries() -> str:
    """The folder of the server's programs (Debian keeps them out of PATH), or nothing."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
    found = shutil.which("initdb")
    return os.path.dirname(found) if found else next(iter(folders), "")


class PostgresServer:
    """Starts with ``with``, ends after it; root has it run as ``postgres``, for the server refuses root.

    Args:
        durable: wait for the disk, as a server for real does; else a crash of the machine may lose everything.
    """

    def __init__(self, *, durable: bool = False) -> None:
        """Make the folder; its path is short, because a socket's has a limit."""
        self._options = "" if durable else _FAST
        self._folder = tempfile.mkdtemp(prefix="oakum-pg-", dir="/tmp")
        self._made = 0

    def __enter__(self) -> Self:
        """Make the cluster and start the server."""
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres", "postgres")
        self._run("initdb", "-D", f"{self._folder}/data", "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8",
                  "--locale=C.UTF-8")  # fmt: skip
        listening = f"-c listen_addresses= -k {self._folder} {self._options}"
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-w", "-l", f"{self._folder}/log", "-o", listening, "start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the server and remove everything."""
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-m", "immediate", "-w", "stop")
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

    def _run(self, program: str, *words: str) -> None:
        command = [os.path.join(binaries(), program), *words]
        if os.geteuid() == 0:
            command = [shutil.which("runuser") or "/usr/sbin/runuser", "-u", "postgres", "--", *command]
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
        ended = subprocess.run(  # noqa: S603 - programs of the distribution, words of ours
            command, env=environment, cwd="/", capture_output=True, check=False, timeout=_SECONDS
        )
        if ended.returncode:
            raise RuntimeError(f"{program} failed: {ended.stderr.decode(errors='replace')[-500:]}")
