import pytest

from oakum.facts.catalogers.dotnet_library import dotnet_library
from oakum.kit.errors import DamagedError
from oakum.model.fact import Package
from oakum.testing.files import read
from oakum.testing.managed import managed_library


def found(path: str, **said: str) -> list[tuple[str, str]]:
    facts = read(dotnet_library, {path: managed_library(said)})
    assert all(isinstance(fact, Package) and fact.guessed == "version resource" for fact in facts)
    return [(fact.name, fact.version) for fact in facts if isinstance(fact, Package)]


@pytest.mark.parametrize(
    ("product", "file", "expected"),
    [
        ("13.0.3+0a2e291c0d9c0c7675d445703e51750363a549ef", "13.0.3.27908", "13.0.3"),
        ("8.0.0-rc.2.23479.6+abc", "8.0.23.47906", "8.0.0-rc.2.23479.6"),
        ("6.0.8.18111", "6.0.8.18111", "6.0.8.18111"),
        ("4.8.4084.0 built by: NET48REL1", "4.8.4084.0", "4.8.4084.0"),
        ("spring release", "2.1.0.0", "2.1.0.0"),
        ("", "1.0", "1.0"),
    ],
)
def test_the_product_says_the_version_or_else_the_file(product: str, file: str, expected: str) -> None:
    said = found("app/Lib.dll", OriginalFilename="Lib.dll", ProductVersion=product, FileVersion=file)
    assert said == [("Lib", expected)]


def test_a_library_that_was_renamed_keeps_its_name() -> None:
    assert found("app/lib1.dll", OriginalFilename="Newtonsoft.Json.dll", ProductVersion="13.0.3") == [
        ("Newtonsoft.Json", "13.0.3")
    ]
    assert found("app/Lib.EXE.dll", OriginalFilename="<none>", InternalName="Lib.exe", FileVersion="2.0") == [
        ("Lib", "2.0")
    ]
    assert found("app/Some.Lib.dll", FileVersion="2.0") == [("Some.Lib", "2.0")]


@pytest.mark.parametrize(
    "said",
    [
        {"OriginalFilename": "Lib.resources.dll", "FileVersion": "1.0"},
        {"OriginalFilename": "Lib.dll", "FileVersion": "0.0.0", "ProductVersion": ""},
        {"OriginalFilename": "Lib.dll", "FileVersion": "unknown"},
        {},
    ],
    ids=["translation", "nobody stated any", "no version", "nothing"],
)
def test_what_states_no_package_is_none(said: dict[str, str]) -> None:
    assert found("app/Lib.dll", **said) == []


def test_a_native_library_is_none_and_a_broken_one_an_error() -> None:
    native = managed_library({"FileVersion": "1.0"}, managed=False)
    assert read(dotnet_library, {"app/native.dll": native}) == []
    with pytest.raises(DamagedError, match="cut off"):
        read(dotnet_library, {"app/Lib.dll": managed_library({"FileVersion": "1.0"})[:0x50]})
