"""VEX documents of three forms, held against findings by the evaluator of waivers."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.decisions.waivers import waive
from oakum.intel.vex import read_vex
from oakum.kit.errors import ConfigurationError
from oakum.model.waiver import Waiver
from oakum.testing.inventory import installed
from oakum.testing.report import finding

NOW = datetime(2026, 11, 25, tzinfo=UTC)
DIGEST = "sha256:" + "a" * 64
LOG4J = installed("maven", "org.apache:log4j", "2.14.0")
FOUND = finding("CVE-2021-44228", LOG4J)
PURL = "pkg:maven/org.apache/log4j@2.14.0"
IMAGE = f"pkg:oci/shop@{DIGEST}?repository_url=registry.example/shop"


def read(document: dict[str, Any]) -> tuple[Waiver, ...]:
    return read_vex(json.dumps(document).encode(), "vex.json")


def accepts(document: dict[str, Any], *names: str) -> bool:
    return bool(waive([FOUND], read(document), NOW, names).suppressed)


def openvex(product: Any, **said: Any) -> dict[str, Any]:  # noqa: ANN401 - a purl or an object
    statement = {
        "vulnerability": {"name": "CVE-2021-44228"},
        "products": [product],
        "status": "not_affected",
        "justification": "vulnerable_code_not_in_execute_path",
        **said,
    }
    return {"@context": "https://openvex.dev/ns/v0.2.0", "statements": [statement]}


@pytest.mark.parametrize(
    ("product", "said", "accepted"),
    [
        ({"@id": PURL}, {}, True),
        (PURL, {"vulnerability": "CVE-2021-44228"}, True),
        ({"@id": "pkg:maven/org.apache/log4j"}, {}, True),
        ({"@id": "pkg:maven/org.apache/log4j@2.15.0"}, {}, False),
        ({"@id": PURL}, {"status": "affected"}, False),
        ({"@id": PURL}, {"status": "under_investigation"}, False),
        ({"@id": PURL}, {"justification": ""}, False),
        ({"@id": PURL}, {"justification": "", "impact_statement": "never given input"}, True),
        ({"@id": PURL}, {"status": "fixed", "justification": ""}, True),
        ({"@id": "pkg:maven/org.apache/log4j"}, {"status": "fixed"}, False),
        ({"@id": PURL}, {"vulnerability": {"name": "CVE-2021-45046"}}, False),
        ({"@id": f"{PURL}?type=war"}, {}, False),
    ],
)
def test_openvex_accepts_what_it_says_of_the_package(
    product: object,
    said: dict[str, Any],
    accepted: bool,  # noqa: FBT001 - a column
) -> None:
    assert accepts(openvex(product, **said)) is accepted


@pytest.mark.parametrize(
    ("product", "names", "accepted"),
    [
        (IMAGE, (DIGEST,), True),
        (IMAGE, ("sha256:" + "b" * 64,), False),
        ("pkg:oci/shop?repository_url=registry.example/shop", ("registry.example/shop:1",), True),
        ("pkg:oci/shop?repository_url=registry.example/shop&tag=2", ("registry.example/shop:1",), False),
        ("pkg:docker/shop@1", ("docker.io/library/shop:1",), True),
        ("registry.example/shop:1", ("registry.example/shop:1",), True),
        ("https://example.com/products/shop", ("registry.example/shop:1",), False),
        ("pkg:maven/shop/server@1", ("registry.example/shop:1",), False),
    ],
)
def test_a_part_of_an_image_is_accepted_in_that_image_alone(
    product: str,
    names: tuple[str, ...],
    accepted: bool,  # noqa: FBT001 - a column
) -> None:
    assert accepts(openvex({"@id": product, "subcomponents": [{"@id": PURL}]}), *names) is accepted


def cyclonedx(state: str, ref: str, **analysis: str) -> dict[str, Any]:
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "components": [{"bom-ref": "x", "components": [{"bom-ref": "log", "purl": PURL}]}],
        "vulnerabilities": [
            {"id": "CVE-2021-44228", "analysis": {"state": state, **analysis}, "affects": [{"ref": ref}]}
        ],
    }


@pytest.mark.parametrize(
    ("document", "accepted"),
    [
        (cyclonedx("not_affected", "log", justification="code_not_reachable"), True),
        (cyclonedx("not_affected", f"urn:cdx:1/1#{PURL.replace(':', '%3A', 1)}", detail="because"), True),
        (cyclonedx("not_affected", "log"), False),
        (cyclonedx("false_positive", "log"), True),
        (cyclonedx("resolved", "log"), True),
        (cyclonedx("in_triage", "log", detail="x"), False),
        (cyclonedx("exploitable", "log", detail="x"), False),
    ],
)
def test_cyclonedx_accepts_by_its_analysis(document: dict[str, Any], *, accepted: bool) -> None:
    assert accepts(document) is accepted


def csaf(status: str, product: str, **said: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    helper = {"product_identification_helper": {"purl": PURL}}
    bare = {"product_identification_helper": {"purl": "pkg:maven/org.apache/log4j"}}
    return {
        "document": {"category": "csaf_vex"},
        "product_tree": {
            "branches": [{"branches": [{"product": {"product_id": "log", **helper}}]}],
            "full_product_names": [{"product_id": "bare", **bare}],
            "relationships": [
                {"product_reference": "log", "full_product_name": {"product_id": "os:log"}},
                {"product_reference": "bare", "full_product_name": {"product_id": "os:bare"}},
            ],
        },
        "vulnerabilities": [{"cve": "CVE-2021-44228", "product_status": {status: [product]}, **said}],
    }


FLAG = {"flags": [{"label": "vulnerable_code_not_present", "product_ids": ["log", "os:log", "os:bare", "bare"]}]}


@pytest.mark.parametrize(
    ("document", "accepted"),
    [
        (csaf("known_not_affected", "log", **FLAG), True),
        (csaf("known_not_affected", "os:log", **FLAG), True),
        (csaf("known_not_affected", "os:bare", **FLAG), False),
        (csaf("known_not_affected", "bare", **FLAG), True),
        (csaf("known_not_affected", "log"), False),
        (csaf("known_not_affected", "log", threats=[{"category": "impact", "details": "not built in"}]), True),
        (csaf("fixed", "log"), True),
        (csaf("known_affected", "log", **FLAG), False),
        (csaf("under_investigation", "log", **FLAG), False),
    ],
)
def test_csaf_accepts_by_the_status_of_its_products(document: dict[str, Any], *, accepted: bool) -> None:
    assert accepts(document) is accepted


def test_what_was_accepted_says_by_which_statement_and_why() -> None:
    (one,) = waive([FOUND], read(openvex(PURL)), NOW).suppressed
    assert one.reason == "accepted by vex.json, statement 1: not_affected: vulnerable_code_not_in_execute_path"


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"@context": 1}', b"\xff", b'{"document": {"category": "x"}}'])
def test_what_is_no_vex_is_said(data: bytes) -> None:
    with pytest.raises(ConfigurationError, match=r"^vex\.json: "):
        read_vex(data, "vex.json")


KEYS = [
    "statements",
    "vulnerability",
    "products",
    "@id",
    "subcomponents",
    "status",
    "justification",
    "components",
    "vulnerabilities",
    "analysis",
    "affects",
    "ref",
    "bom-ref",
    "product_tree",
    "branches",
    "relationships",
    "product_status",
    "known_not_affected",
    "flags",
    "threats",
    "metadata",
    "component",
    "name",
    "identifiers",
]
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.sampled_from(["", PURL, IMAGE, "not_affected", "log"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=15,
)  # fmt: skip


@given(
    JSON.filter(lambda one: isinstance(one, dict)),
    st.sampled_from([
        {"@context": "https://openvex.dev/ns"}, {"bomFormat": "CycloneDX"}, {"document": {"category": "csaf_vex"}},
    ]),
)  # fmt: skip
def test_a_document_of_any_shape_is_read_as_far_as_it_goes(document: dict[str, Any], head: dict[str, Any]) -> None:
    for one in read({**document, **head}):
        assert one.id
        assert one.package or one.images or one.digest
