"""What the story is made of: advisories, images, packages. Small, and made here."""

import json
import os
import shutil
from typing import Any, Final

from bench.life.console import expect
from bench.life.world import World

from oakum.testing.small_debian import make_package, make_root, pack_root

OLD: Final = "1.26.5"
MENDED: Final = "1.26.17"
KNOWN: Final = "CVE-2023-43804"
"""In urllib3 until 1.26.16, by the record of its maintainers (GHSA-v845-jxx5-vc9f)."""
NEW: Final = "CVE-2099-0001"
"""An advisory of the story's own, about a library of its own."""
LIBRARY: Final = "shop-library"
PACKAGES: Final = "/usr/lib/python3/dist-packages"

MAKE_ROOT = make_root
"""Makes the base image's files; a benchmark adds its own."""

_POLICIES: Final = """---
oakum: policy/1
name: drift-is-paused
title: A container of the shop that differs from its image is paused
rationale: Somebody is to look at it as it is.
remediation: Put the change into the Dockerfile.
severity: high
unknown: allow
scope: {labels: {response: pause}}
when: differs_from_image
then: {run: pause}
---
oakum: policy/1
name: drift-is-killed
title: A program that is not of the image does not start
rationale: Nothing else than the image is to run here.
remediation: Put the program into the Dockerfile.
severity: high
unknown: allow
scope: {labels: {response: kill}}
when: differs_from_image
then: {run: kill}
"""


def policies(starter: str) -> str:
    """The starter set, and what answers drift for containers that bear the label ``response``."""
    return starter.rstrip() + "\n" + _POLICIES


def write_advisories(world: World) -> None:
    """What is known when the story begins."""
    urllib3 = _record(KNOWN, "urllib3", "1.26.17", "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:N")
    _write(world, "PyPI", urllib3)
    other = _record("DSA-0000-1", "not-of-this-image", "2-1", "")
    _write(world, "Debian", other | {"affected": [_affected("Debian:12", "not-of-this-image", "2-1")]})
    with open(f"{world.advisories}/kev.json", "w", encoding="utf-8") as file:
        json.dump(
            {"catalogVersion": "1", "dateReleased": "2026-11-01T00:00:00Z", "count": 0, "vulnerabilities": []}, file
        )


def write_new_advisory(world: World) -> None:
    """What the world learns later on."""
    _write(world, "PyPI", _record(NEW, LIBRARY, "2.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"))


def make_images(world: World) -> None:
    """The base image, the build folders and the package that somebody will install."""
    root = f"{world.home}/root"
    MAKE_ROOT(root)
    pack_root(root, f"{world.home}/root.tar")
    shutil.rmtree(root)
    expect(world.docker("import", f"{world.home}/root.tar", "base:12"), 0, "docker import of the base image")
    make_package(world.home, "shop-tool", "1.0", {"usr/bin/shop-tool": b"#!/bin/sh\necho tool\n"})
    for name, version in (("bad", OLD), ("good", MENDED)):
        _build_folder(f"{world.home}/{name}", version)


def build(world: World, name: str, tag: str) -> str:
    """Build an image of a folder; its id."""
    expect(world.docker("build", "-q", "-t", tag, f"{world.home}/{name}"), 0, f"docker build of {tag}")
    return expect(world.docker("image", "inspect", "-f", "{{.Id}}", tag), 0, "docker image inspect").strip()


def _build_folder(folder: str, version: str) -> None:
    for name, one in (("urllib3", version), (LIBRARY, "2.0")):
        place = f"{folder}/vendor/{name.replace('-', '_')}-{one}.dist-info"
        os.makedirs(place)
        with open(f"{place}/METADATA", "w", encoding="utf-8") as file:
            file.write(f"Metadata-Version: 2.1\nName: {name}\nVersion: {one}\n")
    with open(f"{folder}/Dockerfile", "w", encoding="utf-8") as file:
        file.write(
            f'FROM base:12\nLABEL owner=team-shop\nCOPY vendor {PACKAGES}\nUSER 65534\nCMD ["/bin/sleep", "1000"]\n'
        )


def _write(world: World, ecosystem: str, record: dict[str, Any]) -> None:
    folder = f"{world.advisories}/{ecosystem}"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{record['id']}.json", "w", encoding="utf-8") as file:
        json.dump(record, file)


def _record(id_: str, package: str, fixed: str, vector: str) -> dict[str, Any]:
    record: dict[str, Any] = {
        "schema_version": "1.6.0",
        "id": id_,
        "published": "2023-10-04T00:00:00Z",
        "modified": "2026-11-01T00:00:00Z",
        "affected": [_affected("PyPI", package, fixed)],
    }
    return record | ({"severity": [{"type": "CVSS_V3", "score": vector}]} if vector else {})


def _affected(ecosystem: str, package: str, fixed: str) -> dict[str, Any]:
    events = [{"introduced": "0"}, {"fixed": fixed}]
    return {"package": {"ecosystem": ecosystem, "name": package}, "ranges": [{"type": "ECOSYSTEM", "events": events}]}
