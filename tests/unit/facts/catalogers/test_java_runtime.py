import pytest

from oakum.facts.catalogers.java_runtime import java_runtime
from oakum.model.fact import Package
from oakum.testing.files import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'IMPLEMENTOR="Eclipse Adoptium"\nJAVA_RUNTIME_VERSION="17.0.15+6"\nJAVA_VERSION="17.0.15"\n',
            ("eclipse-adoptium/java", "17.0.15+6"),
        ),
        ('JAVA_VERSION="1.8.0_412"\n', ("java", "1.8.0_412")),
        ('IMPLEMENTOR="N/A"\nJAVA_VERSION="11"\n', ("java", "11")),
    ],
)
def test_a_runtime_says_its_version_and_who_built_it(text: str, expected: tuple[str, str]) -> None:
    (fact,) = read(java_runtime, {"opt/java/release": text.encode()})
    assert isinstance(fact, Package)
    assert (fact.type, fact.name, fact.version) == ("generic", *expected)


@pytest.mark.parametrize("data", [b"", b"1.2.3\n", b"VERSION=1\n", b'JAVA_VERSION=""\n', b"\xff\xfe"])
def test_other_files_of_that_name_are_nothing(data: bytes) -> None:
    assert read(java_runtime, {"release": data}) == []
