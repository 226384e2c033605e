"""Do the package sets agree? ``python -m bench.compare_packages TARGET PEERS [--most N]``.

TARGET is ``oci:DIR`` (a folder with the OCI layout ``oci``), ``rootfs:DIR`` or ``dir:DIR``. Distinct (type, name,
version) of Oakum, Syft and Trivy as a table of counts; then the differences from Oakum, the first N of each type.
"""

import argparse
import json
import os
import re
import subprocess
import tempfile
import urllib.parse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bench.peers import OFFLINE, Peers, oakum, trivy_cache

_SYSTEM = frozenset(("deb", "rpm", "apk", "alpm"))

Package = tuple[str, str, str]


def parsed(purls: Iterable[str]) -> set[Package]:
    """What package URLs name, with the spellings of the tools made one."""
    return {package for purl in purls if purl.startswith("pkg:") and (package := _package(purl))}


def _package(purl: str) -> Package | None:
    """A system package's namespace is dropped and its epoch put in front, since tools write both in their own ways."""
    kind, _, rest = purl.removeprefix("pkg:").partition("/")
    plain, _, qualifiers = rest.partition("#")[0].partition("?")
    path, _, version = plain.rpartition("@") if "@" in plain.lstrip("@")[1:] else (plain, "", "")
    epoch = urllib.parse.parse_qs(qualifiers).get("epoch", [""])[0]
    version = urllib.parse.unquote(f"{epoch}:{version}" if epoch and epoch != "0" else version)
    name = urllib.parse.unquote(path.rpartition("/")[2] if kind in _SYSTEM else path).lower()
    name = re.sub("[-_.]+", "-", name) if kind == "pypi" else name
    return (kind, name, version.removeprefix("v")) if name else None


def commands(target: str, folder: str, scratch: str) -> Mapping[str, Sequence[str]]:
    """The command lines of the tools."""
    kind, _, path = target.partition(":")
    peers = Peers(folder, "")
    cache = trivy_cache(os.path.join(scratch, "trivy"))
    asked = ["--format", "cyclonedx", "--skip-java-db-update", "--offline-scan", "-q", "--cache-dir", cache]
    if kind == "oci":
        ours = oakum("sbom", f"oci-layout:{path}/oci", "-f", "json", "--no-cache")
        return {"oakum": ours, "syft": peers.syft(path), "trivy": peers.trivy(path, cache)}
    how, dev = ("rootfs", []) if kind == "rootfs" else ("fs", ["--include-dev-deps"])
    return {
        "oakum": oakum("sbom", f"{kind}:{path}", "-f", "json", "--no-cache"),
        "syft": [*OFFLINE, os.path.join(folder, "syft"), f"dir:{path}", "-q", "-o", "cyclonedx-json"],
        "trivy": [*OFFLINE, os.path.join(folder, "trivy"), how, *asked, *dev, path],
    }


def output(command: Sequence[str]) -> set[Package]:
    """The packages that a tool prints."""
    env = {**os.environ, "SYFT_CHECK_FOR_APP_UPDATE": "false"}
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True)
    document = json.loads(done.stdout)
    listed = document.get("packages") or document.get("components", [])
    return parsed(entry.get("purl", "") for entry in listed)


def main() -> None:
    """Print the counts, then the differences."""
    words = argparse.ArgumentParser()
    words.add_argument("target")
    words.add_argument("peers")
    words.add_argument("--most", type=int, default=20)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        sets = {tool: output(command) for tool, command in commands(asked.target, asked.peers, scratch).items()}
    print("| type | oakum | syft | trivy | in all |\n|---|---|---|---|---|")
    counts = {tool: Counter(kind for kind, _, _ in found) for tool, found in sets.items()}
    shared = Counter(kind for kind, _, _ in set.intersection(*sets.values()))
    for kind in sorted(set[str]().union(*counts.values())):
        print(f"| {kind} | " + " | ".join(str(counts[tool][kind]) for tool in sets) + f" | {shared[kind]} |")
    print("\n| type | listed by | how many | the first |\n|---|---|---|---|")
    for (kind, tools), packages in sorted(_differences(sets).items()):
        named = ", ".join(f"{name} {version}" for _, name, version in sorted(packages)[: asked.most])
        print(f"| {kind} | {tools} | {len(packages)} | {named} |")


def _differences(sets: Mapping[str, set[Package]]) -> Mapping[tuple[str, str], list[Package]]:
    """The packages that not every tool lists, by type and by the tools that do."""
    found: dict[tuple[str, str], list[Package]] = defaultdict(list)
    listed_by_all: set[Package] = set.intersection(*sets.values())
    for package in set[Package]().union(*sets.values()) - listed_by_all:
        tools = " + ".join(tool for tool, listed in sets.items() if package in listed)
        found[package[0], tools].append(package)
    return found


if __name__ == "__main__":
    main()
