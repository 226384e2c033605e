import pytest

from oakum.facts.catalogers.conda import conda
from oakum.kit.errors import DamagedError
from oakum.model.fact import Fact, Package
from oakum.testing.files import read


def packages(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.version, fact.scope) for fact in facts if isinstance(fact, Package)]


def test_a_record_is_a_package() -> None:
    place = b'"channel": "https://c.example/forge/linux-64", "subdir": "linux-64"'
    data = b'{"name": "zlib", "version": "1.3", "build": "h_0", ' + place + b"}"
    (fact,) = read(conda, {"opt/conda/conda-meta/zlib.json": data})
    assert isinstance(fact, Package)
    assert fact.purl == "pkg:conda/zlib@1.3?build=h_0&channel=forge&subdir=linux-64"


@pytest.mark.parametrize("data", [b"{}", b'{"name": 1}', b"[]", b"", b'{"name": "a"}'])
def test_another_record_is_a_gap(data: bytes) -> None:
    with pytest.raises(DamagedError):
        read(conda, {"opt/conda/conda-meta/zlib.json": data})


def test_no_name_is_survived() -> None:
    assert packages(read(conda, {"conda-meta/a.json": b'{"name": "", "version": "1"}'})) == [("", "1", "")]
