import pytest

from oakum.facts.catalogers.conda_lock import conda_lock
from oakum.model.fact import Fact, Package
from oakum.testing.files import read


def packages(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.version, fact.scope) for fact in facts if isinstance(fact, Package)]


@pytest.mark.parametrize(("category", "scope"), [("main", ""), ("dev", "dev"), ("docs", "optional")])
def test_categories(category: str, scope: str) -> None:
    text = (
        f"package:\n- {{name: a, version: 1.10, manager: pip, platform: x, category: {category}, dependencies: {{}}}}\n"
    )
    assert packages(read(conda_lock, {"conda-lock.yml": text.encode()})) == [("a", "1.10", scope)]


def test_an_unknown_manager_is_no_package() -> None:
    with pytest.raises(KeyError):
        read(conda_lock, {"conda-lock.yml": b"package:\n- {name: a, version: 1, manager: npm}\n"})
