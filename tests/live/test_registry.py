"""A real registry, pushed to by skopeo: plain, and with TLS and a login."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from oakum.adapters.registry.repository import RegistryRepository
from oakum.model.fetching import Site, Trust
from oakum.testing.images import Layer, descriptor, digest_of, oci_layout

pytestmark = pytest.mark.live("docker-registry", "skopeo", "htpasswd", "openssl")

_SECONDS = 60
STATUS = b"Package: %s\nStatus: install ok installed\nSource: %s\nVersion: 1:1.2.13.dfsg-1\n\n"
BASE = Layer(
    files={"etc/os-release": b'ID=debian\nVERSION_ID="12"\n', "var/lib/dpkg/status": STATUS % (b"zlib1g", b"zlib")}
)
APP = Layer(files={"app/node_modules/left-pad/package.json": b'{"name": "left-pad", "version": "1.3.0"}'})
TOOL = Layer(files={"app/node_modules/tool/package.json": b'{"name": "tool", "version": "2.0.0"}'}, packing="zstd")


class Real(NamedTuple):
    """A registry that runs."""

    host: str
    folder: str

    @property
    def authority(self) -> str:
        return f"{self.folder}/ca.crt"


@contextmanager
def running(**http_settings: Any) -> Iterator[Real]:  # noqa: ANN401 - as the registry's settings are
    """A registry of our own on a free port."""
    folder = tempfile.mkdtemp(prefix="oakum-registry-", dir="/tmp")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings: dict[str, Any] = {
        "version": "0.1",
        "log": {"level": "error"},
        "storage": {"filesystem": {"rootdirectory": f"{folder}/data"}},
        "http": {"addr": f"127.0.0.1:{port}"},
    }
    if http_settings:
        settings = {**settings, **secured(folder, port)}
    with open(f"{folder}/config.yml", "w", encoding="utf-8") as file:
        json.dump(settings, file)  # JSON is YAML
    with open(f"{folder}/log", "wb") as log:
        command = ["docker-registry", "serve", f"{folder}/config.yml"]
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            _wait(port, process)
            yield Real(f"localhost:{port}", folder)
        finally:
            process.terminate()
            process.wait(_SECONDS)
            shutil.rmtree(folder, ignore_errors=True)


def secured(folder: str, port: int) -> dict[str, Any]:
    """Settings for TLS and a login, with a certificate and a password file made now."""
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    made += ["-addext", "subjectAltName=DNS:localhost", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/ca.crt"]
    subprocess.run(["openssl", *made], check=True, capture_output=True)
    subprocess.run(["htpasswd", "-Bbc", f"{folder}/users", "ann", "secret"], check=True, capture_output=True)
    certificate = {"certificate": f"{folder}/ca.crt", "key": f"{folder}/key.pem"}
    login = {"htpasswd": {"realm": "tests", "path": f"{folder}/users"}}
    return {"http": {"addr": f"127.0.0.1:{port}", "tls": certificate}, "auth": login}


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the registry did not start")


@pytest.fixture(scope="module")
def plain() -> Iterator[Real]:
    with running() as real:
        yield real


@pytest.fixture(scope="module")
def closed() -> Iterator[Real]:
    with running(tls=True) as real:
        yield real


def push(source: str, real: Real, name: str, *more: str) -> None:
    command = ["skopeo", "copy", "-q", *more, source, f"docker://{real.host}/{name}"]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)


class Ended(NamedTuple):
    code: int
    out: bytes
    err: str

    @property
    def packages(self) -> list[str]:
        return sorted(package["purl"] for package in json.loads(self.out)["packages"])


def oakum(tmp_path: Path, *words: str, **env: str) -> Ended:
    environment = {**os.environ, "OAKUM_CACHE_DIR": f"{tmp_path}/cache", "HOME": str(tmp_path), **env}
    command = [sys.executable, "-m", "oakum", *words]
    ended = subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False)
    assert b"Traceback" not in ended.stderr
    return Ended(ended.returncode, ended.stdout, ended.stderr.decode())


@pytest.mark.parametrize("form", ["oci", "v2s2"])
def test_what_skopeo_pushed_has_the_packages_of_its_layout(plain: Real, tmp_path: Path, form: str) -> None:
    layers = [BASE, APP, TOOL] if form == "oci" else [BASE, APP]  # Docker's form knows no zstandard
    oci_layout(f"{tmp_path}/layout", layers)
    push(f"oci:{tmp_path}/layout:latest", plain, f"team/app:{form}", "--dest-tls-verify=false", "--format", form)
    ended = oakum(tmp_path, "sbom", f"registry:{plain.host}/team/app:{form}", "--plain-http", plain.host)
    there = oakum(tmp_path, "sbom", f"oci-layout:{tmp_path}/layout", "-f", "json")
    assert (ended.code, there.code) == (0, 0), ended.err
    assert ended.packages == there.packages
    assert len(ended.packages) == len(layers)


def test_tls_and_a_login(closed: Real, tmp_path: Path) -> None:
    oci_layout(f"{tmp_path}/layout", [BASE, APP])
    login = ("--dest-cert-dir", closed.folder, "--dest-creds", "ann:secret")
    push(f"oci:{tmp_path}/layout:latest", closed, "app:1", *login)
    words = ("sbom", f"registry:{closed.host}/app:1", "--no-cache", "-f", "json")
    trusting = (*words, "--registry-ca", closed.authority)
    user = {"OAKUM_REGISTRY_USERNAME": "ann", "OAKUM_REGISTRY_PASSWORD": "secret"}
    assert len(oakum(tmp_path, *trusting, **user).packages) == 2
    assert len(oakum(tmp_path, *words, SSL_CERT_FILE=closed.authority, **user).packages) == 2
    untrusted = oakum(tmp_path, *words, **user)
    assert (untrusted.code, "not trusted" in untrusted.err) == (78, True), untrusted.err
    nobody = oakum(tmp_path, *trusting)
    assert (nobody.code, "wants a login" in nobody.err) == (77, True), nobody.err
    wrong = oakum(tmp_path, *trusting, **{**user, "OAKUM_REGISTRY_PASSWORD": "wrong"})
    assert (wrong.code, "does not take this login" in wrong.err) == (77, True), wrong.err


def test_the_login_that_skopeo_stored(closed: Real, tmp_path: Path) -> None:
    oci_layout(f"{tmp_path}/layout", [BASE])
    push(
        f"oci:{tmp_path}/layout:latest", closed, "app:2", "--dest-cert-dir", closed.folder, "--dest-creds", "ann:secret"
    )
    stored = f"{tmp_path}/auth.json"
    command = ["skopeo", "login", "--authfile", stored, "--cert-dir", closed.folder, "-u", "ann", "-p", "secret"]
    subprocess.run([*command, closed.host], check=True, capture_output=True, timeout=_SECONDS)
    words = ("sbom", f"registry:{closed.host}/app:2", "-f", "json", "--registry-ca", closed.authority)
    assert len(oakum(tmp_path, *words, REGISTRY_AUTH_FILE=stored).packages) == 1


def test_an_index_of_several_platforms(plain: Real, tmp_path: Path) -> None:
    kind = "application/vnd.oci.image.manifest.v1+json"
    entries = []
    for architecture, layers in (("amd64", [BASE]), ("arm64", [BASE, APP])):
        oci_layout(f"{tmp_path}/{architecture}", layers, architecture=architecture)
        source = f"oci:{tmp_path}/{architecture}:latest"
        push(source, plain, f"team/multi:{architecture}", "--dest-tls-verify=false", "--format", "oci")
        manifest = ask(plain, "GET", f"/v2/team/multi/manifests/{architecture}", {"Accept": kind})
        platform = {"os": "linux", "architecture": architecture}
        entries.append({**descriptor(manifest, kind), "platform": platform})
    index = json.dumps({"schemaVersion": 2, "manifests": entries}).encode()
    ask(plain, "PUT", "/v2/team/multi/manifests/1", {"Content-Type": "application/vnd.oci.image.index.v1+json"}, index)
    words = ("sbom", f"registry:{plain.host}/team/multi:1", "--plain-http", plain.host, "-f", "json")
    assert len(oakum(tmp_path, *words, "--platform", "linux/amd64").packages) == 1
    assert len(oakum(tmp_path, *words, "--platform", "linux/arm64").packages) == 2
    missing = oakum(tmp_path, *words, "--platform", "linux/s390x")
    assert (missing.code, "linux/amd64, linux/arm64" in missing.err) == (65, True), missing.err


def test_an_image_that_is_not_there(plain: Real, tmp_path: Path) -> None:
    ended = oakum(tmp_path, "scan", f"registry:{plain.host}/no/such:1", "--plain-http", plain.host)
    assert (ended.code, "manifest unknown" in ended.err) == (65, True), ended.err


def test_a_repository_is_written_and_read_with_a_login(closed: Real) -> None:
    site = Site(closed.host, "team/data", username="ann", password="secret")  # noqa: S106 - of the test's registry
    one = RegistryRepository((site,), Trust(files=(closed.authority,)), write=True)
    blob = os.urandom(3_000_000)
    one.put_blob(digest_of(blob), len(blob), blob)
    config = b"{}"
    one.put_blob(digest_of(config), len(config), config)
    kind = "application/vnd.oci.image.manifest.v1+json"
    layers = [descriptor(blob, "application/x-test")]
    document = {"schemaVersion": 2, "mediaType": kind, "config": descriptor(config, "x/y"), "layers": layers}
    digest, _ = one.put_manifest(json.dumps(document).encode(), kind, "1")
    assert one.resolve("1") == digest
    assert json.loads(one.document(digest, manifest=True)) == document
    pieces: list[bytes] = []
    one.fetch(digest_of(blob), len(blob), pieces.append)
    assert b"".join(pieces) == blob
    assert one.referrers(digest) is None  # this registry is older than that interface


def test_a_database_is_pushed_pinned_and_pulled(closed: Real, tmp_path: Path) -> None:
    record = {"id": "D-1", "modified": "2026-01-01T00:00:00Z"}
    affected = [{"package": {"ecosystem": "Debian:12", "name": "zlib"}, "versions": ["1:1.2.13.dfsg-1"]}]
    (tmp_path / "osv" / "Debian").mkdir(parents=True)
    (tmp_path / "osv" / "Debian" / "1.json").write_text(json.dumps({**record, "affected": affected}))
    assert oakum(tmp_path, "db", "build", "--from", f"{tmp_path}/osv", "--out", f"{tmp_path}/a.db").code == 0
    name = f"{closed.host}/sec/advisories:today"
    access = ("--registry-ca", closed.authority)
    user = {"OAKUM_REGISTRY_USERNAME": "ann", "OAKUM_REGISTRY_PASSWORD": "secret"}
    pushed = oakum(tmp_path, "db", "push", name, "--db", f"{tmp_path}/a.db", *access, **user)
    assert pushed.code == 0, pushed.err
    pinned = pushed.out.decode().strip()
    pulled = oakum(tmp_path, "db", "pull", pinned, *access, **user)
    assert (pulled.code, pulled.out) == (0, pushed.out), pulled.err
    assert (tmp_path / "cache" / "advisories.db").read_bytes() == (tmp_path / "a.db").read_bytes()
    assert "up to date" in oakum(tmp_path, "db", "pull", name, *access, **user).err
    nobody = oakum(tmp_path, "db", "pull", name, *access)
    assert (nobody.code, "wants a login" in nobody.err) == (77, True), nobody.err
    copied = [f"docker://{name}", f"oci:{tmp_path}/copy:today", "--src-cert-dir", closed.folder]
    command = ["skopeo", "copy", "-q", "--src-creds", "ann:secret", *copied]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    index = json.loads((tmp_path / "copy" / "index.json").read_text())
    assert pinned.endswith(index["manifests"][0]["digest"])  # the way over a medium keeps the pin


def ask(real: Real, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> bytes:
    connection = http.client.HTTPConnection(real.host, timeout=_SECONDS)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        assert answer.status in {200, 201}, answer.read()
        return answer.read()
    finally:
        connection.close()
