"""One signature against who is trusted."""

import hashlib
import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from oakum.adapters.pem_keys import PemPrivateKey
from oakum.adapters.sigstore_root import SigstoreRoot
from oakum.flows.verify_signature import Trusted, vouched
from oakum.intel.envelopes import BUNDLE, bundle_of, read_bundle, statement_of
from oakum.kit.errors import DamagedError
from oakum.model.signature import SIGNATURE, Signed, to_sign
from oakum.model.trust import Identity
from oakum.testing.own_sigstore import OwnSigstore

IMAGE = "sha256:" + "0" * 64
WHO, ISSUER = "https://git.example/team/app/build.yml@refs/tags/v1", "https://tokens.example"
OURS = OwnSigstore()
ROOT = SigstoreRoot(OURS.trusted_root(), "root.json")
AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FILE = b"hello"
FILE_DIGEST = "sha256:" + hashlib.sha256(FILE).hexdigest()


def trusted(identity: str = WHO, issuer: str = ISSUER) -> Trusted:
    return Trusted((), (Identity(identity, issuer),), ROOT)


def by_identity(digest: str = IMAGE) -> bytes:
    return OURS.statement_bundle(statement_of("x:y", digest, "app", {"a": 1}), WHO, ISSUER, AT, timedelta(0))


@pytest.mark.parametrize(
    "identity", [WHO, "https://git.example/team/*/build.yml@refs/tags/*", "https://git.example/**"]
)
def test_an_identity_that_is_trusted_vouches(identity: str) -> None:
    found = vouched(read_bundle(by_identity()), IMAGE, trusted(identity), "bundle")
    assert found == Signed("x:y", WHO, "bundle", b'{"a":1}', ISSUER, "2026-03-01T12:00:00Z")


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (trusted("https://git.example/other/**"), "another identity: https://git.example/team/app/build.yml"),
        (trusted("https://git.example/*"), "another identity"),
        (trusted(issuer="https://elsewhere.example"), "of another issuer: https://tokens.example"),
        (Trusted((), (Identity(WHO, ISSUER),)), "no trusted root"),
        (Trusted((), (), ROOT), "another identity"),
    ],
)
def test_who_is_not_trusted_is_named(who: Trusted, said: str) -> None:
    with pytest.raises(DamagedError, match=said):
        vouched(read_bundle(by_identity()), IMAGE, who, "bundle")


def test_a_statement_on_another_image_vouches_for_nothing_here() -> None:
    with pytest.raises(DamagedError, match="of another image: sha256:111"):
        vouched(read_bundle(by_identity("sha256:" + "1" * 64)), IMAGE, trusted(), "bundle")


def test_a_file_is_signed_by_an_identity_or_by_a_key() -> None:
    by_name = read_bundle(OURS.file_bundle(FILE, WHO, ISSUER, AT))
    assert vouched(by_name, FILE_DIGEST, trusted(), "bundle").predicate == SIGNATURE
    key = PemPrivateKey(ec.generate_private_key(ec.SECP256R1()))
    by_key = read_bundle(signed_file(key.sign(FILE)))
    assert vouched(by_key, FILE_DIGEST, Trusted((key.public,)), "bundle").by == key.public.name
    with pytest.raises(DamagedError, match="by another key"):
        vouched(by_key, IMAGE, Trusted((key.public,)), "bundle")


def signed_file(signature: bytes, digest: bytes = b"") -> bytes:
    message = {"signature": b64encode(signature).decode()}
    noted = {"messageDigest": {"algorithm": "SHA2_256", "digest": b64encode(digest).decode()}} if digest else {}
    document = {"mediaType": BUNDLE, "verificationMaterial": {"publicKey": {}}, "messageSignature": message | noted}
    return json.dumps(document).encode()


def test_the_digest_beside_a_signature_must_be_the_artifacts() -> None:
    key = PemPrivateKey(ec.generate_private_key(ec.SECP256R1()))
    bundle = read_bundle(signed_file(key.sign(FILE), bytes(32)))
    with pytest.raises(DamagedError, match="of another image: sha256:000"):
        vouched(bundle, FILE_DIGEST, Trusted((key.public,)), "bundle")


def test_a_key_that_signs_no_digest_says_so() -> None:
    key = PemPrivateKey(ed25519.Ed25519PrivateKey.generate())
    with pytest.raises(DamagedError, match="sign no SHA-256"):
        vouched(read_bundle(signed_file(key.sign(FILE))), FILE_DIGEST, Trusted((key.public,)), "bundle")


def with_entry(*, of: bytes) -> tuple[bytes, Trusted]:
    """A key's bundle with the log entry of another bundle around the same statement, or of its own."""
    key = PemPrivateKey(OURS_KEY)
    payload = statement_of("x:y", IMAGE, "app", {})
    signature = key.sign(to_sign(payload))
    document = json.loads(bundle_of(payload, signature, "hint"))
    logged = OURS.entry_of(of or payload, signature)
    document["verificationMaterial"]["tlogEntries"] = [logged]
    return json.dumps(document).encode(), Trusted((key.public,), (), ROOT)


OURS_KEY = ec.generate_private_key(ec.SECP256R1())


def test_a_log_entry_beside_a_key_counts_where_a_root_is_there() -> None:
    data, who = with_entry(of=b"")
    assert vouched(read_bundle(data), IMAGE, who, "bundle").predicate == "x:y"
    data, who = with_entry(of=b"something else")
    with pytest.raises(DamagedError, match="of another signature"):
        vouched(read_bundle(data), IMAGE, who, "bundle")
    assert vouched(read_bundle(data), IMAGE, Trusted(who.keys), "bundle").predicate == "x:y"


def test_an_empty_statement_says_nothing_of_any_image() -> None:
    bundle = read_bundle(OURS.statement_bundle(b"", WHO, ISSUER, AT, timedelta(0)))
    with pytest.raises(DamagedError, match="it is no JSON"):
        vouched(bundle, IMAGE, trusted(), "bundle")


def test_what_was_signed_as_another_type_is_no_statement() -> None:
    said = statement_of("x:y", IMAGE, "app", {})
    bundle = read_bundle(OURS.statement_bundle(said, WHO, ISSUER, AT, timedelta(0), "application/json"))
    with pytest.raises(DamagedError, match="what was signed is no statement"):
        vouched(bundle, IMAGE, trusted(), "bundle")
