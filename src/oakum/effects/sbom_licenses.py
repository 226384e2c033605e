"""Declared licences in the forms of SBOMs."""

import hashlib
from typing import Any

Row = dict[str, Any]


def cyclonedx_licenses(statements: tuple[str, ...]) -> list[Row]:
    """The licences of a component, each by its name (CycloneDX 1.6, ``licenseChoice``)."""
    return [{"license": {"name": statement, "acknowledgement": "declared"}} for statement in dict.fromkeys(statements)]


class SpdxLicenses:
    """The licences of an SPDX document: a statement is a reference to a text that the document holds."""

    def __init__(self) -> None:
        """Start without any."""
        self._known: dict[str, str] = {}

    def expression(self, statements: tuple[str, ...]) -> str:
        """The declared licences of one package as an expression (SPDX 2.3, annex D)."""
        return " AND ".join(dict.fromkeys(map(self._reference, statements))) or "NOASSERTION"

    def extracted(self) -> list[Row]:
        """What the references mean (SPDX 2.3, clause 10)."""
        return [
            {"licenseId": reference, "name": statement, "extractedText": statement}
            for statement, reference in self._known.items()
        ]

    def _reference(self, statement: str) -> str:
        """A name by the statement's digest: letters and digits alone may stand there."""
        digest = hashlib.sha256(statement.encode("utf-8", "surrogatepass")).hexdigest()
        return self._known.setdefault(statement, f"LicenseRef-{digest[:16]}")
