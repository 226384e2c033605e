import pytest

from oakum.facts.java_group_list import GROUPS
from oakum.facts.java_groups import known_groups, moved


def test_the_exact_name_goes_before_a_beginning() -> None:
    assert [group for group, _ in known_groups("elasticsearch-rest-client")] == ["org.elasticsearch.client"]
    assert [group for group, _ in known_groups("tomcat-embed-core")] == ["org.apache.tomcat.embed"]
    assert [group for group, _ in known_groups("tomcat-util")] == ["org.apache.tomcat"]


def test_one_name_may_have_several_groups() -> None:
    assert {group for group, _ in known_groups("ehcache")} == {"net.sf.ehcache", "org.ehcache"}
    assert known_groups("core") == []


@pytest.mark.parametrize(
    ("artifact", "version", "group"),
    [
        ("asm", "3.3.1", "asm"),
        ("asm", "9.2", "x"),
        ("asm", "", "x"),
        ("groovy", "3.0.9", "org.codehaus.groovy"),
        ("b", "1", "x"),
    ],
)
def test_packages_that_moved(artifact: str, version: str, group: str) -> None:
    assert moved(artifact, version, "x") == group


def test_the_list_is_tidy() -> None:
    for group, folder, patterns in GROUPS:
        assert group
        assert folder.endswith("/") or folder.startswith("module:")
        assert patterns.split()
