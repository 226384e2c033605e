import os
from pathlib import Path

import pytest

from oakum.kit.errors import UnreadableError, UsageError
from oakum.model.reading import Target
from oakum.sources.reference import EngineImage, find
from oakum.testing.images import Layer, oci_layout


def test_paths_are_recognised_by_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "image.tar").write_bytes(b"")
    oci_layout(str(tmp_path / "layout"), [Layer()])
    (tmp_path / "root" / "etc").mkdir(parents=True)
    (tmp_path / "root" / "etc" / "os-release").write_bytes(b"")
    (tmp_path / "plain").mkdir()
    (tmp_path / "go.mod").write_bytes(b"module a\n")
    (tmp_path / "packed").write_bytes(b"\x1f\x8b\x08\x00")
    (tmp_path / "zlib-1.3-r0.apk").write_bytes(b"\x1f\x8b\x08\x00")
    wanted = {
        "zlib-1.3-r0.apk": "file",
        "image.tar": "tar",
        "packed": "tar",
        "go.mod": "file",
        "layout": "oci_layout",
        "root": "rootfs",
        "plain": "dir",
    }
    for name, opener in wanted.items():
        found = find(str(tmp_path / name))
        assert isinstance(found, Target)
        assert (found.opener, found.path) == (opener, str(tmp_path / name))
        assert found.reference.startswith(opener.replace("_", "-") + ":")
        assert find(found.reference) == found


def test_what_stands_behind_a_path_picks_an_image(tmp_path: Path) -> None:
    (tmp_path / "a:b.tar").write_bytes(b"")
    for reference, wanted in (("a:b.tar", ""), ("a:b.tar:app:1", "app:1")):
        found = find(f"docker-archive:{tmp_path}/{reference}")
        assert isinstance(found, Target)
        assert (found.path, found.wanted) == (f"{tmp_path}/a:b.tar", wanted)


def test_anything_else_is_asked_of_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find("docker:app:1") == EngineImage("docker:app:1", "app:1")
    assert find("app:1") == EngineImage("docker:app:1", "app:1")
    assert find("podman:app:1") == EngineImage("podman:app:1", "app:1", "podman")
    assert find("containerd:app:1") == EngineImage("containerd:app:1", "app:1", "containerd")


_NOTHING = ("docker:", "podman:", "containerd:--help", "docker:a b", "dir:", "oci-layout:")
_WRONG = ("dir:/nowhere", "docker-archive:/", "oci-archive:/", "tar:/", "oci-layout:/dev/null", "rootfs:/dev/null")


@pytest.mark.parametrize("reference", [*_NOTHING, "dir:" + os.fsdecode(b"/tmp/\xff")])
def test_words_that_name_nothing_are_the_callers_matter(reference: str) -> None:
    with pytest.raises(UsageError):
        find(reference)


@pytest.mark.parametrize("reference", _WRONG)
def test_places_that_are_not_there_or_of_the_wrong_kind_cannot_be_read(reference: str) -> None:
    with pytest.raises(UnreadableError):
        find(reference)
