"""Whom a certificate names, and who says so (Fulcio's certificate profile)."""

from typing import Final

from cryptography import x509
from cryptography.x509.oid import ObjectIdentifier

_ISSUER: Final = ObjectIdentifier("1.3.6.1.4.1.57264.1.8")
_OLD_ISSUER: Final = ObjectIdentifier("1.3.6.1.4.1.57264.1.1")
_USER_NAME: Final = ObjectIdentifier("1.3.6.1.4.1.57264.1.7")
_DER_TEXT: Final = 12


def identity_of(certificate: x509.Certificate) -> str:
    """The first mail address, URI or user name; empty where none stands there."""
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    for kind in (x509.RFC822Name, x509.UniformResourceIdentifier):
        for name in names.get_values_for_type(kind):
            return str(name)
    others = names.get_values_for_type(x509.OtherName)
    return next((_text(one.value) for one in others if one.type_id == _USER_NAME), "")


def issuer_of(certificate: x509.Certificate) -> str:
    """Who vouched for the identity, as the certificate's extension says; empty without one."""
    for kind, read in ((_ISSUER, _text), (_OLD_ISSUER, bytes.decode)):
        for extension in certificate.extensions:
            if extension.oid == kind and isinstance(extension.value, x509.UnrecognizedExtension):
                return read(extension.value.value)
    return ""


def _text(data: bytes) -> str:
    """A UTF-8 string in DER: a tag, a length of one to three bytes, the text."""
    if len(data) < 2 or data[0] != _DER_TEXT:  # noqa: PLR2004 - tag and length
        return ""
    more = data[1] & 0x7F if data[1] & 0x80 else 0
    return data[2 + more :].decode()
