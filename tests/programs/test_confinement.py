"""A parser that a file has taken over: every attack is refused, from every thread, and the scan goes on."""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oakum.adapters.parser_process import ParserProcess
from oakum.adapters.sqlite.facts import FactCache
from oakum.facts.cataloger import CATALOGERS
from oakum.flows.take_inventory import ReadingPorts, Taken, take_inventory
from oakum.kit import landlock
from oakum.kit.errors import TryLaterError
from oakum.model import gaps
from oakum.model.fact import Gap
from oakum.model.inventory import Installed
from oakum.model.reading import Known, Target
from oakum.ports.engines import Engine
from oakum.ports.registries import Registry
from oakum.sources.image_name import RegistryImage
from oakum.testing.attacks import DEADLY, REFUSED
from oakum.testing.images import Layer, digest_of, docker_archive, oci_layout

NOBODY = 65534


def confines() -> bool:
    try:
        return landlock.version() > 0 and os.uname().machine in {"x86_64", "aarch64"}
    except OSError:
        return False


pytestmark = pytest.mark.skipif(not confines(), reason="this kernel cannot confine a process")


class Surroundings:
    """What is there to be attacked: a key, a file, listeners, and a descriptor that a careless parent left open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        home = folder / "home"
        home.mkdir()
        self.key = home / "id_ed25519"
        self.key.write_text("key")
        self.file = home / "file"
        self.file.write_text("words")
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.engine = socket.socket(socket.AF_UNIX)
        self.engine.bind(str(home / "docker.sock"))
        self.engine.listen()
        self.abstract = socket.socket(socket.AF_UNIX)
        self.abstract.bind(f"\0oakum-{os.getpid()}-{id(self)}")
        self.abstract.listen()
        self.leaked = os.open(self.key, os.O_RDONLY)
        os.set_inheritable(self.leaked, True)  # noqa: FBT003 - the function takes it by position alone
        for path in (folder, home, self.key, self.file):
            path.chmod(0o777)

    def word(self, attack: str) -> str:
        words = {
            "key": str(self.key),
            "list": str(self.key),
            "tcp": str(self.tcp.getsockname()[1]),
            "udp": str(self.udp.getsockname()[1]),
            "engine": str(self.engine.getsockname()),
            "abstract": self.abstract.getsockname().decode().lstrip("\0"),
            "inherited": str(self.leaked),
        }
        return str(words.get(attack, self.file))

    def close(self) -> None:
        for listener in (self.tcp, self.udp, self.engine, self.abstract):
            listener.close()
        os.close(self.leaked)

    def untouched(self) -> bool:
        names = sorted(os.listdir(self.file.parent))
        return names == ["docker.sock", "file", "id_ed25519"] and self.file.read_text() == "words"


@pytest.fixture
def surroundings() -> Iterator[Surroundings]:
    with tempfile.TemporaryDirectory() as folder:  # not below pytest's own, which other users cannot enter
        made = Surroundings(Path(folder))
        yield made
        made.close()


def package(name: str) -> dict[str, bytes]:
    return {f"node_modules/{name}/package.json": b'{"name": "%s", "version": "1.0.0"}' % name.encode()}


def attacks(names: list[str], surroundings: Surroundings, *, meet: bool = False) -> dict[str, bytes]:
    orders = {f"node_modules/{name}/package.json": f"attack {name} {surroundings.word(name)}" for name in names}
    first = {"node_modules/0/package.json": b"attack meet"} if meet else {}
    return {**first, **package("a"), **{path: order.encode() for path, order in orders.items()}, **package("zz")}


def scan(path: Path, scratch: Path, user: int, leaked: int) -> dict[str, Any]:
    """Scan with the hostile parser, as that user."""
    words = ["docker_archive", str(path), str(scratch), "2"]
    command = [sys.executable, "-m", "oakum.testing.hostile_scan", *words]
    environment = {**os.environ, "CI_TOKEN": "secret"}
    ran = subprocess.run(
        command, check=True, capture_output=True, timeout=300, pass_fds=[leaked], user=user, env=environment
    )
    said: dict[str, Any] = json.loads(ran.stdout)
    return said


def users() -> list[int]:
    """Root and nobody, where nobody can start the interpreter; tests/live has an ordinary user in a container."""
    return [0, NOBODY] if os.getuid() == 0 and starts(NOBODY) else [os.getuid()]


def starts(user: int) -> bool:
    """Whether a user can start the interpreter with our source."""
    try:
        subprocess.run([sys.executable, "-c", "import oakum"], check=True, capture_output=True, user=user)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


@pytest.mark.parametrize("user", users())
def test_what_is_tried_is_refused_from_the_main_thread_and_from_the_pool(surroundings: Surroundings, user: int) -> None:
    image = surroundings.folder / "image.tar"
    files = attacks(list(REFUSED), surroundings, meet=True)
    docker_archive(str(image), {"a:1": [Layer(files=files), Layer(files=files)]})
    said = scan(image, surroundings.folder, user, surroundings.leaked)
    assert sorted(said["packages"]["0"] + said["packages"]["1"]) == sorted(
        ["main 1", "pool 1"] + 2 * ["a 1.0.0", "zz 1.0.0"]
    )
    refused = {re.sub(r".*node_modules/(\w+)/.*", r"\1", path) for path in said["gaps"]}
    assert refused == set(REFUSED)
    assert len(said["gaps"]) == 2 * len(REFUSED)
    assert {gap.split(":", 1)[0] for gap in said["gaps"].values()} == {gaps.UNREADABLE_FILE}
    assert said["confinement"]["weaknesses"] == []
    assert surroundings.untouched()


@pytest.mark.parametrize("user", users())
def test_what_no_reader_asks_for_ends_the_parser_and_the_file_is_a_gap(surroundings: Surroundings, user: int) -> None:
    image = surroundings.folder / "image.tar"
    docker_archive(str(image), {"a:1": [Layer(files=attacks(list(DEADLY), surroundings)), Layer(files=package("b"))]})
    said = scan(image, surroundings.folder, user, surroundings.leaked)
    assert said["packages"] == {"0": ["a 1.0.0", "zz 1.0.0"], "1": ["b 1.0.0"]}
    assert len(said["gaps"]) == len(DEADLY)
    assert {gap.split(",")[0] for gap in said["gaps"].values()} == {"parser-ended: asked for what it may not do"}


def inventory(folder: Path, layers: list[Layer], cache: FactCache, module: str) -> Taken:
    path = folder / "image.tar"
    docker_archive(str(path), {"a:1": layers})
    return taken_of(f"docker-archive:{path}", folder, cache, module)


def taken_of(reference: str, folder: Path, cache: FactCache, module: str = "oakum.apps.parser") -> Taken:
    ports = ReadingPorts(
        ParserProcess(module, str(folder)), cache, _no_engine, _no_registry, lambda _: None, lambda _: None
    )
    return take_inventory(reference, ports)


def _no_engine(name: str) -> Engine:
    raise AssertionError(name)


def _no_registry(image: RegistryImage) -> Registry:
    raise AssertionError(image)


CLEAN = Layer(files=package("clean"), packing="")
OTHER = Layer(files=package("other"), packing="")
VERSION = CATALOGERS.index()["node_package"]["version"]


@pytest.mark.parametrize(
    ("forged", "why"),
    [
        (f"1,{digest_of(CLEAN.packed())},node_package,{VERSION}", "a layer that the target does not hold"),
        (f"1,{digest_of(OTHER.packed())}0,node_package,{VERSION}", "a layer that the target does not hold"),
        (f"1,{digest_of(OTHER.packed())},node_package,{VERSION + 1}", "catalogers that were not asked for"),
        (f"1,{digest_of(OTHER.packed())},no_cataloger,1", "catalogers that were not asked for"),
    ],
    ids=["of another image", "misshapen", "of a version to come", "of nobody"],
)
def test_the_cache_cannot_be_poisoned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forged: str, why: str) -> None:
    monkeypatch.setattr("oakum.adapters.parser_process.workers", lambda: 1)  # the hostile layer is read first
    order = {"node_modules/0/package.json": f"attack forge {forged}".encode(), **package("a")}
    hostile = Layer(files={**order, "pad": bytes(1 << 20)}, packing="")
    cache = FactCache(str(tmp_path / "cache" / "facts.db"))
    taken = inventory(tmp_path, [hostile, OTHER], cache, "oakum.testing.hostile_parser")
    assert {gap.kind for gap in taken.inventory.gaps if why in gap.what} == {gaps.PARSER_ENDED}
    assert "forged" not in {installed.package.name for installed in taken.inventory.packages}
    for layer, names in ((CLEAN, ["clean"]), (OTHER, ["other"])):
        assert not cache.layer(digest_of(layer.packed()), {"node_package": VERSION + 1, "no_cataloger": 1})[1]
        honest = inventory(tmp_path, [layer], cache, "oakum.apps.parser")
        assert [installed.package.name for installed in honest.inventory.packages] == names


def test_a_word_of_the_parser_that_never_ends_ends_the_scan(tmp_path: Path) -> None:
    parser = ParserProcess("oakum.testing.dripping_parser", str(tmp_path), scan_seconds=1)
    with pytest.raises(TryLaterError, match="longer"):
        list(parser.read(Target("t", "docker_archive", "none"), (), lambda _: Known({})))


def test_a_parser_that_says_the_same_without_end_is_ended_each_time(tmp_path: Path) -> None:
    parser = ParserProcess("oakum.testing.babbling_parser", str(tmp_path))
    [layer] = parser.read(Target("t", "docker_archive", "none"), (), lambda _: Known({}))
    assert [gap.kind for gap in layer.facts.gaps if isinstance(gap, Gap)] == [gaps.PARSER_ENDED]
    assert not layer.digest


def test_a_parser_that_was_not_confined_is_a_gap_in_every_report_also_from_the_cache(tmp_path: Path) -> None:
    path = tmp_path / "image.tar"
    docker_archive(str(path), {"a:1": [CLEAN]})
    os.utime(path, (1, 1))
    time.sleep(2.1)  # what changed just now has no identity
    cache = FactCache(str(tmp_path / "cache" / "facts.db"))
    for module in ("oakum.testing.free_parser", "oakum.testing.mute_parser"):
        taken = taken_of(f"docker-archive:{path}", tmp_path, cache, module)
        assert [gap.kind for gap in taken.inventory.gaps if gap.kind == gaps.UNCONFINED] == [gaps.UNCONFINED]
        assert (taken.confinement.landlock, taken.confinement.network) == (0, "open")
    assert gaps.UNCONFINED not in gaps.BLIND


def test_a_layout_of_links_is_read_and_a_link_to_a_key_is_not(tmp_path: Path) -> None:
    layout, store = tmp_path / "layout", tmp_path / "store"
    oci_layout(str(layout), [CLEAN, OTHER])
    store.mkdir()
    blobs = layout / "blobs" / "sha256"
    for blob in list(blobs.iterdir()):
        blob.rename(store / blob.name)
        blob.symlink_to(store / blob.name)
    names = [installed.package.name for installed in read_layout(layout, tmp_path)[0]]
    assert names == ["clean", "other"]
    (tmp_path / "key").write_text("key")
    stolen = blobs / digest_of(OTHER.packed()).removeprefix("sha256:")
    stolen.unlink()
    stolen.symlink_to(tmp_path / "key")
    packages, found = read_layout(layout, tmp_path)
    assert [installed.package.name for installed in packages] == ["clean"]
    assert [gap.kind for gap in found] == [gaps.DAMAGED_LAYER]
    assert "Permission denied" in found[0].what


def read_layout(layout: Path, scratch: Path) -> tuple[list[Installed], list[Gap]]:
    taken = taken_of(f"oci-layout:{layout}", scratch, FactCache(""))
    of_layers = [gap for gap in taken.inventory.gaps if gap.kind == gaps.DAMAGED_LAYER]
    return list(taken.inventory.packages), of_layers
