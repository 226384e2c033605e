"""``registry:`` as people use it: the real command against a registry on this machine that can lie."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oakum.testing.images import Layer, digest_of, oci_layout
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


@pytest.mark.parametrize("packing", ["gzip", "zstd", ""])
def test_an_image_has_the_packages_of_its_layout(
    tmp_path: Path, registry: FakeRegistry, scan: Oakum, oakum: Oakum, packing: str
) -> None:
    layers = [Layer(files=one.files, packing=packing) for one in (BASE, APP)]
    digest = oci_layout(str(tmp_path / "layout"), layers)
    pointer = registry.put_image(TEAM, "1", layers)
    ended, other = scan(), oakum("sbom", f"oci-layout:{tmp_path}/layout", "-f", "json")
    assert ended.code == 0
    assert ended.packages() == other.packages()
    assert ended.packages()
    assert ended.document["gaps"] == other.document["gaps"]
    assert ended.document["artifact"]["digest"] == pointer["digest"]
    assert digest.startswith("sha256:")


def test_a_second_scan_costs_one_question(registry: FakeRegistry, scan: Oakum) -> None:
    registry.put_image(TEAM, "1", [BASE, APP])
    first = scan()
    registry.seen.clear()
    again = scan()
    assert [(seen.method, seen.path) for seen in registry.seen] == [("HEAD", f"/v2/{TEAM}/manifests/1")]
    assert again.packages() == first.packages()


def test_a_digest_that_was_read_costs_none(registry: FakeRegistry, scan: Oakum) -> None:
    digest = registry.put_image(TEAM, "1", [BASE])["digest"]
    first = scan(f"{TEAM}@{digest}")
    registry.seen.clear()
    assert scan(f"{TEAM}:1@{digest}").packages() == first.packages()
    assert registry.seen == []


def test_a_layer_that_is_known_is_not_downloaded_again(registry: FakeRegistry, scan: Oakum) -> None:
    registry.put_image(TEAM, "1", [BASE])
    registry.put_image(TEAM, "2", [BASE, APP])
    scan()
    registry.seen.clear()
    second = scan(f"{TEAM}:2")
    assert len(second.packages()) == 2
    assert not asked(registry, digest_of(BASE.packed()))
    assert len(asked(registry, digest_of(APP.packed()))) == 1


def test_a_name_without_a_prefix_falls_to_the_registry_and_says_so(registry: FakeRegistry, oakum: Oakum) -> None:
    registry.put_image(TEAM, "1", [BASE])
    ended = oakum("sbom", f"{registry.host}/{TEAM}:1", "--plain-http", registry.host)
    assert ended.code == 0
    assert f"taking it for registry:{registry.host}/{TEAM}:1" in ended.err


def test_the_default_registry_is_taken_where_no_host_is_named(
    registry: FakeRegistry, oakum: Oakum, refused: Refused
) -> None:
    registry.put_image("library/app", "latest", [BASE])
    words = ("sbom", "registry:app", "--plain-http", registry.host)
    assert "which registry" in refused(64, *words)
    ended = oakum(*words, env={"OAKUM_DEFAULT_REGISTRY": f"{registry.host}/library"})
    assert ended.code == 0
    assert ended.document["artifact"]["names"] == [f"{registry.host}/library/app:latest"]


# ---- platforms


def test_an_index_gives_the_image_of_the_platform(registry: FakeRegistry, scan: Oakum, fails: Refused) -> None:
    entries = [
        registry.put_image(TEAM, "", [BASE], "amd64"),
        registry.put_image(TEAM, "", [BASE, APP], "arm64"),
        {**registry.put_image(TEAM, "", [BASE], "none"), "platform": {"os": "unknown", "architecture": "unknown"}},
    ]
    registry.put_index(TEAM, "1", entries)
    arm = scan(f"{TEAM}:1", "--platform", "linux/arm64")
    assert (arm.document["artifact"]["platform"], len(arm.packages())) == ("linux/arm64", 2)
    amd = scan(f"{TEAM}:1", "--platform", "linux/amd64")
    assert (amd.document["artifact"]["platform"], len(amd.packages())) == ("linux/amd64", 1)
    ended = scan(f"{TEAM}:1", "--platform", "linux/s390x")
    assert ended.code == 65
    assert "linux/amd64, linux/arm64" in ended.err
    assert "unknown" not in ended.err
    assert "no platform" in fails(64, f"{TEAM}:1", "--platform", "linux")


def test_a_single_image_of_another_platform_is_not_taken_for_the_one_asked_for(
    registry: FakeRegistry, fails: Refused
) -> None:
    registry.put_image(TEAM, "1", [BASE], "arm64")
    assert "linux/amd64" in fails(65, f"{TEAM}:1", "--platform", "linux/amd64")


def test_an_empty_index_is_an_error(registry: FakeRegistry, fails: Refused) -> None:
    registry.put_index(TEAM, "1", [])
    fails(65)


# ---- logins


LOGIN = {"OAKUM_REGISTRY_USERNAME": "ann", "OAKUM_REGISTRY_PASSWORD": "secret"}


@pytest.mark.parametrize("kind", ["basic", "token"])
def test_a_login_opens_what_is_closed(registry: FakeRegistry, scan: Oakum, fails: Refused, kind: str) -> None:
    registry.put_image(TEAM, "1", [BASE])
    registry.login = kind
    said = fails(77)
    assert "wants a login" in said or "who are you" in said
    wrong = fails(77, env={**LOGIN, "OAKUM_REGISTRY_PASSWORD": "wrong-password"})
    assert "does not take this login" in wrong
    assert "wrong-password" not in wrong
    assert scan(env=LOGIN).code == 0


def test_half_a_login_is_said(fails: Refused) -> None:
    assert "lacks its password" in fails(64, f"{TEAM}:1", "--username", "ann")


def test_the_login_of_dockers_file_is_taken(tmp_path: Path, registry: FakeRegistry, scan: Oakum) -> None:
    registry.put_image(TEAM, "1", [BASE])
    registry.login = "token"
    (tmp_path / "config.json").write_text(json.dumps({"auths": {registry.host: {"auth": "YW5uOnNlY3JldA=="}}}))
    assert scan(env={"DOCKER_CONFIG": str(tmp_path)}).code == 0
    (tmp_path / "config.json").write_text(json.dumps({"auths": {registry.host: {"identitytoken": "an-identity"}}}))
    assert scan(f"{TEAM}:1", "--no-cache", env={"DOCKER_CONFIG": str(tmp_path)}).code == 0


def test_a_login_file_that_cannot_be_read_is_said(tmp_path: Path, fails: Refused) -> None:
    (tmp_path / "config.json").write_text("{")
    assert "config.json" in fails(78, env={"DOCKER_CONFIG": str(tmp_path)})


def test_the_login_does_not_follow_to_another_host(registry: FakeRegistry, scan: Oakum) -> None:
    registry.put_image(TEAM, "1", [BASE])
    registry.login = "basic"
    with FakeRegistry() as other:
        other.blobs = registry.blobs

        def lie(seen: Seen) -> Answer | None:
            if "/blobs/" not in seen.path or not seen.authorization:
                return None
            return Answer(307, headers={"Location": f"http://{other.host}{seen.path}"})

        registry.lie = lie
        assert scan(env=LOGIN).code == 0
        assert other.seen
        assert all(not seen.authorization for seen in other.seen)


# ---- mirrors


def test_a_mirror_is_asked_first_and_may_fail(registry: FakeRegistry, scan: Oakum) -> None:
    registry.put_image(TEAM, "1", [BASE])
    with FakeRegistry() as mirror:
        words = ("--no-cache", "--plain-http", mirror.host, "--registry-mirror", f"{registry.host}={mirror.host}/hub")
        assert scan(f"{TEAM}:1", *words).code == 0
        assert mirror.seen[0].path == f"/v2/hub/{TEAM}/manifests/1"
        assert registry.seen
        registry.seen.clear()
        mirror.put_image(f"hub/{TEAM}", "1", [BASE])
        assert scan(f"{TEAM}:1", *words).code == 0
        assert registry.seen == []


def test_what_is_no_mirror_is_said(fails: Refused) -> None:
    assert "no mirror" in fails(78, f"{TEAM}:1", "--registry-mirror", "x")
