"""Do the package sets agree? ``python -m bench.compare_packages IMAGE PEERS``.

Distinct (type, name, version) of the shared ecosystems, of Oakum, Syft and Trivy, read from the OCI layout of the
image; then each difference from Oakum as a line of a table.
"""

import json
import os
import subprocess
import sys
import tempfile
import urllib.parse
from collections import Counter
from collections.abc import Iterable, Sequence

from bench.peers import Peers, oakum, trivy_cache

SHARED = ("deb", "golang", "maven", "npm", "pypi")

Package = tuple[str, str, str]


def parsed(purls: Iterable[str]) -> set[Package]:
    """The packages of the shared ecosystems; a deb's namespace is dropped, since tools name it differently."""
    found = set()
    for purl in purls:
        kind, _, rest = purl.removeprefix("pkg:").partition("/")
        plain, _, qualifiers = rest.partition("#")[0].partition("?")
        path, _, version = plain.rpartition("@")
        epoch = urllib.parse.parse_qs(qualifiers).get("epoch", [""])[0]  # where Trivy writes a deb's epoch
        version = f"{epoch}:{version}" if epoch else version
        name = urllib.parse.unquote(path.rpartition("/")[2] if kind == "deb" else path)
        if kind in SHARED and name:
            found.add((kind, name.lower().replace("_", "-") if kind == "pypi" else name, urllib.parse.unquote(version)))
    return found


def output(command: Sequence[str]) -> dict[str, list[dict[str, str]]]:
    """The JSON document that a tool prints."""
    env = {**os.environ, "SYFT_CHECK_FOR_APP_UPDATE": "false"}
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True)
    document: dict[str, list[dict[str, str]]] = json.loads(done.stdout)
    return document


def main(image: str, folder: str) -> None:
    """Print the counts, then the differences."""
    peers = Peers(folder, "")
    with tempfile.TemporaryDirectory() as scratch:
        commands = {
            "oakum": oakum("sbom", f"oci-layout:{image}/oci", "-f", "json", "--no-cache"),
            "syft": peers.syft(image),
            "trivy": peers.trivy(image, trivy_cache(os.path.join(scratch, "trivy"))),
        }
        sets: dict[str, set[Package]] = {}
        for tool, command in commands.items():
            document = output(command)
            listed = document.get("packages") or document.get("components", [])
            sets[tool] = parsed(entry.get("purl", "") for entry in listed)
    print("| type | oakum | syft | trivy |\n|---|---|---|---|")
    counts = {tool: Counter(kind for kind, _name, _version in found) for tool, found in sets.items()}
    for kind in SHARED:
        print(f"| {kind} | " + " | ".join(str(counts[tool][kind]) for tool in sets) + " |")
    print("\n| type | name | version | listed by |\n|---|---|---|---|")
    for package in sorted(set[Package]().union(*sets.values()) - sets["oakum"].intersection(*sets.values())):
        print("| " + " | ".join(package) + " | " + ", ".join(t for t in sets if package in sets[t]) + " |")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
