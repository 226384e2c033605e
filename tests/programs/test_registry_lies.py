"""Registries that refuse, break off and lie, and what is no image: a clear line or a gap each."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from oakum.testing import registry as fake
from oakum.testing.images import Layer, descriptor, digest_of
from oakum.testing.registry import Answer, FakeRegistry, Seen

STATUS = b"Package: %s\nStatus: install ok installed\nSource: %s\nVersion: 1:1.2.13.dfsg-1\n\n"
OS = b'ID=debian\nVERSION_ID="12"\n'
BASE = Layer(files={"etc/os-release": OS, "var/lib/dpkg/status": STATUS % (b"zlib1g", b"zlib")})
APP = Layer(files={"app/node_modules/left-pad/package.json": b'{"name": "left-pad", "version": "1.3.0"}'})
TEAM = "team/app"

Oakum = Callable[..., Any]
Refused = Callable[..., str]


def asked(registry: FakeRegistry, part: str) -> list[Seen]:
    return [seen for seen in registry.seen if part in seen.path]


@pytest.mark.parametrize(("status", "code"), [(403, 77), (404, 65), (418, 65)])
@pytest.mark.parametrize("part", ["manifests", "blobs"])
def test_a_refusal_has_its_exit_code(registry: FakeRegistry, fails: Refused, part: str, status: int, code: int) -> None:
    registry.put_image(TEAM, "1", [BASE])
    registry.lie = lambda seen: Answer(status) if part in seen.path else None
    assert str(status) in (said := fails(code)) or "has no" in said


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_registry_that_is_busy_is_asked_again_and_then_said(
    registry: FakeRegistry, fails: Refused, scan: Oakum, status: int
) -> None:
    registry.put_image(TEAM, "1", [BASE])
    busy = Answer(status, headers={"Retry-After": "0"})
    registry.lie = lambda _seen: busy
    assert str(status) in fails(69)
    left = [2]

    def lie(_seen: Seen) -> Answer | None:
        left[0] -= 1
        return busy if left[0] >= 0 else None

    registry.lie = lie
    assert scan().code == 0


def test_a_registry_that_asks_to_wait_for_long_is_not_waited_for(registry: FakeRegistry, fails: Refused) -> None:
    registry.lie = lambda _seen: Answer(429, headers={"Retry-After": "86400"})
    assert "86400 seconds" in fails(69)
    assert len(registry.seen) == 1


def test_a_registry_that_is_not_there(refused: Refused) -> None:
    refused(69, "sbom", "registry:127.0.0.1:1/app:1", "--plain-http", "*")


def test_plain_http_is_spoken_on_request_alone(registry: FakeRegistry, refused: Refused) -> None:
    registry.put_image(TEAM, "1", [BASE])
    assert "does not speak HTTPS" in refused(78, "sbom", f"registry:{registry.host}/{TEAM}:1")
    assert registry.seen == []


def test_a_manifest_that_is_not_what_its_digest_says(registry: FakeRegistry, fails: Refused) -> None:
    registry.put_image(TEAM, "1", [BASE])
    registry.lie = lambda seen: Answer(body=b"{}") if seen.method == "GET" and "manifests" in seen.path else None
    assert "something else than sha256:" in fails(65)


def big(seed: bytes) -> Layer:
    """A layer that does not fit into one piece, and is no document."""
    content = b"".join(digest_of(seed + bytes([one, two])).encode() for one in range(256) for two in range(256))
    status = STATUS % (seed, seed)
    return Layer(files={"etc/os-release": OS, "filler": content, "var/lib/dpkg/status": status}, packing="")


def test_a_layer_that_is_not_what_its_digest_says_is_a_gap_and_the_rest_counts(
    registry: FakeRegistry, scan: Oakum
) -> None:
    first, second = big(b"first"), big(b"second")
    registry.put_image(TEAM, "1", [first, second])
    lying = registry.blobs[digest_of(second.packed())].replace(b"Version: 1:1", b"Version: 9:9")
    registry.blobs[digest_of(second.packed())] = lying
    ended = scan()
    assert ended.code == 0
    assert {package.partition("@")[0] for package in ended.packages()} == {"pkg:deb/debian/first"}
    [gap] = [gap for gap in ended.document["gaps"] if gap["kind"] == "damaged-layer"]
    assert "something else than" in gap["what"]
    registry.blobs[digest_of(second.packed())] = second.packed()
    assert {package.partition("@")[0] for package in scan().packages()} == {"pkg:deb/debian/second"}


def test_a_layer_that_lies_and_is_the_only_one_ends_the_scan(registry: FakeRegistry, fails: Refused) -> None:
    layer = big(b"only")
    registry.put_image(TEAM, "1", [layer])
    registry.blobs[digest_of(layer.packed())] = layer.packed()[:-1] + b"x"
    assert "something else than" in fails(65)


@pytest.mark.parametrize("change", [-1, 1])
def test_a_size_that_does_not_hold_is_said(registry: FakeRegistry, fails: Refused, change: int) -> None:
    layer = big(b"sized")
    registry.put_image(TEAM, "1", [layer])
    _, data = registry.manifests[f"{TEAM}:1"]
    document = json.loads(data)
    document["layers"][0]["size"] += change
    registry.put_manifest(TEAM, "1", document)
    assert "states" in fails(65)


def test_a_body_without_an_end_is_left(registry: FakeRegistry, fails: Refused) -> None:
    layer = big(b"endless")
    registry.put_image(TEAM, "1", [layer])
    body = layer.packed() * 3
    registry.lie = lambda seen: (
        Answer(body=body, headers={"Content-Length": "x"}, cut=len(body)) if "/blobs/" in seen.path else None
    )
    fails(65)


def test_a_download_goes_on_where_it_broke_off(registry: FakeRegistry, scan: Oakum) -> None:
    layer = big(b"resumed")
    registry.put_image(TEAM, "1", [layer])
    digest, size = digest_of(layer.packed()), len(layer.packed())

    def lie(seen: Seen) -> Answer | None:
        if digest not in seen.path or seen.range:
            return None
        return Answer(body=layer.packed(), cut=size // 2)

    registry.lie = lie
    assert scan().packages()
    ranges = [seen.range for seen in asked(registry, digest)]
    assert ranges[0] == ""
    assert 0 < int(ranges[1].removeprefix("bytes=").removesuffix("-")) <= size // 2


def test_a_registry_without_ranges_sends_what_is_known_again(registry: FakeRegistry, scan: Oakum) -> None:
    layer = big(b"again")
    registry.put_image(TEAM, "1", [layer])
    digest = digest_of(layer.packed())
    cuts = [len(layer.packed()) // 3]

    def lie(seen: Seen) -> Answer | None:
        if digest not in seen.path:
            return None
        return Answer(body=layer.packed(), cut=cuts.pop() if cuts else -1)

    registry.lie = lie
    assert scan().packages()


@pytest.mark.parametrize(
    "url", ["http://[::1", "http://[bad/", "http://127.0.0.1:99999999/", "http://127.0.0.1/a b", "http://\u00e9/"]
)
def test_what_is_no_url_is_said(registry: FakeRegistry, fails: Refused, url: str) -> None:
    registry.lie = lambda _seen: Answer(307, headers={"Location": url})
    assert "no URL" in fails(65)
    registry.lie = lambda _seen: Answer(401, headers={"WWW-Authenticate": f'Bearer realm="{url}",service="x"'})
    assert "no URL" in fails(65)


def test_words_of_the_registry_do_nothing_to_a_terminal(registry: FakeRegistry, fails: Refused) -> None:
    body = json.dumps({"errors": [{"message": "\x1b[31mred\x07"}]}).encode()
    registry.lie = lambda _seen: Answer(404, body)
    assert fails(65).isprintable()


def test_a_redirect_from_https_to_nowhere_or_in_a_circle_is_said(registry: FakeRegistry, fails: Refused) -> None:
    registry.lie = lambda seen: Answer(307, headers={"Location": seen.path})
    assert "more than" in fails(65)
    registry.lie = lambda _seen: Answer(307, headers={"Location": "file:///etc/passwd"})
    assert "not followed" in fails(65)


def test_what_lies_elsewhere_or_is_unknown_is_a_gap(registry: FakeRegistry, scan: Oakum) -> None:
    registry.put_image(TEAM, "1", [BASE, APP, APP, APP])
    _, data = registry.manifests[f"{TEAM}:1"]
    document = json.loads(data)
    document["layers"][1]["mediaType"] = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"
    document["layers"][2]["mediaType"] += "+encrypted"
    document["layers"][3]["mediaType"] = "application/x-something"
    registry.put_manifest(TEAM, "1", document)
    ended = scan()
    whats = " ".join(gap["what"] for gap in ended.document["gaps"] if gap["kind"] == "damaged-layer")
    assert len(ended.packages()) == 1
    assert all(word in whats for word in ("outside", "encrypted", "unknown kind"))
    assert not asked(registry, digest_of(APP.packed()))


def test_an_artifact_that_is_no_image_is_said(registry: FakeRegistry, fails: Refused) -> None:
    config = descriptor(b"{}", "application/vnd.cncf.helm.config.v1+json")
    registry.put_manifest(TEAM, "1", {"schemaVersion": 2, "config": config, "layers": [descriptor(b"x", "x/y")]})
    assert "helm" in fails(65)


def test_dockers_schema_1_is_refused(registry: FakeRegistry, fails: Refused) -> None:
    kind = "application/vnd.docker.distribution.manifest.v1+prettyjws"
    registry.put_manifest(TEAM, "1", {"schemaVersion": 1, "fsLayers": []}, kind)
    assert "schema 1" in fails(65)
    registry.put_manifest(TEAM, "2", {"schemaVersion": 1, "fsLayers": []})
    assert "schema 1" in fails(65, f"{TEAM}:2")


def test_an_index_that_is_an_image_too_is_refused(registry: FakeRegistry, fails: Refused) -> None:
    pointer = registry.put_image(TEAM, "1", [BASE])
    _, data = registry.manifests[f"{TEAM}:1"]
    registry.put_manifest(TEAM, "1", {**json.loads(data), "manifests": [pointer]}, fake.INDEX)
    assert "at once" in fails(65)
