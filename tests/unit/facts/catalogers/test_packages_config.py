from oakum.facts.catalogers.packages_config import packages_config
from oakum.model.fact import Gap, Package
from oakum.testing.files import read


def test_what_development_needs_is_marked_and_a_missing_version_is_said() -> None:
    text = b'<packages><package id="A" version="1.0" developmentDependency="TRUE"/><package id="B"/></packages>'
    package, gap = read(packages_config, {"packages.config": text})
    assert package == Package("nuget", "A", "1.0", "packages.config", scope="dev")
    assert isinstance(gap, Gap)
