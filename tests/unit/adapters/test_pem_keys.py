import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa

from oakum.adapters.pem_keys import private_key, public_key
from oakum.kit.errors import ConfigurationError

GOOD = {
    "p256": ec.generate_private_key(ec.SECP256R1()),
    "p384": ec.generate_private_key(ec.SECP384R1()),
    "ed25519": ed25519.Ed25519PrivateKey.generate(),
    "rsa": rsa.generate_private_key(65_537, 2_048),
}
WEAK = {
    "rsa1024": rsa.generate_private_key(65_537, 1_024),  # noqa: S505 - to be refused
    "p192": ec.generate_private_key(ec.SECP224R1()),
    "dsa": dsa.generate_private_key(2_048),
}


def pem(key: object, password: bytes | None = None) -> bytes:
    hidden: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if password:
        hidden = serialization.BestAvailableEncryption(password)
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, hidden
    return key.private_bytes(*form)  # type: ignore[attr-defined, no-any-return] # every private key has it


def public(key: object) -> bytes:
    form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(*form)  # type: ignore[attr-defined, no-any-return] # as above


@pytest.mark.parametrize("kind", GOOD)
def test_a_signature_holds_for_its_data_and_its_key_alone(kind: str) -> None:
    signs, verifies = private_key(pem(GOOD[kind]), None, "k"), public_key(public(GOOD[kind]), "p")
    signature = signs.sign(b"data")
    assert signs.public.name == verifies.name
    assert verifies.verifies(b"data", signature)
    assert not verifies.verifies(b"date", signature)
    assert not verifies.verifies(b"data", signature[:-1])
    assert not verifies.verifies(b"data", b"")
    other = public_key(public(GOOD["p256" if kind != "p256" else "p384"]), "o")
    assert not other.verifies(b"data", signature)


@pytest.mark.parametrize("kind", WEAK)
def test_weak_keys_are_refused(kind: str) -> None:
    with pytest.raises(ConfigurationError, match="keys are ECDSA"):
        public_key(public(WEAK[kind]), "p")
    with pytest.raises(ConfigurationError, match="keys are ECDSA"):
        private_key(pem(WEAK[kind]), None, "k")


def test_a_password_opens_a_key_and_another_does_not() -> None:
    hidden = pem(GOOD["p256"], b"secret")
    assert private_key(hidden, b"secret", "k").sign(b"x")
    for password in (None, b"wrong"):
        with pytest.raises(ConfigurationError, match="no private key in PKCS#8 that opens"):
            private_key(hidden, password, "k")
    with pytest.raises(ConfigurationError, match="no public key"):
        public_key(b"nothing", "p")
