"""1,024 pairs of an image and a policy: the command, the library and a replay decide alike, and the least fix is one.

Every way to take the old or the new version of five packages is an image of its own, so that what would flip a
decision is looked up: each smaller change is an image too, and was judged.
"""

import json
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from oakum.apps import wiring
from oakum.apps.cli.group import run
from oakum.flows.gate_build import GateAsked, gate_build
from oakum.flows.read_policies import read_policies
from oakum.flows.replay_decision import pack_record, replay, unpack_record
from oakum.flows.scan_image import ScanPorts
from oakum.model.fetching import RegistryAsked
from oakum.model.judgement import Judgement
from oakum.testing.images import Layer, oci_layout

NAMES = ("apple", "berry", "cherry", "date", "elder")
ADVISORIES = (
    ("apple", "CVE-2026-0001", "9.8", "2"),
    ("berry", "CVE-2026-0002", "5.0", "2"),
    ("cherry", "CVE-2026-0003", "7.5", "2"),
    ("cherry", "CVE-2026-0004", "9.8", ""),
    ("date", "CVE-2026-0005", "9.8", ""),
    ("elder", "CVE-2026-0006", "", "2"),
)
VECTORS = {
    "9.8": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "7.5": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N",
    "5.0": "CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:U/C:H/I:N/A:N",
}
POLICIES = 32
LEAVES = (
    "severity: {at_least: medium}",
    "severity: {at_least: high}",
    "severity: {at_least: critical}",
    "fixable",
    "unscored",
    "cvss: {at_least: 6}",
    "package: {name: apple}",
    "package: {name: 'b*'}",
    "package: {name: elder}",
    "vulnerability: {ids: [CVE-2026-0001, CVE-2026-0005]}",
    "runs_as_root",
    "package_version: {type: pypi, name: berry, below: '2'}",
)

Versions = tuple[str, ...]


class World(NamedTuple):
    """A folder with an image for each choice of versions, and advisories."""

    folder: Path
    images: dict[Versions, str]
    ports: ScanPorts
    seen: list[Judgement]


def node(draw: random.Random, depth: int = 0) -> Any:  # noqa: ANN401 - a condition as it is written
    kind = draw.choice(["leaf", "leaf", "all", "any", "not"]) if depth < 2 else "leaf"
    if kind == "leaf":
        return draw.choice(LEAVES)
    if kind == "not":
        return {"not": node(draw, depth + 1)}
    return {kind: [node(draw, depth + 1) for _ in range(draw.randint(1, 3))]}


def written(condition: Any) -> str:  # noqa: ANN401 - as above
    """In YAML's flow form."""
    if isinstance(condition, str):
        name, colon, asked = condition.partition(": ")
        return f"{{{name}: {asked}}}" if colon else name
    ((kind, inner),) = condition.items()
    parts = f"[{', '.join(map(written, inner))}]" if isinstance(inner, list) else written(inner)
    return f"{{{kind}: {parts}}}"


def policy(number: int) -> str:
    draw = random.Random(number)  # noqa: S311 - the same conditions in each run
    unknown = draw.choice(["deny", "allow"])
    head = f"oakum: policy/1\nname: p{number}\ntitle: p{number}\nseverity: high\nunknown: {unknown}\n"
    return f"{head}when: {written(node(draw))}\nthen: {{build: deny}}\n"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("pairs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OAKUM_CACHE_DIR", f"{folder}/cache")
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")
        patch.setenv("DOCKER_HOST", f"unix://{folder}/no.sock")
        patch.chdir(folder)
        _advisories(folder)
        images = {one: _image(folder, one) for one in product("12", repeat=len(NAMES))}
        reading = wiring.reading_ports(cached=True, progress=_silent, say=_silent, asked=RegistryAsked)
        ports = ScanPorts(reading, lambda: wiring.open_advisories(wiring.database_path()), wiring.clock())
        yield World(folder, images, ports, [])
        reading.parser.close()


def _silent(said: str) -> None:
    del said


