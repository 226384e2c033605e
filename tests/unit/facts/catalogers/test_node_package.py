import pytest

from oakum.facts.catalogers.node_package import node_package
from oakum.model.fact import Gap, Package
from oakum.testing.files import read


@pytest.mark.parametrize("path", ["package.json", "app/package.json", "app/node_modules/a/lib/package.json"])
def test_any_with_name_and_version_is_a_package(path: str) -> None:
    (fact,) = read(node_package, {path: b'{"name": "a", "version": "1"}'})
    assert isinstance(fact, Package)
    assert (fact.name, fact.version, fact.path) == ("a", "1", path)


@pytest.mark.parametrize(
    "data", [b'{"name": "a"}', b'{"version": "1"}', b'{"name": "", "version": "1"}', b'{"name": 1}']
)
def test_without_name_or_version_it_is_nothing(data: bytes) -> None:
    assert read(node_package, {"app/node_modules/a/package.json": data}) == []


@pytest.mark.parametrize("data", [b"{", b"[]", b"", b"[" * 50_000, b'{"x":' + b"[" * 50_000])
def test_no_json_is_a_gap_only_where_node_looks_for_packages(data: bytes) -> None:
    (fact,) = read(node_package, {"app/node_modules/@s/a/package.json": data})
    assert isinstance(fact, Gap)
    assert read(node_package, {"app/node_modules/a/test/package.json": data}) == []


def test_a_wrong_byte_does_not_hide_a_package() -> None:
    (fact,) = read(node_package, {"package.json": b'{"name": "a", "version": "1", "author": "\xe9"}'})
    assert isinstance(fact, Package)


@pytest.mark.parametrize(
    ("declared", "licenses"),
    [
        (b'"license": "MIT"', ("MIT",)),
        (b'"license": {"type": "MIT"}', ("MIT",)),
        (b'"licenses": [{"type": "MIT"}, "ISC", 3]', ("MIT", "ISC")),
        (b'"license": 3', ()),
        (b'"license": {"type": {}}', ()),
    ],
)
def test_licences_of_every_age(declared: bytes, licenses: tuple[str, ...]) -> None:
    (fact,) = read(node_package, {"package.json": b'{"name": "a", "version": "1", ' + declared + b"}"})
    assert isinstance(fact, Package)
    assert fact.licenses == licenses
