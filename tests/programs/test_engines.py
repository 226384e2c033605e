"""Images that an engine holds, by a program that answers as podman does."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from oakum.testing.images import Layer, oci_archive, oci_layout

from .conftest import Oakum

STATUS = b"Package: zlib1g\nStatus: install ok installed\nVersion: 1\n\n"
BASE = Layer(files={"etc/os-release": b'ID=debian\nVERSION_ID="12"\n', "var/lib/dpkg/status": STATUS})


@pytest.fixture
def asked(tmp_path: Path, surroundings: dict[str, str]) -> Callable[[], list[str]]:
    """A podman that holds ``app:1``; gives what it was asked so far, and forgets it."""
    oci_layout(str(tmp_path / "layout"), [BASE])
    oci_archive(str(tmp_path / "app.tar"), str(tmp_path / "layout"))
    (tmp_path / "bin").mkdir()
    said = f"""#!/bin/sh
echo "$1" >>{tmp_path}/asked
case "$*" in
"image inspect -- app:1") echo '[{{"Id": "{"1" * 64}", "RepoTags": ["localhost/app:1"], "Size": 1}}]' ;;
save*) cat {tmp_path}/app.tar ;;
*) echo 'Error: image not known' >&2; exit 125 ;;
esac
"""
    (tmp_path / "bin" / "podman").write_text(said)
    (tmp_path / "bin" / "podman").chmod(0o755)
    surroundings["PATH"] = f"{tmp_path}/bin:{surroundings['PATH']}"

    def take() -> list[str]:
        words = (tmp_path / "asked").read_text().split()
        (tmp_path / "asked").unlink()
        return words

    return take


def test_what_is_known_is_not_fetched_again(asked: Callable[[], list[str]], oakum: Oakum) -> None:
    for wanted in (["image", "save"], ["image"]):
        ended = oakum("sbom", "podman:app:1", "-f", "json")
        assert ended.packages() == {"pkg:deb/debian/zlib1g@1?distro=debian-12"}, ended.err
        assert asked() == wanted


def test_what_a_newer_cataloger_would_read_is_fetched_again(
    asked: Callable[[], list[str]], oakum: Oakum, tmp_path: Path
) -> None:
    oakum("sbom", "podman:app:1", "-f", "json")
    with sqlite3.connect(tmp_path / "cache" / "facts.db") as cache:
        cache.execute("delete from outcome where plugin = 'dpkg'")
    cache.close()
    asked()
    ended = oakum("sbom", "podman:app:1", "-f", "json")
    assert ended.packages() == {"pkg:deb/debian/zlib1g@1?distro=debian-12"}, ended.err
    assert asked() == ["image", "save"]


def test_a_name_without_a_prefix_is_podman_s_where_docker_is_not(asked: Callable[[], list[str]], oakum: Oakum) -> None:
    ended = oakum("sbom", "app:1", "-f", "json")
    assert ended.document["artifact"]["reference"] == "podman:app:1"
    assert "app:1 is taken for podman:app:1" in ended.err
    missing = oakum("sbom", "other:1")
    assert missing.code == 69
    assert "podman has no image 'other:1'" in missing.err
    assert asked()
