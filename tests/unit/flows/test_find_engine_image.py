from collections.abc import Callable

import pytest
from msgspec import Struct

from oakum.flows.find_engine_image import find_engine_image
from oakum.kit.errors import OakumError, TryLaterError, UnreadableError
from oakum.ports.engines import Engine, HeldImage
from oakum.sources.reference import EngineImage, find


class Fake(Struct):
    """An engine with these images, or one that does not answer."""

    title: str
    names: tuple[str, ...] | None = None

    def here(self) -> bool:
        return self.names is not None

    def images(self) -> tuple[HeldImage, ...]:
        return tuple(HeldImage(self.title, "sha256:0", (name,)) for name in self.names or ())

    def image(self, name: str) -> HeldImage:
        if self.names is None:
            raise TryLaterError(f"no {self.title} answers", "is it running?")
        if name not in self.names:
            raise UnreadableError(f"{self.title} has no image {name!r}")
        return HeldImage(self.title, "sha256:0", (name,))

    def save(self, image: HeldImage, platform: str, told: Callable[[int], None]) -> int:
        raise AssertionError(image, platform, told)


def asked(typed: str, **engines: tuple[str, ...] | None) -> tuple[str, list[str]]:
    """The reference that was found, or empty; and what was said."""
    said: list[str] = []
    meant = find(typed)
    assert isinstance(meant, EngineImage)

    def engine(prefix: str) -> Engine:
        return Fake(prefix, engines[prefix])

    holding = find_engine_image(meant, typed, engine, said.append)
    return (holding.meant.reference if holding else ""), said


def test_docker_comes_first_and_podman_after_it() -> None:
    assert asked("app:1", docker=("app:1",), podman=("app:1",)) == ("docker:app:1", ["app:1 is taken for docker:app:1"])
    assert asked("app:1", docker=(), podman=("app:1",)) == ("podman:app:1", ["app:1 is taken for podman:app:1"])
    assert asked("app:1", docker=None, podman=("app:1",))[0] == "podman:app:1"


def test_a_prefix_is_the_last_word() -> None:
    assert asked("podman:app:1", podman=("app:1",)) == ("podman:app:1", [])
    with pytest.raises(UnreadableError, match="docker has no image"):
        asked("docker:app:1", docker=(), podman=("app:1",))


def test_a_registry_is_asked_where_the_name_begins_with_one() -> None:
    found, (said,) = asked("registry.example/app:1", docker=None, podman=())
    assert not found
    assert said.endswith("podman has no image 'registry.example/app:1': taking it for registry:registry.example/app:1")


def test_a_name_that_nobody_knows_says_who_was_asked() -> None:
    with pytest.raises(OakumError) as raised:
        asked("app:1", docker=None, podman=())
    assert str(raised.value) == "no file or folder is named 'app:1', and no docker answers; podman has no image 'app:1'"
    assert isinstance(raised.value, TryLaterError)
    with pytest.raises(UnreadableError) as alone:
        asked("app:1", docker=(), podman=None)
    assert "podman" not in str(alone.value)
