"""By what an SBOM is known before it is read: its name, and words in its first bytes."""

import os
from typing import Final

KNOWN_NAMES: Final = (".json", ".jsonld", ".xml", ".spdx", ".cdx", ".tag")
"""How the names of documents end that the catalogers of documents ask for."""

_SIGNS: Final = (
    b'"bomFormat"', b"cyclonedx.org/schema/bom", b'"spdxVersion"', b"SPDXVersion:", b"spdx.org/rdf/3", b'"SPDXID"',
    b'"artifactRelationships"', b'"artifacts":[{"id"', b'"schema":"oakum.report/',
)  # fmt: skip
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
_TEXT: Final = (b"{", b"<", b"SPDXVersion:")
_HEAD: Final = 65_536


def looks_like_sbom(path: str) -> bool:
    """Whether a file begins as an SBOM does, whatever its name; it is a guess, and the reading decides."""
    begin = head(path)
    text = path.lower().endswith(KNOWN_NAMES) or begin.lstrip(_BLANK).startswith(_TEXT)
    return text and any(sign in begin for sign in _SIGNS)


def head(path: str) -> bytes:
    """The first bytes, without waiting for a pipe; nothing where they cannot be had."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return b""
    try:
        return os.read(descriptor, _HEAD)
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def suffix_of(path: str) -> str:
    """What a document's name should have ended with, by its first character."""
    begin = head(path).lstrip(_BLANK)[:1]
    return {b"{": ".json", b"<": ".xml"}.get(begin, ".spdx")
