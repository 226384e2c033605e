import pytest

from oakum.facts.catalogers.pylock import pylock
from oakum.model.fact import Fact, Package
from oakum.testing.files import read


def packages(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.version, fact.scope) for fact in facts if isinstance(fact, Package)]


@pytest.mark.parametrize(
    ("marker", "scope"),
    [
        ("", ""),
        ("sys_platform == 'win32'", ""),
        ("'dev' in dependency_groups", "dev"),
        ("'fast' in extras", "optional"),
        ("'base' in dependency_groups", ""),
        ("'base' in dependency_groups or 'fast' in extras", ""),
    ],
)
def test_scopes_by_marker(marker: str, scope: str) -> None:
    text = f'default-groups = ["base"]\n[[packages]]\nname = "a"\nversion = "1"\nmarker = "{marker}"\n'
    assert packages(read(pylock, {"pylock.toml": text.encode()})) == [("a", "1", scope)]


def test_without_version_it_is_unknown() -> None:
    text = '[[packages]]\nname = "a"\n[packages.vcs]\ntype = "git"\n'
    assert packages(read(pylock, {"sub/pylock.web.toml": text.encode()})) == [("a", "", "")]
