"""The real command in a process of its own, as a person or a pipeline runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from oakum.testing.registry import FakeRegistry

SOURCE = str(Path(__file__).parents[2] / "src")
SECONDS = 60


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: bytes
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - any JSON document
        """Standard output, which holds the document alone."""
        return json.loads(self.out)

    def gap_kinds(self) -> set[str]:
        return {gap["kind"] for gap in self.document["gaps"]}

    def packages(self) -> set[str]:
        return {package["purl"] for package in self.document["packages"]}


Oakum = Callable[..., Ended]


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """Environment of a command: a cache of its own, our source, and a time that stands still."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {
        **kept,
        "HOME": str(tmp_path),
        "PYTHONPATH": SOURCE,
        "OAKUM_CACHE_DIR": str(tmp_path / "cache"),
        "SOURCE_DATE_EPOCH": "1790000000",
        "DOCKER_HOST": f"unix://{tmp_path}/no.sock",
    }


@pytest.fixture
def command(surroundings: dict[str, str]) -> Callable[..., list[str]]:
    del surroundings
    return lambda *words: [sys.executable, "-m", "oakum", *words]


@pytest.fixture
def oakum(surroundings: dict[str, str]) -> Oakum:
    """Run the command to its end; whatever happens, there is no traceback."""

    def run(*words: str, before: Callable[[], None] | None = None, env: Mapping[str, str] | None = None) -> Ended:
        ended = subprocess.run(
            [sys.executable, "-m", "oakum", *words],
            env={**surroundings, **(env or {})},
            capture_output=True,
            check=False,
            timeout=SECONDS,
            preexec_fn=before,
        )
        error = ended.stderr.decode()
        assert "Traceback" not in error
        assert "bug of ours" not in error
        return Ended(ended.returncode, ended.stdout, error)

    return run


@pytest.fixture
def refused(oakum: Oakum) -> Callable[..., str]:
    """Run a command that must fail with a code, one clear line and no document; give the line."""

    def run(code: int, *words: str, **more: Any) -> str:  # noqa: ANN401 - handed through
        ended = oakum(*words, **more)
        assert (ended.code, ended.out) == (code, b""), ended.err
        first, *rest = ended.err.splitlines()
        assert first.startswith("oakum: ")
        assert all(line.startswith("  ") for line in rest)  # advice at most
        assert len(rest) <= 1
        return first

    return run


@pytest.fixture
def registry() -> Iterator[FakeRegistry]:
    with FakeRegistry() as one:
        yield one


@pytest.fixture
def scan(registry: FakeRegistry, oakum: Oakum) -> Oakum:
    """List the packages of an image in the registry."""

    def run(name: str = "team/app:1", *words: str, **more: Any) -> Any:  # noqa: ANN401 - handed through
        return oakum("sbom", f"registry:{registry.host}/{name}", "--plain-http", registry.host, *words, **more)

    return run


@pytest.fixture
def fails(registry: FakeRegistry, refused: Callable[..., str]) -> Callable[..., str]:
    """Scan an image of the registry, which must fail with a code and one line."""

    def run(code: int, name: str = "team/app:1", *words: str, **more: Any) -> str:  # noqa: ANN401 - handed through
        words = ("sbom", f"registry:{registry.host}/{name}", "--plain-http", registry.host, *words)
        return refused(code, *words, **more)

    return run
