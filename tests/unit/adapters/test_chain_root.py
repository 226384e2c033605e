"""Certificates of an authority without any log: cosign's tags and bundles, at the time that a timestamp proves."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from oakum.adapters.chain_root import ChainRoot, has_no_logs
from oakum.apps import wiring
from oakum.flows.verify_signature import Trusted, vouched
from oakum.intel.cosign_tags import CERTIFICATE, CHAIN, LOG, SIGNATURE, TIMESTAMP, read_tagged
from oakum.intel.envelopes import BUNDLE, DSSE, SIMPLE, read_bundle, statement_of
from oakum.kit.errors import ConfigurationError, DamagedError
from oakum.model.signature import IN_TOTO, to_sign
from oakum.model.signature import SIGNATURE as SIGNED
from oakum.model.trust import Identity
from oakum.testing.own_sigstore import OwnSigstore
from oakum.testing.own_timestamps import OwnTimestamps, authority_of

pytestmark = pytest.mark.live("openssl")

IMAGE = "sha256:" + "0" * 64
WHO, ISSUER = "build@example.com", "CN=ours"
DAY = timedelta(days=1)
ECDSA = ec.ECDSA(hashes.SHA256())
PAYLOAD = json.dumps(
    {"critical": {"type": "cosign container image signature", "image": {"docker-manifest-digest": IMAGE}}}
).encode()


class Authority:
    """Signs certificates, directly or through one between."""

    def __init__(self) -> None:
        self.key, self.between_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        self.root = self._authority("ours", self.key, self.key, 1)
        self.between = self._authority("between", self.between_key, self.key, 0)

    def _authority(self, of: str, key: Any, by: Any, below: int) -> x509.Certificate:  # noqa: ANN401 - keys
        made = built("ours", of, key.public_key(), (datetime(2020, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)))
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=below), critical=True)
        made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        if of != "ours":
            made = made.add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False
            )
        return made.add_extension(usage(signs=True), critical=True).sign(by, hashes.SHA256())

    def leaf(
        self, valid: tuple[datetime, datetime], kind: x509.ObjectIdentifier = ExtendedKeyUsageOID.CODE_SIGNING, *,
        between: bool = False,
    ) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:  # fmt: skip
        key, by = ec.generate_private_key(ec.SECP256R1()), self.between_key if between else self.key
        made = built("between" if between else "ours", "build", key.public_key(), valid)
        made = made.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(WHO)]), critical=False)
        made = made.add_extension(x509.ExtendedKeyUsage([kind]), critical=False)
        made = made.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
        made = made.add_extension(usage(signs=False), critical=True)
        return key, made.sign(by, hashes.SHA256())


def built(issuer: str, of: str, key: Any, valid: tuple[datetime, datetime]) -> x509.CertificateBuilder:  # noqa: ANN401
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (issuer, of)]
    made = x509.CertificateBuilder().issuer_name(names[0]).subject_name(names[1]).public_key(key)
    return made.serial_number(x509.random_serial_number()).not_valid_before(valid[0]).not_valid_after(valid[1])


def usage(*, signs: bool) -> x509.KeyUsage:
    more = dict.fromkeys(
        (
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, **more)


def pem(*certificates: x509.Certificate) -> str:
    return "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in certificates)


NOW = datetime.now(UTC)
VALID = (NOW - DAY, NOW + DAY)
OURS = Authority()


@pytest.fixture(scope="module")
def times(tmp_path_factory: pytest.TempPathFactory) -> OwnTimestamps:
    return OwnTimestamps(tmp_path_factory.mktemp("time"))


def root(times: OwnTimestamps, authority: Authority = OURS, **more: Any) -> bytes:  # noqa: ANN401 - JSON
    said = {
        "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        "certificateAuthorities": [authority_of("ours", (authority.root,))],
        "timestampAuthorities": [times.authority],
    }
    return json.dumps(said | more).encode()


def tagged(times: OwnTimestamps, made: tuple[Any, x509.Certificate], *chain: x509.Certificate) -> dict[str, str]:
    key, certificate = made
    signature = key.sign(PAYLOAD, ECDSA)
    stamp = b64encode(times.stamp(signature)).decode()
    return {
        SIGNATURE: b64encode(signature).decode(),
        CERTIFICATE: pem(certificate),
        CHAIN: pem(*chain),
        TIMESTAMP: json.dumps({"SignedRFC3161Timestamp": stamp}),
    }


def trusted(data: bytes, who: str = WHO, issuer: str = ISSUER) -> Trusted:
    return Trusted((), (Identity(who, issuer),), wiring.trusted_root(data, "root.json"))


@pytest.mark.parametrize("between", [False, True])
def test_a_certificate_of_our_own_authority_vouches_under_cosign_s_tag(times: OwnTimestamps, between: bool) -> None:  # noqa: FBT001
    issuer = "CN=between" if between else ISSUER
    annotations = tagged(times, OURS.leaf(VALID, between=between), *([OURS.between] if between else []), OURS.root)
    signed = vouched(read_tagged(PAYLOAD, SIMPLE, annotations), IMAGE, trusted(root(times), issuer=issuer), "tag")
    assert (signed.predicate, signed.by, signed.issuer) == (SIGNED, WHO, issuer)
    assert abs(datetime.fromisoformat(signed.at) - NOW) < timedelta(hours=1)


def attested(times: OwnTimestamps, payload: bytes, kind: str = IN_TOTO) -> tuple[bytes, dict[str, str]]:
    key, certificate = OURS.leaf(VALID)
    signature = key.sign(to_sign(payload, kind), ECDSA)
    signatures = [{"sig": b64encode(signature).decode()}]
    envelope = {"payload": b64encode(payload).decode(), "payloadType": kind, "signatures": signatures}
    stamp = json.dumps({"SignedRFC3161Timestamp": b64encode(times.stamp(signature)).decode()})
    return json.dumps(envelope).encode(), {CERTIFICATE: pem(certificate), TIMESTAMP: stamp}


def test_an_attestation_under_a_tag_vouches_too(times: OwnTimestamps) -> None:
    data, annotations = attested(times, statement_of("x:y", IMAGE, "app", {"a": 1}))
    assert vouched(read_tagged(data, DSSE, annotations), IMAGE, trusted(root(times)), "tag").body == b'{"a":1}'


def test_what_is_no_statement_vouches_for_nothing(times: OwnTimestamps) -> None:
    """Neither an empty one, nor one that was signed as something else: here the chain itself is asked."""
    for payload, kind, said in (
        (b"", IN_TOTO, "it is no JSON"),
        (statement_of("x:y", IMAGE, "app", {}), "application/json", "what was signed is no statement"),
    ):
        data, annotations = attested(times, payload, kind)
        chain = annotations[CERTIFICATE].replace("-----BEGIN CERTIFICATE-----", "").partition("-----END")[0]
        stamp = json.loads(annotations[TIMESTAMP])["SignedRFC3161Timestamp"]
        material = {
            "certificate": {"rawBytes": "".join(chain.split())},
            "timestampVerificationData": {"rfc3161Timestamps": [{"signedTimestamp": stamp}]},
        }
        bundle = {"mediaType": BUNDLE, "verificationMaterial": material, "dsseEnvelope": json.loads(data)}
        with pytest.raises(DamagedError, match=said):
            vouched(read_bundle(json.dumps(bundle).encode()), IMAGE, trusted(root(times)), "bundle")


Change = Callable[[dict[str, str]], None]


def without_time(annotations: dict[str, str]) -> None:
    del annotations[TIMESTAMP]


def with_another_signature(annotations: dict[str, str]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    annotations[SIGNATURE] = b64encode(key.sign(PAYLOAD, ECDSA)).decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without_time, "nothing proves when it was signed: no timestamp by a trusted authority"),
        (with_another_signature, "nothing proves when it was signed"),
    ],
)
def test_without_a_proven_time_nothing_is_believed(times: OwnTimestamps, change: Change, said: str) -> None:
    annotations = tagged(times, OURS.leaf(VALID))
    change(annotations)
    with pytest.raises(DamagedError, match=said):
        vouched(read_tagged(PAYLOAD, SIMPLE, annotations), IMAGE, trusted(root(times)), "tag")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: OURS.leaf((NOW - 9 * DAY, NOW - 8 * DAY)), "its certificate was not valid when it was signed: valid "),
        (lambda: OURS.leaf((NOW + DAY, NOW + 2 * DAY)), "its certificate was not valid when it was signed: valid "),
        (lambda: Authority().leaf(VALID), "its certificate is by no authority of the trusted root"),
        (lambda: OURS.leaf(VALID, ExtendedKeyUsageOID.SERVER_AUTH), "its certificate is not for signing code"),
        (lambda: OURS.leaf(VALID, between=True), "its certificate is by no authority of the trusted root"),
    ],
)
def test_a_certificate_that_does_not_do_is_refused_with_its_reason(
    times: OwnTimestamps, made: Callable[[], Any], said: str
) -> None:
    with pytest.raises(DamagedError, match=said):
        vouched(read_tagged(PAYLOAD, SIMPLE, tagged(times, made())), IMAGE, trusted(root(times)), "tag")


def test_another_payload_identity_image_or_authority_of_time_is_refused(times: OwnTimestamps, tmp_path: Path) -> None:
    annotations = tagged(times, OURS.leaf(VALID))
    other = PAYLOAD.replace(b"cosign container", b"cosign  container")
    with pytest.raises(DamagedError):
        vouched(read_tagged(other, SIMPLE, annotations), IMAGE, trusted(root(times)), "tag")
    moved = PAYLOAD.replace(b"000", b"111")
    with pytest.raises(DamagedError, match="what was signed was changed"):
        vouched(read_tagged(moved, SIMPLE, annotations), IMAGE, trusted(root(times)), "tag")
    found = read_tagged(PAYLOAD, SIMPLE, annotations)
    with pytest.raises(DamagedError, match="of another image"):
        vouched(found, "sha256:" + "1" * 64, trusted(root(times)), "tag")
    with pytest.raises(DamagedError, match="it is by another identity: build"):
        vouched(found, IMAGE, trusted(root(times), "other@example.com"), "tag")
    with pytest.raises(DamagedError, match="of another issuer: CN=ours"):
        vouched(found, IMAGE, trusted(root(times), issuer="CN=theirs"), "tag")
    with pytest.raises(DamagedError, match="nothing proves when"):
        vouched(found, IMAGE, trusted(root(OwnTimestamps(tmp_path))), "tag")


def test_a_promise_of_a_log_without_a_proof_is_refused(times: OwnTimestamps) -> None:
    """As cosign 2 leaves it under its tags: a log's promise alone, under a root that has logs."""
    annotations = tagged(times, OURS.leaf(VALID))
    body = b64encode(b'{"kind": "hashedrekord", "apiVersion": "0.0.1"}').decode()
    payload = {"body": body, "integratedTime": 1, "logIndex": 1, "logID": "00"}
    annotations[LOG] = json.dumps({"SignedEntryTimestamp": "AAAA", "Payload": payload})
    found = read_tagged(PAYLOAD, SIMPLE, annotations)
    with pytest.raises(DamagedError, match=r"its log entry has no proof that it is in the log \(inclusion proof\)"):
        vouched(found, IMAGE, trusted(OwnSigstore().trusted_root()), "tag")
    annotations[LOG] = "{"
    with pytest.raises(DamagedError, match="the log's entry beside the signature cannot be read"):
        read_tagged(PAYLOAD, SIMPLE, annotations)


