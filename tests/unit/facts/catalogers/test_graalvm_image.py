import gzip
import json

import pytest

from oakum.facts.catalogers import graalvm_image as module
from oakum.facts.catalogers.graalvm_image import graalvm_image
from oakum.kit.errors import LimitError, UnreadableError
from oakum.model.fact import Gap, Package
from oakum.testing.files import read
from oakum.testing.programs import exporting, program

HEAP = {".svm_heap": b"objects"}
JSON = {
    "type": "library",
    "bom-ref": "json",
    "group": "org.json",
    "name": "json",
    "version": "20211205",
    "purl": "pkg:maven/org.json/json@20211205",
}


def image(packed: bytes, length: int = -1, *, sections: dict[str, bytes] | None = None) -> bytes:
    size = len(packed) if length < 0 else length
    symbols = {"sbom": packed, "sbom_length": size.to_bytes(8, "little")}
    return exporting(symbols, sections=HEAP if sections is None else sections)


def sbom(*components: object, **more: object) -> bytes:
    return gzip.compress(json.dumps({"specVersion": "1.5", "components": components, **more}).encode())


def test_components_are_packages_and_what_they_hold_is_none() -> None:
    held = {**JSON, "components": [{"type": "library", "name": "org.json", "version": "1"}]}
    bare = {"type": "library", "group": "io.netty", "name": "netty", "version": "4"}
    needs = [{"ref": "json", "dependsOn": ["json", "other"]}]
    facts = read(graalvm_image, {"app/x": image(sbom(held, bare, dependencies=needs))})
    assert [(one.type, one.name, one.version, one.path) for one in facts if isinstance(one, Package)] == [
        ("maven", "org.json:json", "20211205", "app/x"),
        ("maven", "io.netty:netty", "4", "app/x"),
    ]
    assert len(facts) == 2


def test_an_sbom_brings_no_owners_and_no_distribution() -> None:
    system = {"type": "operating-system", "name": "debian", "version": "12"}
    facts = read(graalvm_image, {"app/x": image(sbom(system, JSON))})
    assert [type(one) for one in facts] == [Package]


def test_a_native_image_without_an_sbom_is_a_gap() -> None:
    (gap,) = read(graalvm_image, {"app/x": exporting({"sbom": b"x"}, sections=HEAP)})
    assert isinstance(gap, Gap)
    (gap,) = read(graalvm_image, {"app/x": program(HEAP)})
    assert isinstance(gap, Gap)


def test_another_program_says_nothing() -> None:
    assert read(graalvm_image, {"app/x": image(sbom(JSON), sections={})}) == []


@pytest.mark.parametrize(
    "data",
    [
        image(sbom(JSON), 20),
        image(sbom(JSON), 0),
        image(sbom(JSON), 4_000),
        image(b"no gzip"),
        image(gzip.compress(b"[]")),
        image(gzip.compress(b"[" * 99_999)),
        image(gzip.compress(b'{"specVersion": "9"}')),
    ],
)
def test_an_sbom_that_cannot_be_read_is_said(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(graalvm_image, {"app/x": data})


def test_an_sbom_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LimitError):
        read(graalvm_image, {"app/x": image(sbom(JSON), 1 << 40)})
    with pytest.raises(LimitError):
        read(graalvm_image, {"app/x": image(gzip.compress(b" " * (65 << 20)))})
    monkeypatch.setattr(module, "_MOST_VALUES", 3)
    with pytest.raises(LimitError):
        read(graalvm_image, {"app/x": image(sbom(JSON))})
