import io
import json
from collections.abc import Iterator

import pytest

from oakum.adapters.registry.repository import RegistryRepository
from oakum.kit.errors import DamagedError, NotPermittedError, UnreadableError
from oakum.model.fetching import Site, Trust
from oakum.testing.images import digest_of
from oakum.testing.registry import Answer, FakeRegistry

DATA = bytes(range(256)) * 5000
KIND = "application/vnd.oci.image.manifest.v1+json"


@pytest.fixture
def registry() -> Iterator[FakeRegistry]:
    with FakeRegistry() as one:
        yield one


def repository(registry: FakeRegistry, **more: str) -> RegistryRepository:
    return RegistryRepository((Site(registry.host, "team/data", plain=True, **more),), Trust(), write=True)


@pytest.mark.parametrize("login", ["", "basic", "token"])
def test_what_is_put_is_had_again(registry: FakeRegistry, login: str) -> None:
    registry.login = login
    one = repository(registry, username="ann", password="secret")  # noqa: S106 - of the fake
    one.put_blob(digest_of(DATA), len(DATA), lambda: io.BytesIO(DATA))
    digest, noted = one.put_manifest(b"{}", KIND, "1")
    assert (one.resolve("1"), noted) == (digest, False)
    assert one.document(digest, manifest=True) == b"{}"
    pieces: list[bytes] = []
    one.fetch(digest_of(DATA), len(DATA), pieces.append)
    assert b"".join(pieces) == DATA


def test_a_blob_that_is_there_is_not_sent_again(registry: FakeRegistry) -> None:
    registry.put(DATA)
    repository(registry).put_blob(digest_of(DATA), len(DATA), DATA)
    assert [seen.method for seen in registry.seen] == ["HEAD"]


def test_a_registry_that_fails_once_gets_the_whole_blob_again(registry: FakeRegistry) -> None:
    left = [1]

    def lie(seen: object) -> Answer | None:
        if getattr(seen, "method", "") != "PUT" or not left:
            return None
        left.pop()
        return Answer(503, headers={"Retry-After": "0"})

    registry.lie = lie
    repository(registry).put_blob(digest_of(DATA), len(DATA), lambda: io.BytesIO(DATA))
    assert registry.blobs[digest_of(DATA)] == DATA


def test_who_may_not_push_is_told(registry: FakeRegistry) -> None:
    registry.lie = lambda seen: Answer(403) if seen.method == "POST" else None
    with pytest.raises(NotPermittedError, match="403"):
        repository(registry).put_blob(digest_of(DATA), len(DATA), DATA)
    registry.lie = lambda seen: Answer(202) if seen.method == "POST" else None
    with pytest.raises(DamagedError, match="where to put"):
        repository(registry).put_blob(digest_of(DATA), len(DATA), DATA)


def test_a_registry_that_keeps_something_else_is_not_believed(registry: FakeRegistry) -> None:
    other = {"Docker-Content-Digest": "sha256:" + "0" * 64}
    registry.lie = lambda seen: Answer(201, headers=other) if seen.method == "PUT" else None
    with pytest.raises(DamagedError):
        repository(registry).put_manifest(b"{}", KIND)


def test_referrers_where_the_registry_has_them(registry: FakeRegistry) -> None:
    digest = "sha256:" + "0" * 64
    registry.lie = lambda seen: Answer(404) if "referrers" in seen.path else None
    assert repository(registry).referrers(digest) is None
    registry.lie = lambda seen: Answer(body=b'{"manifests": []}') if "referrers" in seen.path else None
    listed = repository(registry).referrers(digest)
    assert listed is not None
    assert json.loads(listed)["manifests"] == []


def test_what_is_not_there_is_said(registry: FakeRegistry) -> None:
    with pytest.raises(UnreadableError, match="has no image none"):
        repository(registry).resolve("none")
