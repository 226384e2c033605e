"""Podman's command line, by a program that answers as podman 4.3 does."""

import os
from pathlib import Path

import pytest

from oakum.adapters.docker_engine import DockerEngine
from oakum.adapters.podman_places import podman_engine
from oakum.adapters.podman_program import PodmanProgram
from oakum.kit.errors import NotPermittedError, OakumError, TryLaterError, UnreadableError, UsageError

ID = "6822c9a0d68286d63b8ad43b8677df0087bde9c05b888638e673d24d624d79a9"
ANSWERS = f"""#!/bin/sh
case "$*" in
"image inspect -- app:1") echo '[{{"Id": "{ID}", "RepoTags": ["localhost/app:1"], "Size": 21961}}]' ;;
"image inspect -- none") echo '[]' ;;
"image inspect -- odd") echo '{{' ;;
"image inspect -- shut") echo 'Error: open /var/lib/containers: permission denied' >&2; exit 125 ;;
"image inspect -- broken") echo 'Error: the store is locked' >&2; exit 125 ;;
"images --format json") echo '[{{"Id": "1", "Created": 1, "Names": ["old:1"]}}, {{"Id": "2", "Created": 2}},' \\
    '{{"Id": "3", "Created": 3, "Names": ["new:1"]}}]' ;;
"save --quiet --format oci-archive sha256:{ID}") printf archive ;;
*) echo 'Error: inspecting object: image not known' >&2; exit 125 ;;
esac
"""


@pytest.fixture
def podman(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PodmanProgram:
    (tmp_path / "podman").write_text(ANSWERS)
    (tmp_path / "podman").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return PodmanProgram(lambda: os.memfd_create("room"))


def test_an_image_is_asked_for_and_saved(podman: PodmanProgram) -> None:
    held = podman.image("app:1")
    assert (held.id, held.names, held.form) == (f"sha256:{ID}", ("localhost/app:1",), "oci_archive")
    told: list[int] = []
    descriptor = podman.save(held, "", told.append)
    try:
        assert os.pread(descriptor, 20, 0) == b"archive"
    finally:
        os.close(descriptor)
    assert podman.here()


def test_the_newest_comes_first_and_what_has_no_name_not_at_all(podman: PodmanProgram) -> None:
    assert [image.names for image in podman.images()] == [("new:1",), ("old:1",)]


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("other", UnreadableError, "has no image 'other'"),
        ("none", UnreadableError, "has no image 'none'"),
        ("odd", TryLaterError, "cannot be read"),
        ("shut", NotPermittedError, "permission denied"),
        ("broken", TryLaterError, "the store is locked"),
    ],
)
def test_what_goes_wrong_has_a_name(podman: PodmanProgram, name: str, error: type[OakumError], words: str) -> None:
    with pytest.raises(error, match=words):
        podman.image(name)


def test_an_image_that_went_away_meanwhile(podman: PodmanProgram) -> None:
    held = podman.images()[0]
    with pytest.raises(UnreadableError, match="has no image"):
        podman.save(held, "", lambda _: None)


def test_where_podman_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    nobody = PodmanProgram(lambda: -1)
    assert not nobody.here()
    with pytest.raises(UnreadableError, match="podman is not installed"):
        nobody.image("app:1")


def test_a_service_is_asked_where_one_is_named_and_the_program_where_none_listens(tmp_path: Path) -> None:
    named = podman_engine({"CONTAINER_HOST": f"unix://{tmp_path}/p.sock"}, "", lambda: -1)
    assert isinstance(named, DockerEngine)
    with pytest.raises(TryLaterError, match=r"no podman answers at unix://.*p\.sock"):
        named.image("app:1")
    with pytest.raises(UsageError, match="CONTAINER_HOST=ssh://ann@host: only unix:// and tcp://"):
        podman_engine({"CONTAINER_HOST": "ssh://ann@host"}, "", lambda: -1).image("app:1")
    (tmp_path / "podman").mkdir()
    (tmp_path / "podman" / "podman.sock").write_bytes(b"")
    assert isinstance(podman_engine({"XDG_RUNTIME_DIR": str(tmp_path)}, "", lambda: -1), PodmanProgram)
