"""A Sigstore trusted root, through sigstore-python: certificates, logs and timestamps, without a network.

sigstore-python decides; what is said here of a refusal explains it and changes nothing. Some things that it has only
inside are used (its version is pinned): a root out of bytes, the public root's file, the times that it found proven,
and a log's entry without a certificate (a key's bundle may have one).
The extra ``sign`` brings it; where it is missing, a certificate's signature cannot be verified, and that is said.
"""

import base64
import json
from datetime import UTC, datetime
from importlib import resources
from typing import Any, Final

from cryptography import x509

from oakum.adapters.certificates import identity_of, issuer_of
from oakum.kit.errors import ConfigurationError, DamagedError
from oakum.model.signature import IN_TOTO, Proven

_PUBLIC: Final = "https%3A%2F%2Ftuf-repo-cdn.sigstore.dev"
_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"
_SAYINGS: Final = (
    ("cert is not valid at validation time", "its certificate was not valid when it was signed: valid {valid}"),
    ("expired at time of signing", "its certificate was not valid when it was signed: valid {valid}"),
    ("certificate chain", "its certificate is by no authority of the trusted root"),
    ("verify SCT", "no certificate log of the trusted root vouches for its certificate"),
    ("inclusion proof contains invalid root hash", "the proof that it is in the log does not hold"),
    ("checkpoint", "no log of the trusted root signed the state of the log that the proof rests on"),
    ("invalid inclusion promise", "the log's promise does not hold: its time was changed, or it is by another log"),
    ("inconsistent with other materials", "the log's entry is of another signature"),
    ("does not match bundle", "the log's entry is of another signature"),
    ("do not match bundle", "the log's entry is of another signature"),
    ("message digest mismatch", "it is of another artifact"),
    ("invalid signature", "what was signed was changed, or is another artifact"),
    ("Signature is invalid", "what was signed was changed, or is another artifact"),
    ("not enough sources of verified time", "nothing proves when it was signed: no timestamp by a trusted authority"),
    ("Integrated time only supported", "its log entry is of an older kind, for which the log's time does not count"),
    ("no Timestamp Authorities", "nothing proves when it was signed: the trusted root has no authority for timestamps"),
)
"""A part of what sigstore-python says -> what is said here."""


class SigstoreRoot:
    """Implements ``ports.trusted_roots.TrustedRoot``."""

    def __init__(self, data: bytes, name: str) -> None:
        """Read the root.

        Args:
            data: a trusted root as JSON; empty for the public one, as sigstore-python brings it.
            name: of its file, for people.

        Raises:
            ConfigurationError: it is none, or sigstore-python is not there.
        """
        try:
            from sigstore.models import TrustedRoot  # noqa: PLC0415 - heavy, and an extra
            from sigstore.verify import Verifier  # noqa: PLC0415 - as above
            from sigstore_models.trustroot.v1 import TrustedRoot as Parsed  # noqa: PLC0415 - as above
        except ImportError:
            raise ConfigurationError(
                "certificates cannot be verified: sigstore is not installed", hint="pip install 'oakum[sign]'"
            ) from None
        try:
            self._root = TrustedRoot(Parsed.from_json(data or _public()))
            self._verifier = Verifier(trusted_root=self._root)
        except Exception as error:  # noqa: BLE001 - whatever the library raises, the file is of no use
            raise ConfigurationError(f"{name} is no trusted root that can be used: {_first_line(error)}") from None

    def prove(self, bundle: bytes, digest: str) -> Proven:
        """Who signed, and when."""
        document = _document(bundle)
        _look_for_proof(document)
        seen = _Seen()
        try:
            payload, at = self._verify(bundle, digest, seen, enveloped="dsseEnvelope" in document)
        except Exception as error:  # noqa: BLE001 - whatever hostile bytes make the library raise, it is a refusal
            raise DamagedError(_explained(error, document)) from None
        identity, issuer = seen.who
        return Proven(identity, issuer, at, payload)

    def logged(self, bundle: bytes) -> None:
        """Hold the entries of a key's bundle to the logs."""
        from sigstore._internal.trust import KeyringPurpose  # noqa: PLC0415 - as above
        from sigstore.models import TransparencyLogEntry  # noqa: PLC0415 - as above
        from sigstore_models.bundle.v1 import Bundle  # noqa: PLC0415 - as above

        document, keys = _document(bundle), self._root.rekor_keyring(KeyringPurpose.VERIFY)
        try:
            for entry in Bundle.from_json(bundle).verification_material.tlog_entries:
                TransparencyLogEntry(entry)._verify(keys)  # noqa: SLF001 - see above
        except Exception as error:  # noqa: BLE001 - as above
            raise DamagedError(_explained(error, document)) from None

    def _verify(self, bundle: bytes, digest: str, seen: "_Seen", *, enveloped: bool) -> tuple[bytes | None, str]:
        """The statement of an envelope, and the earliest moment that is proven."""
        from sigstore.hashes import Hashed  # noqa: PLC0415 - as above
        from sigstore.models import Bundle  # noqa: PLC0415 - as above
        from sigstore_models.common.v1 import HashAlgorithm  # noqa: PLC0415 - as above

        parsed, payload = Bundle.from_json(bundle), None
        if enveloped:
            kind, payload = self._verifier.verify_dsse(parsed, seen)
            if kind != IN_TOTO:
                raise DamagedError("what was signed is no statement")
        else:
            hashed = Hashed(algorithm=HashAlgorithm.SHA2_256, digest=bytes.fromhex(digest.removeprefix("sha256:")))
            self._verifier.verify_artifact(hashed, parsed, seen)
        times = self._verifier._establish_time(parsed)  # noqa: SLF001 - see above
        return payload, min(one.time for one in times).strftime(_TIME)


