from oakum.facts.catalogers.vcpkg_manifest import vcpkg_manifest
from oakum.model.fact import Gap, Package
from oakum.testing.files import read


def test_only_overrides_pin() -> None:
    overrides = b'"overrides": [{"name": "b", "version": "2#1"}, {"name": "c"}]'
    text = b'{"dependencies": [{"name": "a", "version>=": "1"}], ' + overrides + b"}"
    package, gap = read(vcpkg_manifest, {"vcpkg.json": text})
    assert package == Package("vcpkg", "b", "2", "vcpkg.json")
    assert isinstance(gap, Gap)
