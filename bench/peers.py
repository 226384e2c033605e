"""The command lines of what is compared, and the empty Java database that Trivy asks for."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from typing import NamedTuple

OFFLINE = ("unshare", "-n")  # no peer may ask outside while it is measured
JAVA_TABLES = (
    "CREATE TABLE artifacts(id INTEGER PRIMARY KEY, group_id TEXT, artifact_id TEXT)",
    "CREATE TABLE indices(artifact_id INTEGER, version TEXT, sha1 BLOB, archive_type TEXT)",
)


PROGRAMS = ("syft", "trivy", "osv-scanner")
VERSION = re.compile(rb"\d+\.\d+\.\d+")
MODULE = re.compile(rb"\nmod\t\S+\tv(\d+\.\d+\.\d+)\t")  # Go's build information, "mod" line


class Peers(NamedTuple):
    """A folder with ``syft``, ``trivy`` and ``osv-scanner``, and the folder of advisories that osv-scanner reads."""

    folder: str
    osv_base: str

    def versions(self) -> str:
        """Each peer with its version: what it says, or what its build information says."""
        return ", ".join(
            f"{name} {_version(os.path.join(self.folder, name)) if self.has(name) else 'not there'}"
            for name in PROGRAMS
        )

    def has(self, name: str) -> bool:
        """Whether a peer is there; what is compared with one that is not is left out of the table."""
        return os.path.exists(os.path.join(self.folder, name))

    def syft(self, image: str) -> list[str]:
        """Inventory of the OCI layout by Syft's default catalogers."""
        program = os.path.join(self.folder, "syft")
        return [*OFFLINE, program, f"oci-dir:{image}/oci", "-q", "-o", "cyclonedx-json"]

    def trivy(self, image: str, cache: str) -> list[str]:
        """Inventory of the OCI layout; ``cache`` is a new folder, made by ``trivy_cache``."""
        asked = ["--format", "cyclonedx", "--skip-java-db-update", "--offline-scan", "-q", "--cache-dir", cache]
        return [*OFFLINE, os.path.join(self.folder, "trivy"), "image", *asked, "--input", f"{image}/oci"]

    def osv_scanner(self, image: str) -> list[str]:
        """Full scan of the docker-archive; it ends with 1 when it finds something."""
        asked = ["--archive", "--offline", "--local-db-path", self.osv_base, "--format", "json", "--allow-no-lockfiles"]
        return [*OFFLINE, os.path.join(self.folder, "osv-scanner"), "scan", "image", *asked, f"{image}/docker.tar"]


def _version(program: str) -> str:
    said = subprocess.run([program, "--version"], capture_output=True, check=True).stdout
    found = VERSION.search(said)
    if found:
        return found.group().decode()
    with open(program, "rb") as file:
        built = MODULE.search(file.read())
    return built.group(1).decode() if built else "of unknown version"


def trivy_cache(folder: str) -> str:
    """A new cache with an empty Java database: without one Trivy stops at the first jar."""
    java = os.path.join(folder, "java-db")
    os.makedirs(java)
    with sqlite3.connect(os.path.join(java, "trivy-java.db")) as database:
        for table in JAVA_TABLES:
            database.execute(table)
    database.close()
    about = {"Version": 1, **dict.fromkeys(("NextUpdate", "UpdatedAt", "DownloadedAt"), "2100-01-01T00:00:00Z")}
    with open(os.path.join(java, "metadata.json"), "w", encoding="utf-8") as file:
        json.dump(about, file)
    return folder


def oakum(*arguments: str) -> list[str]:
    """Oakum by this interpreter."""
    return [sys.executable, "-m", "oakum", *arguments]


def gunzip(image: str) -> list[str]:
    """The limit: the layout decompressed and hashed, nothing else."""
    return [sys.executable, os.path.join(os.path.dirname(__file__), "gunzip.py"), f"{image}/oci"]
