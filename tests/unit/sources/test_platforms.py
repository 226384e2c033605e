import platform

import pytest

from oakum.kit.errors import UnreadableError
from oakum.sources import platforms
from oakum.sources.image_spec import Config, Descriptor, Platform
from oakum.sources.opener import SeveralError

DIGEST = "sha256:" + "0" * 63


def entry(number: int, stated: str, **annotations: str) -> Descriptor:
    parts = stated.split("/") if stated else []
    return Descriptor(f"{DIGEST}{number}", platform=Platform(*parts) if parts else None, annotations=annotations)


AMD, ARM6, ARM7, WINDOWS = (
    entry(1, "linux/amd64"), entry(2, "linux/arm/v6"), entry(3, "linux/arm/v7"), entry(4, "windows/amd64")
)  # fmt: skip
ATTACHED = entry(5, "unknown/unknown")
SAID = Descriptor(f"{DIGEST}6", annotations={"vnd.docker.reference.type": "attestation-manifest"})
EVERY = [SAID, ATTACHED, AMD, ARM6, ARM7, WINDOWS]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("linux/amd64", AMD),
        ("linux/arm/v7", ARM7),
        ("linux/arm", ARM6),
        ("windows/amd64", WINDOWS),
        (f"windows/amd64@{WINDOWS.digest}", WINDOWS),
        (f"@{ARM7.digest}", ARM7),
    ],
)
def test_a_platform_picks_its_image(asked: str, wanted: Descriptor) -> None:
    assert platforms.image_for(asked, EVERY, "it") == wanted


def test_without_a_platform_linux_on_this_machine_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    assert platforms.image_for("", EVERY, "it") == AMD
    monkeypatch.setattr(platform, "machine", lambda: "armv7l")
    assert platforms.image_for("", EVERY, "it") == ARM6


def test_a_platform_that_is_missing_lists_those_that_are_there() -> None:
    with pytest.raises(UnreadableError, match=r"it has no image for linux/s390x") as missing:
        platforms.image_for("linux/s390x", EVERY, "it")
    assert missing.value.hint == "--platform takes: linux/amd64, linux/arm/v6, linux/arm/v7, windows/amd64"


def test_two_images_of_one_platform_are_told_apart_by_their_digests() -> None:
    twin = entry(7, "windows/amd64")
    with pytest.raises(SeveralError) as several:
        platforms.image_for("all", [ATTACHED, WINDOWS, twin], "it")
    assert several.value.platforms == (f"windows/amd64@{WINDOWS.digest}", f"windows/amd64@{twin.digest}")
    assert platforms.image_for(several.value.platforms[1], [ATTACHED, WINDOWS, twin], "it") == twin


def test_all_of_one_is_that_one() -> None:
    assert platforms.image_for("all", [AMD, ATTACHED], "it") == AMD


@pytest.mark.parametrize("entries", [[], [ATTACHED, SAID]])
def test_an_index_without_an_image_is_no_empty_answer(entries: list[Descriptor]) -> None:
    with pytest.raises(UnreadableError, match="names no image"):
        platforms.image_for("", entries, "it")


@pytest.mark.parametrize("asked", ["", "all", "linux/arm64", "linux/arm64/v8", f"@{DIGEST}1"])
def test_a_single_image_is_held_to_what_was_asked_for(asked: str) -> None:
    platforms.check_platform(asked, Config(os="linux", architecture="arm64", variant="v8"), "it")
    platforms.check_platform(asked, Config(os="linux", architecture="arm64"), "it")


@pytest.mark.parametrize("asked", ["linux/amd64", "linux/arm64/v9", "windows/arm64"])
def test_a_single_image_for_something_else_is_refused(asked: str) -> None:
    with pytest.raises(UnreadableError, match="no image for"):
        platforms.check_platform(asked, Config(os="linux", architecture="arm64", variant="v8"), "it")
