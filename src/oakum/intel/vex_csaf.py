"""CSAF 2.0, profile VEX: products in a tree, and their status for each vulnerability.

A product that is a package *as part of* a platform can be told by its package's version alone: that this version
is that platform's. One without a version is not taken: the same package of another platform may be affected.
"""

from collections.abc import Iterator
from typing import Any, Final

from oakum.intel.vex_statement import FIXED, NOT_AFFECTED, Statement, node, nodes, product_and_package, text, texts

_DEPTH: Final = 100


def statements(document: dict[str, Any]) -> Iterator[Statement]:
    """Every status of every product that has a purl."""
    tree = node(document, "product_tree")
    purls = dict(_products(tree))
    for said in nodes(document, "vulnerabilities"):
        why = _reasons(said)
        status = node(said, "product_status")
        id_ = text(said, "cve") or next((text(one, "text") for one in nodes(said, "ids")), "")
        for key, meaning in (("known_not_affected", NOT_AFFECTED), ("fixed", FIXED)):
            for product in texts(status, key):
                for purl in purls.get(product, ()):
                    place, package = product_and_package(purl)
                    yield Statement(id_, meaning, why.get(product, why.get("", "")), package, place)


def _products(tree: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Product id -> its purls."""
    own = dict(_named(tree, 0))
    yield from own.items()
    for relation in nodes(tree, "relationships"):
        pinned = tuple(one for one in own.get(text(relation, "product_reference"), ()) if "@" in one.partition("?")[0])
        yield text(node(relation, "full_product_name"), "product_id"), pinned


def _named(value: object, depth: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    for product in (*nodes(value, "full_product_names"), node(value, "product")):
        helper = node(product, "product_identification_helper")
        purls = (text(helper, "purl"), *texts(helper, "purls"))
        yield text(product, "product_id"), tuple(one for one in purls if one)
    for branch in nodes(value, "branches") if depth < _DEPTH else ():
        yield from _named(branch, depth + 1)


def _reasons(said: dict[str, Any]) -> dict[str, str]:
    """Product id -> the justification, or the impact in words; without an id: for all."""
    found: dict[str, str] = {}
    impacts = [one for one in nodes(said, "threats") if text(one, "category") == "impact"]
    for one, why in [
        *((one, text(one, "details")) for one in impacts),
        *((one, text(one, "label")) for one in nodes(said, "flags")),
    ]:
        for product in texts(one, "product_ids") or [""]:
            found[product] = why
    return found
