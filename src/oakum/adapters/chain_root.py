"""A trusted root without logs: certificates of an authority of one's own, at the time that a timestamp proves.

For whoever runs an authority and no Sigstore. The certificate chain is verified by ``cryptography``, the timestamp by
``rfc3161-client``; nothing here is cryptography of ours. Without a timestamp nothing is believed, since nobody knows
whether the certificate was valid then.
"""

import json
import warnings
from base64 import b64decode
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import verification
from cryptography.x509.oid import ExtendedKeyUsageOID

from oakum.adapters.certificates import identity_of, issuer_of
from oakum.adapters.pem_keys import public_key
from oakum.kit.errors import ConfigurationError, DamagedError, OakumError
from oakum.model.signature import IN_TOTO, Proven, to_sign

_MOST: Final = 32
_PEM: Final = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo

Json = dict[str, Any]
Certificates = list[x509.Certificate]


class Authority(NamedTuple):
    """Certificates, its own first, and from when to when they count."""

    chain: Certificates
    start: datetime
    end: datetime

    def counts(self, at: datetime) -> bool:
        """Whether it was trusted then; a retired one still was before."""
        return self.start <= at <= self.end


def has_no_logs(data: bytes) -> bool:
    """Whether a trusted root has authorities for timestamps and no log, so that a chain and a timestamp are to do."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and not said.get("tlogs") and bool(said.get("timestampAuthorities"))


class ChainRoot:
    """Implements ``ports.trusted_roots.TrustedRoot``."""

    def __init__(self, data: bytes, name: str) -> None:
        """Read the root.

        Args:
            data: a trusted root as JSON, with ``certificateAuthorities`` and ``timestampAuthorities``.
            name: of its file, for people.

        Raises:
            ConfigurationError: it is none, a part is missing, or what reads timestamps is not installed.
        """
        try:
            import rfc3161_client  # noqa: F401, PLC0415 - comes with the extra; better said now than at a signature
        except ImportError:
            raise ConfigurationError("timestamps cannot be verified", hint="pip install 'oakum[sign]'") from None
        try:
            said = json.loads(data)
            self._authorities = [_authority(one) for one in said["certificateAuthorities"]]
            self._stampers = [_authority(one) for one in said["timestampAuthorities"]]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ConfigurationError(f"{name} is no trusted root that can be used: {error}") from None
        if not self._authorities or not all(len(one.chain) > 1 for one in self._stampers):
            raise ConfigurationError(f"{name} names no authority, or one for timestamps without its own certificate")

    def prove(self, bundle: bytes, digest: str) -> Proven:
        """Who signed, and when, as the chain and a timestamp prove."""
        try:
            return self._prove(json.loads(bundle), digest)
        except OakumError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever hostile bytes make a library raise, it is a refusal
            raise DamagedError(f"it does not hold: {str(error)[:300] or type(error).__name__}") from None

    def logged(self, bundle: bytes) -> None:
        """There are no logs, so none vouches for an entry."""
        del bundle
        raise DamagedError("it names a log, and the trusted root has none")

    def _prove(self, document: Json, digest: str) -> Proven:
        material = document["verificationMaterial"]
        leaf, *between = _material(material)
        signed, signature, payload = _signed(document, digest)
        at = self._time(material, signature)
        self._hold_chain(leaf, between, at)
        key = public_key(leaf.public_key().public_bytes(*_PEM), "the certificate")
        held = key.verifies_digest(signed, signature) if payload is None else key.verifies(signed, signature)
        if not held:
            raise DamagedError("what was signed was changed, or is another artifact")
        identity, issuer = identity_of(leaf), issuer_of(leaf) or leaf.issuer.rfc4514_string()
        if not identity:
            raise DamagedError("its certificate names nobody")
        return Proven(identity, issuer, f"{at:%Y-%m-%dT%H:%M:%SZ}", payload)

    def _time(self, material: Json, signature: bytes) -> datetime:
        """The earliest moment that a trusted timestamp over the signature proves."""
        from rfc3161_client import VerifierBuilder, decode_timestamp_response  # noqa: PLC0415 - comes with the extra

        found = []
        stamps = (material.get("timestampVerificationData") or {}).get("rfc3161Timestamps") or []
        for stamp in stamps[:_MOST]:
            response = decode_timestamp_response(b64decode(stamp["signedTimestamp"]))
            for authority in self._stampers:
                own, *above = authority.chain
                builder = VerifierBuilder().tsa_certificate(own).add_root_certificate(above[-1])
                for one in above[:-1]:
                    builder = builder.add_intermediate_certificate(one)
                if authority.counts(response.tst_info.gen_time) and _holds(builder.build(), response, signature):
                    found.append(response.tst_info.gen_time.astimezone(UTC))
        if not found:
            raise DamagedError("nothing proves when it was signed: no timestamp by a trusted authority")
        return min(found)

    def _hold_chain(self, leaf: x509.Certificate, between: Certificates, at: datetime) -> None:
        valid = f"valid {leaf.not_valid_before_utc:%Y-%m-%dT%H:%M:%SZ} to {leaf.not_valid_after_utc:%Y-%m-%dT%H:%M:%SZ}"
        if not leaf.not_valid_before_utc <= at <= leaf.not_valid_after_utc:
            raise DamagedError(
                f"its certificate was not valid when it was signed: {valid}, signed {at:%Y-%m-%dT%H:%M:%SZ}"
            )
        usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        if ExtendedKeyUsageOID.CODE_SIGNING not in usage:
            raise DamagedError("its certificate is not for signing code")
        chains = [one.chain for one in self._authorities if one.counts(at)]
        if not chains:
            raise DamagedError("no authority of the trusted root counted when it was signed")
        roots, known = [chain[-1] for chain in chains], [one for chain in chains for one in chain[:-1]]
        optional = verification.Criticality.NON_CRITICAL
        above = verification.ExtensionPolicy.webpki_defaults_ca().may_be_present(x509.ExtendedKeyUsage, optional, None)
        below = verification.ExtensionPolicy.webpki_defaults_ee().may_be_present(x509.ExtendedKeyUsage, optional, None)
        builder = verification.PolicyBuilder().store(verification.Store(roots)).time(at.replace(tzinfo=None))
        verifier = builder.extension_policies(ca_policy=above, ee_policy=below).build_client_verifier()
        try:
            verifier.verify(leaf, [*known, *between])
        except (verification.VerificationError, ValueError):
            raise DamagedError("its certificate is by no authority of the trusted root") from None


def _holds(verifier: Any, response: Any, signature: bytes) -> bool:  # noqa: ANN401 - the library's own
    from rfc3161_client import VerificationError  # noqa: PLC0415 - as above

    try:
        verifier.verify_message(response, signature)
    except VerificationError:
        return False
    return True


def _authority(said: Json) -> Authority:
    found = [_certificate(one["rawBytes"]) for one in said["certChain"]["certificates"]]
    if not found:
        raise ValueError("an authority has no certificate")
    valid = said.get("validFor") or {}
    start, end = valid.get("start") or "0001-01-01T00:00:00+00:00", valid.get("end") or "9999-12-31T00:00:00+00:00"
    return Authority(found, datetime.fromisoformat(start), datetime.fromisoformat(end))


def _certificate(text: str) -> x509.Certificate:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # what the library will refuse one day is refused here now
        return x509.load_der_x509_certificate(b64decode(text))


def _material(material: Json) -> Certificates:
    if "certificate" in material:
        return [_certificate(material["certificate"]["rawBytes"])]
    return [_certificate(one["rawBytes"]) for one in material["x509CertificateChain"]["certificates"]][:_MOST]


def _signed(document: Json, digest: str) -> tuple[bytes, bytes, bytes | None]:
    """What was signed (of an artifact its SHA-256), the signature, and the statement of an envelope."""
    if "dsseEnvelope" not in document:
        message = document["messageSignature"]
        return bytes.fromhex(digest.removeprefix("sha256:")), b64decode(message["signature"]), None
    envelope = document["dsseEnvelope"]
    (one,) = envelope["signatures"]
    if envelope["payloadType"] != IN_TOTO:
        raise DamagedError("what was signed is no statement")
    payload = b64decode(envelope["payload"])
    return to_sign(payload), b64decode(one["sig"]), payload
