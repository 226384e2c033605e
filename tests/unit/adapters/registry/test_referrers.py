"""Referrers, against a stub that lists them as the specification says (no registry at hand does)."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from oakum.adapters.clock import MachineClock
from oakum.adapters.pem_keys import PemPublicKey, private_key, public_key
from oakum.adapters.registry.repository import RegistryRepository
from oakum.adapters.sigstore_root import SigstoreRoot
from oakum.flows.sign_image import attach_bundle, attest_image, sign_image
from oakum.flows.verify_image import verify_image, verify_read
from oakum.flows.verify_signature import Trusted
from oakum.intel.envelopes import statement_of
from oakum.kit.errors import DamagedError, LimitError
from oakum.model.fetching import Site, Trust
from oakum.model.signature import SIGNATURE
from oakum.model.trust import Identity
from oakum.testing.images import Layer, digest_of
from oakum.testing.keys import pem_pair
from oakum.testing.own_sigstore import OwnSigstore
from oakum.testing.referrers_registry import ReferrersRegistry
from oakum.testing.registry import Answer, Seen

PRIVATE, PUBLIC = pem_pair()
KEY = private_key(PRIVATE.encode(), None, "key")
OURS: PemPublicKey = public_key(PUBLIC.encode(), "key")
CLOCK = MachineClock()


@pytest.fixture
def registry() -> Iterator[ReferrersRegistry]:
    with ReferrersRegistry() as made:
        yield made


def repository(registry: ReferrersRegistry) -> RegistryRepository:
    site = Site(registry.host, "app", plain=True)
    return RegistryRepository((site,), Trust(), write=True)


def image(registry: ReferrersRegistry, tag: str = "1") -> str:
    return str(registry.put_image("app", tag, [Layer(files={"x": tag.encode()})])["digest"])


def test_a_registry_that_notes_the_subject_gets_no_tag_for_it(registry: ReferrersRegistry) -> None:
    digest, one = image(registry), repository(registry)
    sign_image(one, digest, KEY, CLOCK, "app")
    assert not [name for name in registry.manifests if "sha256-" in name]
    found = verify_image(repository(registry), digest, Trusted((OURS,)))
    assert [(signed.predicate, signed.form) for signed in found.signed] == [(SIGNATURE, "bundle")]


def test_every_page_is_read(registry: ReferrersRegistry) -> None:
    digest, one = image(registry), repository(registry)
    for number in range(5):
        attest_image(one, (digest, "app"), (f"https://example.com/{number}", {}), KEY, CLOCK)
    found = verify_image(repository(registry), digest, Trusted((OURS,)))
    assert len(found.signed) == 5
    assert len([seen for seen in registry.seen if "/referrers/" in seen.path and seen.method == "GET"]) == 3


def test_keys_and_identities_stand_beside_each_other(registry: ReferrersRegistry) -> None:
    digest, one, ours = image(registry), repository(registry), OwnSigstore()
    sign_image(one, digest, KEY, CLOCK, "app")
    at = datetime(2026, 3, 1, tzinfo=UTC)
    bundle = ours.statement_bundle(
        statement_of(SIGNATURE, digest, "app", {}), "a@example.com", "https://i.example", at, timedelta(0)
    )
    attach_bundle(one, digest, bundle, SIGNATURE, CLOCK)
    identity = (Identity("*@example.com", "https://i.example"),)
    trusted = Trusted((OURS,), identity, SigstoreRoot(ours.trusted_root(), "root"))
    assert {one.by for one in verify_image(one, digest, trusted).signed} == {OURS.name, "a@example.com"}
    alone = verify_image(one, digest, Trusted((), identity, trusted.root))
    assert [one.by for one in alone.signed] == ["a@example.com"]
    assert any("by another key" in one for one in alone.refused)


def test_a_signature_of_the_index_counts_for_the_image_that_was_read_out_of_it(registry: ReferrersRegistry) -> None:
    entry = registry.put_image("app", "", [Layer(files={"x": b"x"})])
    index = registry.put_index("app", "multi", [entry])
    one = repository(registry)
    sign_image(one, str(index["digest"]), KEY, CLOCK, "app")
    assert verify_image(one, str(entry["digest"]), Trusted((OURS,))).signed == ()
    assert verify_read(one, str(entry["digest"]), "multi", Trusted((OURS,))).signed
    assert verify_image(one, str(index["digest"]), Trusted((OURS,))).signed
    attest_image(one, (str(entry["digest"]), "app"), ("https://example.com/x", {}), KEY, CLOCK)
    both = verify_read(one, str(entry["digest"]), "multi", Trusted((OURS,))).signed
    assert {signed.predicate for signed in both} == {SIGNATURE, "https://example.com/x"}


def test_a_broken_one_beside_it_takes_nothing_from_what_holds(registry: ReferrersRegistry) -> None:
    """Whoever can push could list one that is not there, or is none."""
    digest, one = image(registry), repository(registry)
    sign_image(one, digest, KEY, CLOCK, "app")
    for data in (b"not json", b"[]"):
        one.put_blob(digest_of(data), len(data), data)
    listed = json.loads(one.referrers(digest) or b"")["manifests"]
    broken = [{"digest": name} for name in (digest_of(b"nowhere"), digest_of(b"[]"), "none", "sha512:0")]
    body = json.dumps({"manifests": [*broken, *listed]}).encode()
    registry.manifests[f"app@{digest_of(b'[]')}"] = ("application/vnd.oci.image.manifest.v1+json", b"[]")
    found = verify_image(_answering(registry, Answer(body=body)), digest, Trusted((OURS,)))
    assert [signed.predicate for signed in found.signed] == [SIGNATURE]
    assert len(found.refused) == 4


def _answering(registry: ReferrersRegistry, answer: Answer) -> RegistryRepository:
    def lie(seen: Seen) -> Answer | None:
        return answer if "/referrers/" in seen.path else None

    registry.lie = lie
    return repository(registry)


def test_a_page_for_people_is_no_list_and_the_tag_is_asked(registry: ReferrersRegistry) -> None:
    page = Answer(body=b"<html>", headers={"Content-Type": "text/html; charset=utf-8"})
    assert _answering(registry, page).referrers(image(registry)) is None


@pytest.mark.parametrize(
    ("link", "error"),
    [
        ("http://elsewhere.invalid/v2/x", DamagedError),
        ("http://[", DamagedError),
        ("//elsewhere.invalid/x", DamagedError),
    ],
)
def test_no_other_registry_is_asked_for_the_next_page(
    registry: ReferrersRegistry, link: str, error: type[Exception]
) -> None:
    answer = Answer(body=b'{"manifests": []}', headers={"Link": f'<{link}>; rel="next"'})
    with pytest.raises(error):
        _answering(registry, answer).referrers(image(registry))


def test_a_next_page_that_was_read_ends_the_list(registry: ReferrersRegistry) -> None:
    digest = image(registry)
    link = f'</v2/app/referrers/{digest}?p=1>; rel="next"'
    listed = _answering(registry, Answer(body=b'{"manifests": [{}]}', headers={"Link": link})).referrers(digest)
    assert listed is not None
    assert len(json.loads(listed)["manifests"]) == 2


@pytest.mark.parametrize("body", [b"", b"[]", b'{"manifests": 7}', b"\xff", b"[" * 5000])
def test_what_is_no_list_is_said(registry: ReferrersRegistry, body: bytes) -> None:
    with pytest.raises(DamagedError, match="gives no list of what refers"):
        _answering(registry, Answer(body=body)).referrers(image(registry))


def test_an_endless_list_is_cut_off(registry: ReferrersRegistry) -> None:
    body = json.dumps({"manifests": [{}] * 10_001}).encode()
    with pytest.raises(LimitError, match="lists more than 10,000"):
        _answering(registry, Answer(body=body)).referrers(image(registry))
