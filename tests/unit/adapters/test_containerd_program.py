"""Containerd's command line, by a program that answers as ctr 1.6 does."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from oakum.adapters.containerd_program import ContainerdProgram
from oakum.kit.errors import NotPermittedError, OakumError, TryLaterError, UnreadableError, UsageError

ONE, TWO = "sha256:" + "1" * 64, "sha256:" + "2" * 64
ANSWERS = f"""#!/bin/sh
shift 4
case "$*" in
"namespaces ls --quiet") printf 'zeta\\nk8s.io\\ndefault\\n--bad\\n' ;;
*"images ls")
    echo 'REF TYPE DIGEST SIZE PLATFORMS LABELS'
    case "$2" in
    default) echo 'registry.example/team/app:1 application/x {ONE} 1.2 KiB linux/amd64,linux/arm64 -' ;;
    k8s.io) echo 'registry.example/team/app:1 application/x {ONE} 1.2 KiB linux/amd64 -'
        echo 'registry.example/web:latest application/x {TWO} 1.2 KiB linux/amd64 -'
        echo '--all application/x {TWO} 1.2 KiB linux/amd64 -' ;;
    zeta) echo 'registry.example/web:latest application/x {ONE} 1.2 KiB linux/amd64 -' ;;
    shut) echo 'ctr: connection error: connect: permission denied' >&2; exit 1 ;;
    *) echo 'ctr: it broke' >&2; exit 1 ;;
    esac ;;
*--platform*s390x*) printf part; echo 'ctr: no manifest found for platform: not found' >&2; exit 1 ;;
*--all-platforms*web*) echo 'ctr: content digest sha256:0: not found' >&2; exit 1 ;;
*export*) printf '%s' "$*" ;;
esac
"""


@pytest.fixture
def containerd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ContainerdProgram]:
    (tmp_path / "ctr").write_text(ANSWERS)
    (tmp_path / "ctr").chmod(0o755)
    (tmp_path / "c.sock").write_bytes(b"")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return lambda namespace: ContainerdProgram(f"{tmp_path}/c.sock", namespace, lambda: os.memfd_create("room"))


Containerd = Callable[[str], ContainerdProgram]


@pytest.mark.parametrize("name", ["registry.example/team/app:1", "team/app:1", "app:1"])
def test_an_image_is_known_by_its_name_or_the_end_of_it(containerd: Containerd, name: str) -> None:
    held = containerd("k8s.io").image(name)
    assert (held.id, held.names, held.form) == (ONE, ("registry.example/team/app:1",), "oci_archive")
    assert containerd("").image(name).id == ONE  # two namespaces hold it, and it is the same
    assert containerd("").here()


@pytest.mark.parametrize("name", ["pp:1", "app", "app:2", "all"])
def test_nothing_is_guessed(containerd: Containerd, name: str) -> None:
    with pytest.raises(UnreadableError, match="has no image") as missing:
        containerd("").image(name)
    assert "registry.example/team/app:1" in missing.value.hint


def test_one_name_in_two_namespaces_has_to_be_picked(containerd: Containerd) -> None:
    with pytest.raises(UsageError, match="several images 'web'") as several:
        containerd("").image("web")
    assert "registry.example/web:latest in k8s.io, registry.example/web:latest in zeta" in several.value.hint
    assert containerd("zeta").image("web").id == ONE


@pytest.mark.parametrize(
    ("platform", "words"),
    [("", ""), ("all", "--all-platforms "), (f"linux/arm/v7@{ONE}", "--platform linux/arm/v7 ")],
)
def test_an_image_is_exported(containerd: Containerd, platform: str, words: str) -> None:
    engine = containerd("")
    descriptor = engine.save(engine.image("app:1"), platform, lambda _: None)
    try:
        said = os.pread(descriptor, 500, 0).decode()
    finally:
        os.close(descriptor)
    assert said.endswith(f"--namespace default images export {words}- registry.example/team/app:1")


def test_a_platform_that_is_missing_lists_those_that_are_there(containerd: Containerd) -> None:
    engine = containerd("")
    with pytest.raises(UnreadableError, match="no image for linux/s390x") as missing:
        engine.save(engine.image("app:1"), "linux/s390x", lambda _: None)
    assert missing.value.hint == "--platform takes: linux/amd64,linux/arm64"


def test_an_image_of_which_a_part_was_pulled_says_so(containerd: Containerd) -> None:
    engine = containerd("zeta")
    with pytest.raises(UnreadableError, match="not hold the whole image") as missing:
        engine.save(engine.image("web"), "all", lambda _: None)
    assert "--platform" in missing.value.hint


@pytest.mark.parametrize(
    ("namespace", "error", "words"),
    [("shut", NotPermittedError, "may not be asked"), ("x", TryLaterError, "it broke"), ("-x", UsageError, "no names")],
)
def test_what_goes_wrong_has_a_name(
    containerd: Containerd, namespace: str, error: type[OakumError], words: str
) -> None:
    with pytest.raises(error, match=words):
        containerd(namespace).image("app:1")


def test_where_containerd_is_not(tmp_path: Path) -> None:
    nobody = ContainerdProgram(f"unix://{tmp_path}/none.sock", "", lambda: -1)
    assert not nobody.here()
    with pytest.raises(TryLaterError, match=r"no containerd is at /.*none\.sock") as away:
        nobody.image("app:1")
    assert "--containerd-address" in away.value.hint
