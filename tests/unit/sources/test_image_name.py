import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.kit.errors import UsageError
from oakum.sources.image_name import RegistryImage, host_of, image_name

DIGEST = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("name", "host", "repository", "tag", "digest"),
    [
        ("registry.example/app", "registry.example", "app", "latest", ""),
        ("registry.example/team/app:1.2", "registry.example", "team/app", "1.2", ""),
        ("localhost/app", "localhost", "app", "latest", ""),
        ("localhost:5000/a/b_c/d--e:x", "localhost:5000", "a/b_c/d--e", "x", ""),
        ("[::1]:5000/app", "[::1]:5000", "app", "latest", ""),
        (f"r.example/app@{DIGEST}", "r.example", "app", "latest", DIGEST),
        (f"r.example/app:2@{DIGEST}", "r.example", "app", "2", DIGEST),
    ],
)
def test_a_name_is_taken_apart(name: str, host: str, repository: str, tag: str, digest: str) -> None:
    found = image_name(f"registry:{name}", name, "")
    assert found == RegistryImage(f"registry:{name}", host, repository, tag, digest)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "app",
        "team/app",
        "r.example/",
        "r.example/App",
        "r.example/app:",
        "r.example/app:.x",
        "r.example/app@sha256:aa",
        "r.example/app@md5:" + "a" * 32,
        "r.example/a//b",
        "r.example/../x",
        "r.example:port/x",
        "r.example:99999/x",
        "r.example:0/x",
        "r.example/" + "a" * 300,
        "r.exa\nmple/x",
        "user@r.example/x",
    ],
)
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        image_name(f"registry:{name}", name, "")


@pytest.mark.parametrize(
    ("default", "name", "found"),
    [
        ("r.example", "app", "r.example/app:latest"),
        ("r.example/library", "app:1", "r.example/library/app:1"),
        ("r.example/library", "team/app", "r.example/team/app:latest"),
        ("r.example", "other.example/app", "other.example/app:latest"),
    ],
)
def test_the_default_stands_in_for_a_host(default: str, name: str, found: str) -> None:
    assert image_name(name, name, default).name == found


@pytest.mark.parametrize(
    ("name", "host"), [("app:1", ""), ("team/app", ""), ("a.b/c", "a.b"), ("localhost/x", "localhost")]
)
def test_the_first_part_is_a_host_when_it_looks_like_one(name: str, host: str) -> None:
    assert host_of(name) == host


@given(st.text(alphabet="aA0.:/@[]-_ \n%", max_size=40))
def test_whatever_is_taken_has_nothing_that_leads_elsewhere(name: str) -> None:
    try:
        found = image_name(name, name, "")
    except UsageError:
        return
    assert not set(found.host + found.repository) & set("@%\n ")
    assert ".." not in found.repository.split("/")
