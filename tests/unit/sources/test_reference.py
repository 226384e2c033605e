"""What a person typed as a target."""

import pytest

from oakum.kit.errors import OakumError, UnreadableError, UsageError
from oakum.sources.reference import EngineImage, find

_IMAGES = ("nginx", "nginx:1.27", "library/nginx", "0123abcd")


@pytest.mark.parametrize("name", [*_IMAGES, "a@sha256:" + "0" * 64, "sha256:" + "0" * 64])
def test_a_name_that_is_no_path_is_an_image_of_the_engine(name: str) -> None:
    assert find(name) == EngineImage(f"docker:{name}", name)


@pytest.mark.parametrize("name", ["registry.example:5000/a/b_c--d:V1.0", "[::1]:5000/a", "localhost/a"])
def test_a_name_that_begins_with_a_host_may_be_in_its_registry_as_well(name: str) -> None:
    found = find(name)
    assert isinstance(found, EngineImage)
    assert found.name == name
    assert found.otherwise == find(f"registry:{name}")


@pytest.mark.parametrize("typed", ["", "./app.tar", "/srv/app", "images/", "CVE-2026-1", "a b", "\x1b[31mx"])
def test_what_can_be_neither_is_refused_without_asking_an_engine(typed: str) -> None:
    with pytest.raises(OakumError) as raised:
        find(typed)
    assert isinstance(raised.value, UnreadableError)
    assert "no such file or folder" in str(raised.value)
    assert "PREFIX:PLACE" in raised.value.hint


def test_a_prefix_alone_names_nothing() -> None:
    with pytest.raises(UsageError, match="names nothing"):
        find("docker:")
