"""What the readers of VEX documents share: a statement, and careful looks into JSON of unknown shape."""

from typing import Any, Final
from urllib.parse import unquote

from msgspec import Struct

from oakum.model.purl import Purl, PurlError, parse

NOT_AFFECTED: Final = "not_affected"
FIXED: Final = "fixed"
IMAGES: Final = frozenset({"oci", "docker"})
"""Purl types that name images."""


class Statement(Struct, frozen=True):
    """One thing that a document says of one vulnerability in one product.

    Attributes:
        id: of the vulnerability.
        status: ``not_affected`` or ``fixed``; others say nothing that could be accepted.
        why: the justification, or the impact in words.
        package: purl of the package, or empty for the whole product.
        product: purl or name of the image, or empty where the package is the product.
    """

    id: str
    status: str
    why: str = ""
    package: str = ""
    product: str = ""


def product_and_package(purl: str) -> tuple[str, str]:
    """A product as the image that it is, or as the package that it is."""
    found = parsed(purl)
    return (purl, "") if found is None or found.type in IMAGES else ("", purl)


def parsed(purl: str) -> Purl | None:
    """A purl taken apart; None where it is none."""
    try:
        return parse(purl) if purl.startswith("pkg:") else None
    except PurlError:
        return None


def node(value: object, key: str) -> dict[str, Any]:
    """The object below a key, or an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def nodes(value: object, key: str) -> list[dict[str, Any]]:
    """The objects of the list below a key."""
    found = value.get(key) if isinstance(value, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def texts(value: object, key: str) -> list[str]:
    """The texts of the list below a key."""
    found = value.get(key) if isinstance(value, dict) else None
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def text(value: object, key: str) -> str:
    """The text below a key, or empty."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def reference(value: str) -> str:
    """What a BOM-Link or a reference points at: the part after ``#``, decoded."""
    return unquote(value.rpartition("#")[2]) if value.startswith("urn:cdx:") else value
