"""VEX documents: what a supplier says of vulnerabilities in its products, as waivers that the one evaluator holds.

Three forms are told apart by what is in them: OpenVEX, CycloneDX, and CSAF's VEX profile. A statement
accepts a finding when it says ``not_affected`` with a reason, or that this very version is fixed. What is
under investigation, or affected, accepts nothing.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from oakum.intel import vex_csaf, vex_cyclonedx, vex_openvex
from oakum.intel.vex_statement import FIXED, IMAGES, NOT_AFFECTED, Statement, node, parsed
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import ConfigurationError
from oakum.model.purl import PurlError, build, parse
from oakum.model.waiver import NEVER, Waiver

UNTESTED: Final = 1_000_000
"""Statements that are read of one document."""

_TEXT: Final = 500


def read_vex(data: bytes, name: str) -> tuple[Waiver, ...]:
    """The waivers that a VEX document makes.

    Args:
        data: the document.
        name: of the file, for people.

    Raises:
        ConfigurationError: it is none of the three forms, or is damaged.
    """
    try:
        document = msgspec.json.decode(data, type=dict[str, Any])
    except UNDECODABLE as error:
        raise ConfigurationError(f"{name}: it is no JSON: {error}") from None
    if "openvex.dev" in str(document.get("@context", "")):
        said = vex_openvex.statements(document)
    elif document.get("bomFormat") == "CycloneDX":
        said = vex_cyclonedx.statements(document)
    elif "csaf" in str(node(document, "document").get("category", "")):
        said = vex_csaf.statements(document)
    else:
        raise ConfigurationError(f"{name}: it is no OpenVEX, CycloneDX or CSAF document")
    return tuple(_waivers(said, name))


def _waivers(said: Iterator[Statement], name: str) -> Iterator[Waiver]:
    for number, one in enumerate(said, 1):
        if number > UNTESTED:
            raise ConfigurationError(f"{name}: more than {UNTESTED} statements")
        usable = (one.status == NOT_AFFECTED and one.why) or (one.status == FIXED and _is_pinned(one.package))
        scope = _scope(one.product)
        if usable and one.id and scope is not None and (one.package or one.product):
            reason = f"{one.status}: {one.why}" if one.why else one.status
            images, digest = scope
            package = canonical(one.package)
            origin = f"{name}, statement {number}"
            yield Waiver(one.id, reason[:_TEXT], NEVER, package, origin=origin, images=images, digest=digest)


def canonical(purl: str) -> str:
    """A purl in its canonical form; what is none stays as it is, and fits what is named so."""
    try:
        return build(parse(purl)) if purl.startswith("pkg:") else purl
    except PurlError:
        return purl


def _scope(product: str) -> tuple[tuple[str, ...], str] | None:
    """Globs of image names, and the digest, that a product means; None where it is no image that could be told."""
    if not product:
        return (), ""
    found = parsed(product)
    if found is None:
        return _named(product) if _is_name(product) else None
    if found.type not in IMAGES:
        return None
    digest = found.version if found.version.startswith("sha256:") else ""
    place = dict(found.qualifiers).get("repository_url", "") or "/".join(filter(None, (found.namespace, found.name)))
    if digest:
        return (), digest
    tag = dict(found.qualifiers).get("tag", "") or ("" if found.type == "oci" else found.version)
    return _named(f"{place}:{tag}" if tag else place)


def _named(name: str) -> tuple[tuple[str, ...], str]:
    tagged = ":" in name.rpartition("/")[2]
    globs = (name,) if tagged else (name, f"{name}:*", f"{name}@*")
    return (*globs, *(f"**/{one}" for one in globs)), ""


def _is_name(text: str) -> bool:
    return re.fullmatch(r"[a-z0-9][a-z0-9._/:@-]{0,300}", text) is not None and "://" not in text


def _is_pinned(purl: str) -> bool:
    found = parsed(purl)
    return found is not None and bool(found.version)
