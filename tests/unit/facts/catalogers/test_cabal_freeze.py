from oakum.facts.catalogers.cabal_freeze import cabal_freeze
from oakum.model.fact import Package
from oakum.testing.files import read


def test_exact_versions_alone_are_pins() -> None:
    text = b"""-- made by cabal ==1.0
active-repositories: x ==1
constraints: any.a ==1.2,
             a +fast -slow,
             b >=2 && <3,
             setup.Cabal ==3.8.1.0, c-d==0.1
index-state: y ==9
"""
    facts = read(cabal_freeze, {"cabal.project.freeze": text})
    assert [(one.name, one.version) for one in facts if isinstance(one, Package)] == [
        ("a", "1.2"),
        ("Cabal", "3.8.1.0"),
        ("c-d", "0.1"),
    ]
