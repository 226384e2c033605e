"""OpenVEX 0.2.0 and before (openvex.dev/ns): statements on products and their subcomponents."""

from collections.abc import Iterator
from typing import Any

from oakum.intel.vex_statement import Statement, node, nodes, product_and_package, text


def statements(document: dict[str, Any]) -> Iterator[Statement]:
    """Every statement, once for each product and subcomponent."""
    for said in nodes(document, "statements"):
        vulnerability = said.get("vulnerability")
        id_ = vulnerability if isinstance(vulnerability, str) else _name(node(said, "vulnerability"))
        why = text(said, "justification") or text(said, "impact_statement")
        products = said.get("products")
        for product in products if isinstance(products, list) else []:
            for place, package in _parts(product):
                yield Statement(id_, text(said, "status"), why, package, place)


def _name(vulnerability: dict[str, Any]) -> str:
    return text(vulnerability, "name") or text(vulnerability, "@id").rpartition("/")[2]


def _parts(product: object) -> Iterator[tuple[str, str]]:
    """Product and package: the product's parts in it, else the product itself."""
    name = product if isinstance(product, str) else _identity(product)
    parts = [_identity(one) for one in nodes(product, "subcomponents")]
    if parts:
        yield from ((name, part) for part in parts)
    else:
        yield product_and_package(name)


def _identity(one: object) -> str:
    return text(node(one, "identifiers"), "purl") or text(one, "@id")
