"""Whether others read our SBOMs without losing a package: python -m bench.sbom_roundtrip IMAGE PEERS.

IMAGE is a folder that holds the OCI layout ``oci``, PEERS the folder with ``syft`` and ``trivy``. Each SBOM is written,
read by each peer that knows its form, and read back by Oakum; what is printed are packages by their purls. It must
run as root: the peers run without a network. It ends with 1 when a package was lost anywhere.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from bench.peers import OFFLINE, oakum, trivy_cache

FORMS = ("cyclonedx-json", "spdx-json", "syft-json")
SECONDS = 600

Purls = set[str]


def main(image: str, peers: str) -> int:
    """Print one line for each form and reader; give the exit code."""
    lost = 0
    with tempfile.TemporaryDirectory() as folder:
        cache = trivy_cache(os.path.join(folder, "trivy"))
        first = _oakum(f"oci-layout:{image}/oci", folder)
        print(f"{'form':<16}{'read by':<9}{'packages':>9}{'lost':>6}{'new':>6}")
        print(f"{'(the image)':<16}{'oakum':<9}{len(first):>9}")
        for form in FORMS:
            path = os.path.join(folder, f"made.{form}.json")
            _run([*oakum("sbom", f"oci-layout:{image}/oci", "-f", form, "-o", path)], folder)
            for name, read in _readers(peers, folder, cache, form).items():
                seen = set(map(plain, read(path)))
                gone, new = set(map(plain, first)) - seen, seen - set(map(plain, first))
                lost += len(gone)
                print(f"{form:<16}{name:<9}{len(seen):>9}{len(gone):>6}{len(new):>6}", *sorted(gone)[:3])
    return 1 if lost else 0


def _readers(peers: str, folder: str, cache: str, form: str) -> dict[str, Callable[[str], Purls]]:
    """Who reads a form: Trivy has no reader of Syft's own."""
    readers: dict[str, Callable[[str], Purls]] = {
        "oakum": lambda path: _oakum(f"sbom:{path}", folder),
        "syft": lambda path: _syft(os.path.join(peers, "syft"), path, folder),
    }
    if form != "syft-json":
        readers["trivy"] = lambda path: _trivy(os.path.join(peers, "trivy"), path, folder, cache)
    return readers


def plain(purl: str) -> str:
    """Type, name and version: readers write qualifiers anew, and escape in ways of their own."""
    from packageurl import PackageURL  # noqa: PLC0415 - a requirement of development

    parsed = PackageURL.from_string(purl)
    return f"{parsed.type}/{parsed.namespace or ''}/{parsed.name}@{parsed.version or ''}"


def _oakum(target: str, folder: str) -> Purls:
    document = _run(oakum("sbom", target, "-f", "json", "--no-cache"), folder)
    return {row["purl"] for row in document["packages"]}


def _syft(program: str, path: str, folder: str) -> Purls:
    document = _run([*OFFLINE, program, "convert", path, "-q", "-o", "syft-json"], folder)
    return {row["purl"] for row in document["artifacts"] if row["purl"]}


def _trivy(program: str, path: str, folder: str, cache: str) -> Purls:
    asked = ["--format", "cyclonedx", "--offline-scan", "--skip-db-update", "--skip-java-db-update", "-q"]
    document = _run([*OFFLINE, program, "sbom", *asked, "--cache-dir", cache, path], folder)
    return {row["purl"] for row in document["components"] if row.get("purl")}


def _run(command: list[str], folder: str) -> Any:  # noqa: ANN401 - any JSON document
    """What a command writes, decoded; nothing where it wrote a file."""
    environment = {**os.environ, "SYFT_CHECK_FOR_APP_UPDATE": "false", "OAKUM_CACHE_DIR": os.path.join(folder, "cache")}
    ended = subprocess.run(command, env=environment, capture_output=True, check=True, timeout=SECONDS)
    return json.loads(ended.stdout) if ended.stdout.strip() else None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
