"""Live tests: which real parts there are, and what it means when one is missing."""

import os
import shutil
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from oakum.testing.postgres import PostgresServer

settings.register_profile("untimed", deadline=None)  # tests assert no time: a busy machine would decide
settings.load_profile("untimed")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell leaves it to what it starts in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)  # the programs that tests start and interrupt inherit it

SENSOR = os.path.join(os.path.dirname(__file__), "..", "src", "oakum", "sources", "kernel", "sensor.bpf.o")

CONSOLE = os.path.join(os.path.dirname(__file__), "..", "src", "oakum", "apps", "server", "static", "index.html")

PROGRAMS = {
    "git": ("git",),
    "ssh-keygen": ("ssh-keygen",),
    "dockerd": ("dockerd", "/usr/sbin/dockerd"),
    "containerd": ("ctr",),
    "podman": ("podman",),
    "skopeo": ("skopeo",),
    "docker-registry": ("docker-registry",),
    "htpasswd": ("htpasswd",),
    "openssl": ("openssl",),
    "busybox": ("busybox",),
    "chromium": ("chromium",),
    "console": (),
    "dpkg": ("dpkg",),
    "rpm": ("rpm",),
    "alpm": ("pacman",),
    "bundler": ("bundle",),
    "composer": ("composer",),
    "luarocks": ("luarocks",),
    "make": ("make",),
    "r": ("R",),
    "rebar3": ("rebar3",),
    "maven-artifact": ("java",),
    "npm": ("npm",),
    "postgresql": (),
    "python": (),
    "ruby": ("ruby",),
    "rpmbuild": ("rpmbuild",),
    "root": (),
    "sensor": (),
}
"""Which programs a real part needs; ``root`` needs the rights alone, ``sensor`` the built object as well."""


@pytest.fixture(scope="session")
def postgres() -> "Iterator[PostgresServer]":
    """A PostgreSQL server of our own."""
    from oakum.testing.postgres import PostgresServer  # noqa: PLC0415 - few tests need SQLAlchemy

    with PostgresServer() as server:
        yield server


def missing(part: str) -> str:
    """Why a real part is not here, or nothing."""
    if part == "sensor" and not os.path.exists(SENSOR):
        return "the kernel sensor is not built (make sensor)"
    if part == "console" and not os.path.exists(CONSOLE):
        return "the web console is not built (make console)"
    if part in {"dockerd", "containerd", "podman", "root", "sensor"} and os.geteuid() != 0:
        return f"{part} needs root"
    if part == "postgresql":
        from oakum.testing.postgres import binaries  # noqa: PLC0415 - as above

        return "" if binaries() else "postgresql is not installed"
    programs = PROGRAMS[part]
    if programs and not any(shutil.which(program) for program in programs):
        return f"{programs[0]} is not installed"
    return ""


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a live test whose part is missing; with OAKUM_LIVE=all that is a failure."""
    for marker in item.iter_markers("live"):
        for part in marker.args:
            reason = missing(part)
            if reason and os.environ.get("OAKUM_LIVE") == "all":
                pytest.fail(f"OAKUM_LIVE=all and {reason}")
            if reason:
                pytest.skip(f"{reason} (OAKUM_LIVE=all ./check installs it)")


@pytest.hookimpl(hookwrapper=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> object:
    """With OAKUM_LIVE=all any skip ends the run as a failure."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter is not None else []
    if os.environ.get("OAKUM_LIVE") == "all" and reporter is not None and skipped and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(f"OAKUM_LIVE=all: {len(skipped)} tests were skipped, which is a failure", red=True)
