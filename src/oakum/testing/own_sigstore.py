"""A Sigstore of a test's own: an authority for certificates, a log of them, and a log of signatures."""

import base64
import hashlib
import struct
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from oakum.intel.envelopes import BUNDLE
from oakum.model.signature import IN_TOTO, to_sign

Json = dict[str, Any]

_ISSUER: Final = ObjectIdentifier("1.3.6.1.4.1.57264.1.8")
_OLD_ISSUER: Final = ObjectIdentifier("1.3.6.1.4.1.57264.1.1")
_SCTS: Final = ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
_ROOT: Final = "application/vnd.dev.sigstore.trustedroot+json;version=0.1"
_LOG: Final = "log.example"
_SHA256: Final = ec.ECDSA(hashes.SHA256())
_MINUTES: Final = timedelta(minutes=10)
_START: Final = datetime(2020, 1, 1, tzinfo=UTC)


class OwnSigstore:
    """Signs as Fulcio, a certificate log and Rekor would, so that a verifier finds nothing amiss.

    Sources: Sigstore's client specification and bundle 0.3, RFC 6962 (certificate transparency), the signed note of
    transparency logs.
    """

    def __init__(self) -> None:
        """Make its keys and its authority."""
        self._authority_key = ec.generate_private_key(ec.SECP256R1())
        self._certificate_log = ec.generate_private_key(ec.SECP256R1())
        self._log = ec.generate_private_key(ec.SECP256R1())
        self._authority = self._make_authority()

    def trusted_root(self) -> bytes:
        """What a verifier trusts: a trusted root, as JSON."""
        authority = {
            "subject": {"organization": "example", "commonName": "authority"},
            "uri": "https://authority.example",
            "certChain": {"certificates": [{"rawBytes": _text(_der(self._authority))}]},
            "validFor": {"start": "2020-01-01T00:00:00Z"},
        }
        document = {
            "mediaType": _ROOT,
            "tlogs": [_log(self._log)],
            "certificateAuthorities": [authority],
            "ctlogs": [_log(self._certificate_log)],
            "timestampAuthorities": [],
        }
        return msgspec.json.encode(document)

    def statement_bundle(
        self, payload: bytes, identity: str, issuer: str, at: datetime, late: timedelta, kind: str = IN_TOTO
    ) -> bytes:
        """A bundle around an in-toto statement.

        Args:
            payload: the statement.
            identity: whom the certificate names: a mail address or a URI.
            issuer: who said so.
            at: begin of the certificate's ten minutes.
            late: how much later the log says that it had the signature.
            kind: type of the payload.
        """
        key, certificate = self._certificate(identity, issuer, at)
        signature = key.sign(to_sign(payload, kind), _SHA256)
        entry = self.entry_of(payload, signature, _pem(certificate), at + late)
        envelope = {"payload": _text(payload), "payloadType": kind, "signatures": [{"sig": _text(signature)}]}
        return msgspec.json.encode(_bundle(certificate, entry) | {"dsseEnvelope": envelope})

    def entry_of(self, payload: bytes, signature: bytes, verifier: bytes = b"", at: datetime = _START) -> Json:
        """The log's entry for an envelope: of a certificate, or of a key that the log does not name."""
        said = {
            "envelopeHash": {"algorithm": "sha256", "value": hashlib.sha256(payload).hexdigest()},
            "payloadHash": {"algorithm": "sha256", "value": hashlib.sha256(payload).hexdigest()},
            "signatures": [{"signature": _text(signature), "verifier": _text(verifier)}],
        }
        return self._entry("dsse", said, at)

    def file_bundle(self, data: bytes, identity: str, issuer: str, at: datetime) -> bytes:
        """A bundle with the signature of a file."""
        key, certificate = self._certificate(identity, issuer, at)
        signature, digest = key.sign(data, _SHA256), hashlib.sha256(data)
        said = {
            "data": {"hash": {"algorithm": "sha256", "value": digest.hexdigest()}},
            "signature": {"content": _text(signature), "publicKey": {"content": _text(_pem(certificate))}},
        }
        message = {
            "messageDigest": {"algorithm": "SHA2_256", "digest": _text(digest.digest())},
            "signature": _text(signature),
        }
        entry = self._entry("hashedrekord", said, at)
        return msgspec.json.encode(_bundle(certificate, entry) | {"messageSignature": message})

    def _make_authority(self) -> x509.Certificate:
        key = self._authority_key
        name = _name("authority")
        made = _built(name, name, key.public_key(), (_START, _START + timedelta(days=20_000)))
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        made = made.add_extension(_usage(signs_certificates=True), critical=True)
        made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        return made.sign(key, hashes.SHA256())

    def _certificate(
        self, identity: str, issuer: str, at: datetime
    ) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        """A certificate for an identity, with the word of the certificate log in it."""
        key = ec.generate_private_key(ec.SECP256R1())
        named = x509.UniformResourceIdentifier(identity) if ":" in identity else x509.RFC822Name(identity)
        above = self._authority_key.public_key()
        made = _built(self._authority.subject, x509.Name([]), key.public_key(), (at, at + _MINUTES))
        made = made.add_extension(_usage(signs_certificates=False), critical=True)
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), critical=False)
        made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        made = made.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above), critical=False)
        made = made.add_extension(x509.SubjectAlternativeName([named]), critical=True)
        said = issuer.encode()
        made = made.add_extension(x509.UnrecognizedExtension(_OLD_ISSUER, said), critical=False)
        made = made.add_extension(x509.UnrecognizedExtension(_ISSUER, b"\x0c%c%b" % (len(said), said)), critical=False)
        bare = made.sign(self._authority_key, hashes.SHA256())
        noted = x509.UnrecognizedExtension(_SCTS, self._noted(bare.tbs_certificate_bytes, at))
        return key, made.add_extension(noted, critical=False).sign(self._authority_key, hashes.SHA256())

    def _noted(self, certificate: bytes, at: datetime) -> bytes:
        """The certificate log's signed word, as a list of one, in an octet string (RFC 6962, 3.2 and 3.3)."""
        above = hashlib.sha256(_public(self._authority_key)).digest()
        moment = struct.pack(">Q", int(at.timestamp() * 1000))
        said = b"\x00\x00" + moment + b"\x00\x01" + above + len(certificate).to_bytes(3, "big") + certificate
        signature = self._certificate_log.sign(said + b"\x00\x00", _SHA256)
        log = hashlib.sha256(_public(self._certificate_log)).digest()
        one = b"\x00" + log + moment + b"\x00\x00" + b"\x04\x03" + struct.pack(">H", len(signature)) + signature
        listed = struct.pack(">HH", len(one) + 2, len(one)) + one
        return b"\x04%c%b" % (len(listed), listed)  # 121 to 123 bytes: a short length

    def _entry(self, kind: str, said: Json, at: datetime) -> Json:
        """A log's entry, the second of two, with the proof that it is in there and the log's promise of it."""
        body = msgspec.json.encode({"apiVersion": "0.0.1", "kind": kind, "spec": said})
        other = hashlib.sha256(b"\x00other").digest()
        root = hashlib.sha256(b"\x01" + other + hashlib.sha256(b"\x00" + body).digest()).digest()
        id_ = hashlib.sha256(_public(self._log)).digest()
        note = f"{_LOG}\n2\n{_text(root)}\n"
        mark = _text(id_[:4] + self._log.sign(note.encode(), _SHA256))
        seconds = int(at.timestamp())
        promised = {"body": _text(body), "integratedTime": seconds, "logID": id_.hex(), "logIndex": 1}
        promise = self._log.sign(msgspec.json.encode(promised), _SHA256)
        return {
            "logIndex": "1",
            "logId": {"keyId": _text(id_)},
            "kindVersion": {"kind": kind, "version": "0.0.1"},
            "integratedTime": str(seconds),
            "inclusionPromise": {"signedEntryTimestamp": _text(promise)},
            "inclusionProof": {
                "logIndex": "1",
                "rootHash": _text(root),
                "treeSize": "2",
                "hashes": [_text(other)],
                "checkpoint": {"envelope": f"{note}\n\N{EM DASH} {_LOG} {mark}\n"},
            },
            "canonicalizedBody": _text(body),
        }


