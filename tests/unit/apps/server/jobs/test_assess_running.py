import asyncio

import pytest

from oakum.apps.server.job import Work
from oakum.apps.server.jobs.assess_running import assess_running
from oakum.kit.errors import TryLaterError
from oakum.model.artifact import Artifact
from oakum.model.fleet import Container, FleetImage
from oakum.model.inventory import Inventory

KNOWN, UNKNOWN = "sha256:" + "1" * 64, "sha256:" + "2" * 64


def test_an_image_that_no_engine_here_has_is_said_and_not_tried_at_once_again(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nonexistent/docker.sock")
    work.fleet.keep_image(FleetImage(Artifact("x", "docker", image_id=KNOWN), Inventory(), ""), [])
    running = [
        Container(name * 64, "h", image_id=image, state="running", started="2026-11-25T10:00:00Z")
        for name, image in (("a", KNOWN), ("b", UNKNOWN))
    ]
    work.fleet.keep_containers(running)
    for _ in range(2):
        with pytest.raises(TryLaterError, match="sha256:222222222222 runs and cannot be assessed"):
            asyncio.run(assess_running.run(work))  # type: ignore[arg-type] # it is a coroutine
    work.fleet.keep_containers([Container("b" * 64, "h", image_id=UNKNOWN, state="stopped")])
    asyncio.run(assess_running.run(work))  # type: ignore[arg-type] # as above
