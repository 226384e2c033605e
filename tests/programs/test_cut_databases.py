"""Package databases of every kind, cut off: what is whole is read, and that there was more is never silent."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oakum.testing.images import Layer, docker_archive
from oakum.testing.rpm_databases import bdb, ndb, rpm_package

Oakum = Callable[..., Any]

CORPUS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "corpus")
DEBIAN = b'ID=debian\nVERSION_ID="12"\n'
NAMES = [f"package{number}" for number in range(40)]
HEADERS = [
    rpm_package(name, "1.0", "1", basenames=["x"] * 50, dirindexes=[0] * 50, dirnames=["/usr/"]) for name in NAMES
]


def sqlite() -> bytes:
    with open(os.path.join(CORPUS, "rpm", "sqlite", "var", "lib", "rpm", "rpmdb.sqlite"), "rb") as file:
        return file.read()


DPKG = "".join(f"Package: {name}\nStatus: install ok installed\nVersion: 1.0-1\n\n" for name in NAMES).encode()
APK = "".join(f"C:Q1x\nP:{name}\nV:1.0-r0\nA:x86_64\n\n" for name in NAMES).encode()
OPKG = "".join(f"Package: {name}\nVersion: 1.0-1\nStatus: install user installed\n\n" for name in NAMES).encode()

DATABASES = {
    "dpkg": ("var/lib/dpkg/status", DPKG),
    "apk": ("lib/apk/db/installed", APK),
    "opkg": ("usr/lib/opkg/status", OPKG),
    "rpm-ndb": ("usr/lib/sysimage/rpm/Packages.db", ndb(HEADERS)),
    "rpm-bdb": ("var/lib/rpm/Packages", bdb(HEADERS)),
    "rpm-sqlite": ("var/lib/rpm/rpmdb.sqlite", sqlite()),
}


@pytest.mark.parametrize("kind", sorted(DATABASES))
def test_what_is_left_of_a_database_is_read_and_the_rest_is_a_gap(tmp_path: Path, oakum: Oakum, kind: str) -> None:
    path, data = DATABASES[kind]
    seen = []
    for share in (1.0, 0.53):
        archive = tmp_path / f"{share}.tar"
        left = data[: int(len(data) * share)]
        docker_archive(str(archive), {"app:1": [Layer(files={"etc/os-release": DEBIAN, path: left})]})
        ended = oakum("sbom", "-f", "json", f"docker-archive:{archive}")
        assert (ended.code, ended.err) == (0, "")
        gaps = [gap for gap in ended.document["gaps"] if gap["path"] == path]
        seen.append((len(ended.packages()), bool(gaps)))
    assert seen[0][0] > 0
    assert not seen[0][1]
    assert seen[1][0] < seen[0][0]
    assert seen[1][1]


def test_a_cut_description_of_pacman_is_a_gap(tmp_path: Path, oakum: Oakum) -> None:
    whole = b"%NAME%\nzlib\n\n%VERSION%\n1:1.3-1\n\n%ARCH%\nx86_64\n\n"
    files = {"etc/os-release": b"ID=arch\n", "var/lib/pacman/local/zlib-1/desc": whole[:14],
             "var/lib/pacman/local/bash-1/desc": whole.replace(b"zlib", b"bash")}  # fmt: skip
    archive = tmp_path / "a.tar"
    docker_archive(str(archive), {"app:1": [Layer(files=files)]})
    ended = oakum("sbom", "-f", "json", f"docker-archive:{archive}")
    assert ended.code == 0
    assert len(ended.packages()) == 1
    assert [gap["path"] for gap in ended.document["gaps"] if gap["kind"] == "unreadable-file"] == [
        "var/lib/pacman/local/zlib-1/desc"
    ]
