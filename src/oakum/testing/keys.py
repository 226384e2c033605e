"""Keys of a test's own."""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec


def pem_pair() -> tuple[str, str]:
    """A private and a public key (P-256, PEM)."""
    key = ec.generate_private_key(ec.SECP256R1())
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    public = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return key.private_bytes(serialization.Encoding.PEM, *form).decode(), key.public_key().public_bytes(
        *public
    ).decode()