def _public() -> bytes:
    """The public instance's root: it is as old as the installed sigstore-python, and nothing is fetched."""
    return resources.files("sigstore._store").joinpath(_PUBLIC, "trusted_root.json").read_bytes()


class _Seen:
    """A verification policy that takes down whom the certificate names; whoever asked judges that."""

    def __init__(self) -> None:
        self.who = ("", "")

    def verify(self, cert: x509.Certificate) -> None:
        self.who = identity_of(cert), issuer_of(cert)
        if not all(self.who):
            raise DamagedError("its certificate names nobody, or not who vouches for that")


def _document(bundle: bytes) -> dict[str, Any]:
    try:
        found = json.loads(bundle)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise DamagedError("it is no Sigstore bundle")
    return found


def _look_for_proof(document: dict[str, Any]) -> None:
    """Say what is missing by its own name, before the library says that some field is required."""
    material = document.get("verificationMaterial")
    material = material if isinstance(material, dict) else {}
    entries = material.get("tlogEntries")
    if not isinstance(entries, list) or not entries:
        raise DamagedError("no transparency log proves it: the bundle has no log entry")
    entry = entries[0] if isinstance(entries[0], dict) else {}
    proof = entry.get("inclusionProof")
    if not isinstance(proof, dict) or not proof.get("checkpoint"):
        raise DamagedError("its log entry has no proof that it is in the log (inclusion proof)")
    stamps = material.get("timestampVerificationData")
    stamped = isinstance(stamps, dict) and bool(stamps.get("rfc3161Timestamps"))
    if not entry.get("inclusionPromise") and not stamped:
        raise DamagedError("nothing proves when it was signed: neither the log's promise nor a timestamp is there")


def _explained(error: Exception, document: dict[str, Any]) -> str:
    said = str(error)
    if isinstance(error, DamagedError):
        return said
    for part, saying in _SAYINGS:
        if part in said:
            return saying.format(valid=_valid(document)) if "{" in saying else saying
    return f"it does not hold: {_first_line(error)}"


def _valid(document: dict[str, Any]) -> str:
    """The certificate's time, and the one that is proven; as far as they can be read."""
    try:
        material = document["verificationMaterial"]
        chain = material.get("x509CertificateChain", {}).get("certificates", [])
        raw = material["certificate"] if "certificate" in material else chain[0]
        certificate = x509.load_der_x509_certificate(base64.b64decode(raw["rawBytes"]))
        valid = f"{certificate.not_valid_before_utc:%Y-%m-%dT%H:%M:%SZ} to {certificate.not_valid_after_utc:%H:%M:%SZ}"
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return "at another time"
    return f"{valid}, signed {_moment(document) or 'at the time of a timestamp'}"


def _moment(document: dict[str, Any]) -> str:
    """When the log promised to take it; empty where only a timestamp says when."""
    try:
        entry = document["verificationMaterial"]["tlogEntries"][0]
        seconds = int(entry["integratedTime"]) if entry.get("inclusionPromise") else 0
        return datetime.fromtimestamp(seconds, UTC).strftime(_TIME) if seconds else ""
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, OSError):
        return ""


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).split("\n", 1)[0][:300]
