"""CycloneDX VEX 1.4 to 1.6: the analysis of vulnerabilities in a BOM, or in a document that points at one."""

from collections.abc import Iterator
from typing import Any, Final

from oakum.intel.vex_statement import (
    FIXED,
    NOT_AFFECTED,
    Statement,
    node,
    nodes,
    product_and_package,
    reference,
    text,
    texts,
)

_STATES: Final = {
    "not_affected": NOT_AFFECTED,
    "false_positive": NOT_AFFECTED,
    "resolved": FIXED,
    "resolved_with_pedigree": FIXED,
}
_DEPTH: Final = 50


def statements(document: dict[str, Any]) -> Iterator[Statement]:
    """Every analysis, once for each part that it affects."""
    main = node(node(document, "metadata"), "component")
    purls = {text(one, "bom-ref"): text(one, "purl") for one in (main, *_components(document, 0))}
    product = text(main, "purl") or text(main, "name") if text(main, "type") == "container" else ""
    for said in nodes(document, "vulnerabilities"):
        analysis = node(said, "analysis")
        status = _STATES.get(text(analysis, "state"), text(analysis, "state"))
        why = text(analysis, "justification") or text(analysis, "detail")
        if text(analysis, "state") == "false_positive":
            why = why or "false_positive"
        for affected in nodes(said, "affects"):
            ref = reference(text(affected, "ref"))
            named = purls.get(ref, ref)
            place, package = product_and_package(named)
            yield Statement(
                text(said, "id"), status, why or ", ".join(texts(analysis, "response")), package, place or product
            )


def _components(value: object, depth: int) -> Iterator[dict[str, Any]]:
    for one in nodes(value, "components") if depth < _DEPTH else ():
        yield one
        yield from _components(one, depth + 1)