def _advisories(folder: Path) -> None:
    (folder / "base" / "PyPI").mkdir(parents=True)
    for name, cve, score, fixed in ADVISORIES:
        events = [{"introduced": "0"}, *([{"fixed": fixed}] if fixed else [])]
        record = {
            "id": cve,
            "modified": "2026-09-01T00:00:00Z",
            "published": "2026-08-01T00:00:00Z",
            "affected": [
                {"package": {"ecosystem": "PyPI", "name": name}, "ranges": [{"type": "ECOSYSTEM", "events": events}]}
            ],
            "severity": [{"type": "CVSS_V3", "score": VECTORS[score]}] if score else [],
        }
        (folder / "base" / "PyPI" / f"{cve}.json").write_text(json.dumps(record))
    assert run(["db", "update", "--from", f"{folder}/base"]) == 0


def _image(folder: Path, versions: Versions) -> str:
    place = f"{folder}/{''.join(versions)}"
    files = {}
    for name, version in zip(NAMES, versions, strict=True):
        said = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        files[f"lib/{name}-{version}.dist-info/METADATA"] = said.encode()
    oci_layout(place, [Layer(files=files)])
    return f"oci-layout:{place}"


def _by_command(world: World, image: str, path: str) -> tuple[Judgement, bytes]:
    said, record = world.folder / "said.json", world.folder / "record"
    code = run(["gate", image, "-p", path, "-f", "json", "-o", str(said), "--record", str(record), "-q"])
    judgement = msgspec.json.decode(said.read_bytes(), type=Judgement)
    assert code == judgement.exit_code
    return judgement, record.read_bytes()


@pytest.mark.parametrize("number", range(POLICIES))
def test_command_library_and_replay_decide_alike_and_the_least_fix_flips(world: World, number: int) -> None:
    path = world.folder / "p.yaml"
    path.write_text(policy(number))
    policies = read_policies({str(path): path.read_bytes()})
    found: dict[Versions, Judgement] = {}
    for versions, image in world.images.items():
        judgement, record = _by_command(world, image, str(path))
        gated = gate_build(image, world.ports, GateAsked(policies))
        assert msgspec.msgpack.encode(gated.judgement) == msgspec.msgpack.encode(judgement)
        assert pack_record(gated.record) == record
        again = replay(unpack_record(record))
        assert (again.differences, msgspec.msgpack.encode(again.judgement)) == ((), msgspec.msgpack.encode(judgement))
        found[versions] = judgement
    world.seen.extend(found.values())
    for versions, judgement in found.items():
        _hold_flip(versions, judgement, found)


def test_the_pairs_tell_decisions_apart(world: World) -> None:
    """Else all that held above would say little; it looks at what the tests before it saw."""
    if len(world.seen) < POLICIES * len(world.images):
        pytest.skip("only a part of the pairs was asked")
    flips = [one.flip for one in world.seen if one.flip]
    assert len(world.seen) == 1_024
    assert {one.outcome for one in world.seen} == {"allow", "deny", "unknown"}
    assert len([one for one in flips if not one.open and len(one.upgrades) == 1]) > 50
    assert len([one for one in flips if not one.open and len(one.upgrades) > 1]) > 50
    assert len([one for one in flips if one.open]) > 50


def _hold_flip(versions: Versions, judgement: Judgement, found: dict[Versions, Judgement]) -> None:
    """What it names is enough, where it says so; and nothing smaller is, of all that can be upgraded."""
    if judgement.flip is None:
        assert judgement.outcome in {"allow", "warn"}
        return
    taken = {upgrade.package.rpartition("/")[2].partition("@")[0]: upgrade.take for upgrade in judgement.flip.upgrades}
    fixable = {name for name, _, _, fixed in ADVISORIES if fixed}
    passing = [
        sum(a != b for a, b in zip(versions, other, strict=True))
        for other, judged in found.items()
        if judged.outcome in {"allow", "warn"} and _reachable(versions, other, fixable)
    ]
    if judgement.flip.open:
        assert not passing, (versions, judgement.flip)
        return
    after = tuple(taken.get(name, version) for name, version in zip(NAMES, versions, strict=True))
    assert found[after].outcome in {"allow", "warn"}, (versions, taken)
    assert len(taken) == min(passing)


def _reachable(versions: Versions, other: Versions, fixable: set[str]) -> bool:
    """By upgrades alone, of packages whose advisories name a fix."""
    return all(a == b or (a == "1" and name in fixable) for name, a, b in zip(NAMES, versions, other, strict=True))
