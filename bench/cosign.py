"""Oakum and the real cosign verify each other's signatures: python -m bench.cosign --cosign PATH, with docker-registry.

Prints one line for each direction and form, and ends with 1 where one is not verified.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any, Final

from oakum.testing.images import Layer, oci_layout

_SOURCE: Final = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "src")
_PORT: Final = 5079
_HOST: Final = f"127.0.0.1:{_PORT}"
_COSIGN: Final = ("--allow-insecure-registry",)
_UNLOGGED: Final = ("--tlog-upload=false", "--use-signing-config=false", *_COSIGN, "-y")


def main() -> int:
    """Both directions, with signatures of both forms and an attestation."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--cosign", default="cosign", help="the program: go install .../cosign/v3/cmd/cosign@v3.1.3")
    cosign = os.path.abspath(words.parse_args().cosign)
    with tempfile.TemporaryDirectory(prefix="oakum-cosign-") as home:
        registry = _registry(home)
        try:
            return _both(cosign, home)
        finally:
            registry.terminate()
            registry.wait()


def _both(cosign: str, home: str) -> int:
    image = _push(home)
    for words in (
        ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "key.pem"],
        ["pkey", "-in", "key.pem", "-pubout", "-out", "key.pub"],
    ):
        _run(["openssl", *words], home)
    _run([cosign, "generate-key-pair"], home)
    with open(f"{home}/p.json", "w", encoding="utf-8") as file:
        file.write('{"made": "for a test"}')
    ours, theirs = ["--plain-http", _HOST, "--key"], ["--insecure-ignore-tlog", *_COSIGN, "--key"]
    attest = [image, "--type", "vuln", "--predicate", "p.json", *ours, "key.pem"]
    checks: list[tuple[str, Callable[[], int]]] = [
        ("oakum signs", lambda: _oakum(home, "sign", image, *ours, "key.pem")),
        ("  cosign verifies", lambda: _run([cosign, "verify", *theirs, "key.pub", image], home)),
        ("oakum attests", lambda: _oakum(home, "attest", *attest)),
        (
            "  cosign verifies",
            lambda: _run([cosign, "verify-attestation", "--type", "vuln", *theirs, "key.pub", image], home),
        ),
        ("cosign signs, bundle", lambda: _run([cosign, "sign", "--key", "cosign.key", *_UNLOGGED, image], home)),
        ("  oakum verifies", lambda: _oakum(home, "verify", image, *ours, "cosign.pub")),
        (
            "cosign attests",
            lambda: _run(
                [cosign, "attest", "--key", "cosign.key", "--type", "vuln", "--predicate", "p.json", *_UNLOGGED, image],
                home,
            ),
        ),
        ("  oakum verifies", lambda: _oakum(home, "verify", image, "--type", "vuln", *ours, "cosign.pub")),
        (
            "cosign signs, tag",
            lambda: _run([cosign, "sign", "--new-bundle-format=false", "--key", "cosign.key", *_UNLOGGED, image], home),
        ),
        ("  oakum verifies", lambda: _oakum(home, "verify", image, *ours, "cosign.pub")),
    ]
    codes = [_told(what, check) for what, check in checks]
    return 1 if any(codes) else 0


def _told(what: str, check: Callable[[], int]) -> int:
    began = time.monotonic()
    code = check()
    print(f"{what:24} {'ok' if code == 0 else f'FAILED ({code})':10} {time.monotonic() - began:5.2f} s", flush=True)
    return code


def _oakum(home: str, *words: str) -> int:
    return _run([sys.executable, "-m", "oakum", *words], home)


def _run(words: Sequence[str], home: str) -> int:
    ended = subprocess.run(
        words,
        cwd=home,
        env={**os.environ, "COSIGN_PASSWORD": "", "PYTHONPATH": _SOURCE},
        capture_output=True,
        check=False,
    )
    return ended.returncode


def _registry(home: str) -> "subprocess.Popen[bytes]":
    with open(f"{home}/registry.yml", "w", encoding="utf-8") as file:
        storage = f"{{filesystem: {{rootdirectory: {home}/registry}}}}"
        file.write(f"version: 0.1\nlog: {{level: error}}\nstorage: {storage}\nhttp: {{addr: '{_HOST}'}}\n")
    process = subprocess.Popen(
        ["docker-registry", "serve", f"{home}/registry.yml"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(1)
    return process


def _push(home: str) -> str:
    """A small image; its name by digest."""
    oci_layout(f"{home}/layout", [Layer(files={"x": b"x"})])
    words = ["skopeo", "copy", "-q", "--dest-tls-verify=false", f"oci:{home}/layout:latest", f"docker://{_HOST}/app:1"]
    subprocess.run(words, check=True, capture_output=True)
    accept = {"Accept": "application/vnd.oci.image.manifest.v1+json"}
    asked = urllib.request.Request(f"http://{_HOST}/v2/app/manifests/1", headers=accept)
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - our own registry
        manifest: Any = answer.read()
    assert json.loads(manifest)  # noqa: S101 - it is one
    return f"{_HOST}/app@sha256:{hashlib.sha256(manifest).hexdigest()}"


if __name__ == "__main__":
    sys.exit(main())
