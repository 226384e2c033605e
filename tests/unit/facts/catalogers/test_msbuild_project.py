import pytest

from oakum.facts.catalogers.msbuild_project import msbuild_project
from oakum.model.fact import Package
from oakum.testing.files import read


def packages(item: str) -> list[tuple[str, str, str]]:
    project = f"<Project><ItemGroup>{item}</ItemGroup></Project>".encode()
    facts = read(msbuild_project, {"a/App.csproj": project})
    return [(one.name, one.version, one.scope) for one in facts if isinstance(one, Package)]


@pytest.mark.parametrize("version", ["1.2.3", "[1.2.3]", " 1.2.3 "])
def test_one_version_is_taken(version: str) -> None:
    assert packages(f'<PackageReference Include="A" Version="{version}"/>') == [("A", "1.2.3", "")]


@pytest.mark.parametrize("version", ["1.*", "[1,2)", "$(V)", "*", "", "(1.0,)"])
def test_what_names_no_version_is_left_out(version: str) -> None:
    assert packages(f'<PackageReference Include="A" Version="{version}"/>') == []


def test_elements_say_the_same_as_attributes_and_belong_to_their_item_alone() -> None:
    inner = "<Version>1.0</Version><PrivateAssets>All</PrivateAssets>"
    item = f'<PackageReference Include="A">{inner}</PackageReference><PackageReference Include="B"/>'
    assert packages(item) == [("A", "1.0", "dev")]


def test_an_override_goes_before() -> None:
    assert packages('<PackageReference Update="A" Version="1.0" VersionOverride="2.0"/>') == [("A", "2.0", "")]