def test_which_roots_are_without_logs_and_which_are_none(times: OwnTimestamps) -> None:
    assert has_no_logs(root(times))
    assert not has_no_logs(OwnSigstore().trusted_root())
    assert not has_no_logs(b"[")
    for data in (b"", b"{}", b"[]", root(times, certificateAuthorities=[]), root(times, timestampAuthorities=[{}])):
        with pytest.raises(ConfigurationError):
            ChainRoot(data, "r")


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"verificationMaterial": {}}', b'{"verificationMaterial": 1}'])
def test_what_is_no_bundle_is_refused(times: OwnTimestamps, data: bytes) -> None:
    with pytest.raises(DamagedError):
        ChainRoot(root(times), "r").prove(data, IMAGE)
    with pytest.raises(DamagedError, match="the trusted root has none"):
        ChainRoot(root(times), "r").logged(data)


def test_authorities_count_for_their_time_alone(times: OwnTimestamps) -> None:
    found = read_tagged(PAYLOAD, SIMPLE, tagged(times, OURS.leaf(VALID)))
    authority, stamper = authority_of("ours", (OURS.root,)), times.authority
    retired = {"start": "2020-01-01T00:00:00Z", "end": "2021-01-01T00:00:00Z"}
    for part, of, said in (
        ("certificateAuthorities", authority, "no authority of the trusted root counted"),
        ("timestampAuthorities", stamper, "nothing proves when it was signed"),
    ):
        changed = json.loads(root(times)) | {part: [{**of, "validFor": retired}]}
        with pytest.raises(DamagedError, match=said):
            vouched(found, IMAGE, trusted(json.dumps(changed).encode()), "tag")
