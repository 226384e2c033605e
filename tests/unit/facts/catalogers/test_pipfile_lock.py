import pytest

from oakum.facts.catalogers.pipfile_lock import pipfile_lock
from oakum.kit.errors import DamagedError
from oakum.model.fact import Fact, Package
from oakum.testing.files import read


def packages(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.version, fact.scope) for fact in facts if isinstance(fact, Package)]


@pytest.mark.parametrize("data", [b'{"default": []}', b'{"default": {"a": "1"}}', b"[]", b""])
def test_another_shape_is_a_gap(data: bytes) -> None:
    with pytest.raises(DamagedError):
        read(pipfile_lock, {"Pipfile.lock": data})


def test_what_runs_is_not_for_development() -> None:
    data = b'{"develop": {"a": {"version": "==1"}, "b": {"version": "==2"}}, "default": {"a": {"version": "==1"}}}'
    assert packages(read(pipfile_lock, {"x/Pipfile.lock": data})) == [("a", "1", ""), ("b", "2", "dev")]
