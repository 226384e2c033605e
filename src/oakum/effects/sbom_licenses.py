"""Declared licences in the forms of SBOMs: SPDX expressions where that is certain, else what was declared."""

import hashlib
from typing import Any

from oakum.model.fact import Package
from oakum.model.licenses import expression, spdx

Row = dict[str, Any]


def cyclonedx_licenses(package: Package) -> list[Row]:
    """One expression, or each statement by its name: both together may not stand (CycloneDX 1.6, ``licenseChoice``)."""
    whole = expression(package.licenses, package.type)
    if whole is not None:
        return [{"expression": whole, "acknowledgement": "declared"}]
    stated = dict.fromkeys(package.licenses)
    return [{"license": {"name": statement, "acknowledgement": "declared"}} for statement in stated]


class SpdxLicenses:
    """The licences of an SPDX document: a statement that is no expression refers to a text that the document holds."""

    def __init__(self) -> None:
        """Start without any."""
        self._known: dict[str, str] = {}

    def expression(self, package: Package) -> str:
        """The declared licences of one package as an expression (SPDX 2.3, annex D)."""
        whole = expression(package.licenses, package.type)
        if whole is not None:
            return whole
        parts = [spdx(one, package.type) or self._reference(one) for one in dict.fromkeys(package.licenses)]
        if len(parts) > 1:
            parts = [f"({part})" if " " in part else part for part in parts]
        return " AND ".join(dict.fromkeys(parts)) or "NOASSERTION"

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
