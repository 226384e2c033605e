import pytest

from oakum.facts.catalogers.conda_environment import conda_environment
from oakum.model.fact import Fact, Package
from oakum.testing.files import read


def packages(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.version, fact.scope) for fact in facts if isinstance(fact, Package)]


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        ("numpy=1.26.4=py311_0", ("numpy", "1.26.4")),
        ("numpy==1.26.4", ("numpy", "1.26.4")),
        ("numpy ==1.26.4", ("numpy", "1.26.4")),
        ("forge/linux-64::numpy==1.26.4", ("numpy", "1.26.4")),
        ("numpy=1.26", ("numpy", "")),
        ("numpy==1.26.*", ("numpy", "")),
        ("numpy>=1,<2", ("numpy", "")),
        ("numpy 1.26.4", ("numpy", "")),
        ("numpy[version='1.26']", ("numpy", "")),
    ],
)
def test_match_specifications(need: str, expected: tuple[str, str]) -> None:
    text = f'dependencies:\n  - "{need}"\n'
    assert packages(read(conda_environment, {"environment.yml": text.encode()})) == [(*expected, "")]


@pytest.mark.parametrize("text", ["name: a\n", "dependencies:\n", "dependencies: []\n", "dependencies:\n  - pip: []\n"])
def test_nothing_asked_for(text: str) -> None:
    assert read(conda_environment, {"environment.yaml": text.encode()}) == []
