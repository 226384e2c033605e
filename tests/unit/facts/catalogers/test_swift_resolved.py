import json

import pytest

from oakum.facts.catalogers.swift_resolved import swift_resolved
from oakum.model.fact import Package
from oakum.testing.files import read


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("https://example.com/apple/swift-nio.git", "example.com/apple/swift-nio"),
        ("https://user@example.com/apple/swift-nio", "example.com/apple/swift-nio"),
        ("ssh://git@example.com/apple/swift-nio.git/", "example.com/apple/swift-nio"),
        ("git@example.com:apple/swift-nio.git", "example.com/apple/swift-nio"),
        ("", "acme/widgets"),
    ],
)
def test_a_package_is_named_by_its_repository(location: str, name: str) -> None:
    pin = {"identity": "acme.widgets", "location": location, "state": {"version": "1.2.3"}}
    (package,) = read(swift_resolved, {"Package.resolved": json.dumps({"pins": [pin], "version": 2}).encode()})
    assert isinstance(package, Package)
    assert (package.name, package.version) == (name, "1.2.3")


def test_a_branch_is_known_by_its_revision() -> None:
    pin = {"repositoryURL": "https://example.com/a/b", "state": {"branch": "main", "revision": "0f1e", "version": None}}
    (package,) = read(swift_resolved, {"Package.resolved": json.dumps({"object": {"pins": [pin]}}).encode()})
    assert isinstance(package, Package)
    assert package.version == "0f1e"