def _bundle(certificate: x509.Certificate, entry: Json) -> Json:
    material = {"certificate": {"rawBytes": _text(_der(certificate))}, "tlogEntries": [entry]}
    return {"mediaType": BUNDLE, "verificationMaterial": material}


def _built(
    issuer: x509.Name, subject: x509.Name, key: ec.EllipticCurvePublicKey, valid: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    made = x509.CertificateBuilder().issuer_name(issuer).subject_name(subject).public_key(key)
    return made.serial_number(x509.random_serial_number()).not_valid_before(valid[0]).not_valid_after(valid[1])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    parts = ((NameOID.ORGANIZATION_NAME, "example"), (NameOID.COMMON_NAME, common))
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts])


def _log(key: ec.EllipticCurvePrivateKey) -> Json:
    public = _public(key)
    return {
        "baseUrl": f"https://{_LOG}",
        "hashAlgorithm": "SHA2_256",
        "publicKey": {
            "rawBytes": _text(public),
            "keyDetails": "PKIX_ECDSA_P256_SHA_256",
            "validFor": {"start": "2020-01-01T00:00:00Z"},
        },
        "logId": {"keyId": _text(hashlib.sha256(public).digest())},
    }


def _public(key: ec.EllipticCurvePrivateKey) -> bytes:
    form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(*form)


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
