"""Certificates for servers and clients of tests, by an authority of our own."""

import os
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID


def write_certificates(folder: str, *names: str) -> None:
    """Write ``ca.pem``, and for each name ``NAME.pem`` and ``NAME.key``, for both ends of a connection."""
    authority = ec.generate_private_key(ec.SECP256R1())
    issuer = _named("authority of tests")
    root = _begun(issuer, issuer, authority.public_key()).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    _write(folder, "ca.pem", root.sign(authority, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    for name in names:
        key = ec.generate_private_key(ec.SECP256R1())
        usages = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
        begun = _begun(_named(name), issuer, key.public_key())
        names_of = [x509.DNSName(name), x509.IPAddress(ip_address("127.0.0.1"))]  # a bare system knows no localhost
        begun = begun.add_extension(x509.SubjectAlternativeName(names_of), critical=False)
        begun = begun.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
        _write(folder, f"{name}.pem", begun.sign(authority, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
        form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        _write(folder, f"{name}.key", key.private_bytes(serialization.Encoding.PEM, *form))


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _begun(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
    )


def _write(folder: str, name: str, data: bytes) -> None:
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)
