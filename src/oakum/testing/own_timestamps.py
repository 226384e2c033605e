"""An authority for timestamps of a test's own, which openssl is (RFC 3161)."""

import subprocess
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_START: Final = datetime(2020, 1, 1, tzinfo=UTC)
_LONG: Final = timedelta(days=20_000)


class OwnTimestamps:
    """Stamps with the present time.

    Args:
        folder: where openssl's files lie.
    """

    def __init__(self, folder: Path) -> None:
        """Make its keys and its certificates."""
        self._folder = folder
        above, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        top = _built("top", above.public_key()).add_extension(
            x509.BasicConstraints(ca=True, path_length=1), critical=True
        )
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        leaf = _built("time", key.public_key()).add_extension(usage, critical=True).sign(above, hashes.SHA256())
        self._chain = (leaf, top.sign(above, hashes.SHA256()))
        (folder / "leaf.pem").write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
        form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        (folder / "time.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
        (folder / "serial").write_text("01\n")
        (folder / "ts.cnf").write_text(
            f"[tsa]\ndefault_tsa=t\n[t]\nserial={folder}/serial\ncrypto_device=builtin\nsigner_digest=sha256\n"
            "default_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\ness_cert_id_alg=sha256\n"
        )

    @property
    def authority(self) -> dict[str, Any]:
        """As a trusted root names it."""
        return authority_of("time", self._chain)

    def stamp(self, data: bytes) -> bytes:
        """A timestamp over the data."""
        (self._folder / "data").write_bytes(data)
        ask = ["openssl", "ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "q"]
        answer = ["openssl", "ts", "-reply", "-config", "ts.cnf", "-section", "t", "-queryfile", "q", "-out", "r"]
        for words in (ask, [*answer, "-signer", "leaf.pem", "-inkey", "time.pem"]):
            subprocess.run(words, cwd=self._folder, check=True, capture_output=True)  # noqa: S603 - no foreign word
        return (self._folder / "r").read_bytes()


def authority_of(name: str, chain: tuple[x509.Certificate, ...]) -> dict[str, Any]:
    """An authority as a trusted root names it."""
    encoded = [b64encode(one.public_bytes(serialization.Encoding.DER)).decode() for one in chain]
    return {
        "subject": {"organization": "example", "commonName": name},
        "uri": f"https://{name}.example",
        "certChain": {"certificates": [{"rawBytes": one} for one in encoded]},
        "validFor": {"start": "2020-01-01T00:00:00Z"},
    }


def _built(of: str, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    made = x509.CertificateBuilder().issuer_name(_name("top")).subject_name(_name(of)).public_key(public)
    made = made.serial_number(x509.random_serial_number()).not_valid_before(_START)
    return made.not_valid_after(_START + _LONG)


def _name(of: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, of)])
