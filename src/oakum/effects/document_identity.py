"""What tells one SBOM from another: an identity that its content gives, and its time."""

import hashlib
from datetime import UTC, datetime

from oakum import __version__
from oakum.effects.whole_text import json_bytes

UNKNOWN_TIME = "1970-01-01T00:00:00Z"
"""For forms that must have a time when the report has none."""


def document_uuid(document: object) -> str:
    """A UUID (RFC 9562, version 8: of SHA-256) that the same content gives, whichever version of ours writes it."""
    import uuid  # noqa: PLC0415 - it asks the platform about itself, and only documents need it

    content = json_bytes(document).replace(__version__.encode(), b"")
    digest = hashlib.sha256(content).digest()
    number = int.from_bytes(digest[:16], "big") & ~(0xF << 76) & ~(0x3 << 62)
    return str(uuid.UUID(int=number | (8 << 76) | (2 << 62)))


def instant(text: str) -> str:
    """A moment as ``2026-01-02T03:04:05Z``, or empty when the text names none."""
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment.year > 999 else ""  # noqa: PLR2004
    except (ValueError, OverflowError):
        return ""
