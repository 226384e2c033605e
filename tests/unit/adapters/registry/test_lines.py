from collections.abc import Iterator

import pytest

from oakum.adapters.registry.lines import parts_of
from oakum.adapters.registry.repository import RegistryRepository
from oakum.kit.errors import DamagedError, TryLaterError
from oakum.model.fetching import Site, Trust
from oakum.testing.registry import Answer, FakeRegistry, Seen

BLOB = b"x" * 5000


@pytest.fixture
def registry() -> Iterator[FakeRegistry]:
    with FakeRegistry() as one:
        yield one


def repository(registry: FakeRegistry) -> RegistryRepository:
    return RegistryRepository((Site(registry.host, "app", plain=True),), Trust())


@pytest.mark.parametrize("url", ["http://[", "http://a:99999/", "http://a:b/", "//[x/", "http://a b/", "http://\xb2/"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(DamagedError):
        parts_of(url, "https://registry.example/v2/")


@pytest.mark.parametrize("stated", ["\xb2", "-1", "9" * 5000, "1e3", ""])
def test_a_length_that_is_no_number_says_nothing(registry: FakeRegistry, stated: str) -> None:
    digest = registry.put(BLOB)
    registry.lie = lambda _: Answer(body=BLOB, headers={"Content-Length": stated}, cut=len(BLOB))
    taken = bytearray()
    if stated == "9" * 5000:  # it is one, and a lie
        with pytest.raises(DamagedError):
            repository(registry).fetch(digest, len(BLOB), taken.extend)
    else:
        repository(registry).fetch(digest, len(BLOB), taken.extend)
        assert taken == BLOB


@pytest.mark.parametrize("stated", ["\xb2", "-5", "soon"])
def test_a_time_to_wait_that_is_none_is_ours_to_choose(registry: FakeRegistry, stated: str) -> None:
    digest = registry.put(BLOB)
    left = [1]

    def lie(_: Seen) -> Answer | None:
        left[0] -= 1
        return Answer(429, headers={"Retry-After": stated}) if left[0] >= 0 else None

    registry.lie = lie
    assert repository(registry).document(digest, manifest=False) == BLOB


def test_a_reason_that_is_no_utf_8_is_left_out(registry: FakeRegistry) -> None:
    registry.lie = lambda _: Answer(503, b'{"errors": [{"message": "\xff\xfe"}]}', {"Retry-After": "86400"})
    with pytest.raises(TryLaterError, match="503"):
        repository(registry).document("sha256:" + "a" * 64, manifest=False)


def test_a_token_that_is_no_utf_8_is_refused(registry: FakeRegistry) -> None:
    realm = f'Bearer realm="http://{registry.host}/token"'
    registry.lie = lambda seen: (
        Answer(body=b'{"token": "\xff"}') if seen.path == "/token" else Answer(401, headers={"WWW-Authenticate": realm})
    )
    with pytest.raises(DamagedError):
        repository(registry).document("sha256:" + "a" * 64, manifest=False)
