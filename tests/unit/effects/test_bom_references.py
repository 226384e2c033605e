from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum.effects.bom_references import bom_references
from oakum.model.inventory import Inventory
from oakum.testing.inventory import installed


@given(st.lists(st.sampled_from(("a", "b", "a|2", "a|3", "a|2|2")), max_size=8))
def test_no_two_names_are_equal(purls: list[str]) -> None:
    packages = tuple(replace(installed("npm", "x", "1"), purl=purl) for purl in purls)
    names = bom_references(Inventory(None, packages))
    assert len(set(names)) == len(names) == len(purls)
    assert all(name.startswith(purl) for name, purl in zip(names, purls, strict=True))


def test_a_purl_that_is_alone_is_its_own_name() -> None:
    packages = tuple(replace(installed("npm", "x", "1"), purl=purl) for purl in ("a", "b"))
    assert bom_references(Inventory(None, packages)) == ["a", "b"]
