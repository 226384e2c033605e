import pytest

from oakum.testing.files import glob_matches


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("etc/os-release", "etc/os-release", True),
        ("etc/os-release", "x/etc/os-release", False),
        ("**/package.json", "package.json", True),
        ("**/package.json", "a/b/package.json", True),
        ("**/package.json", "a/xpackage.json", False),
        ("**/*.egg-info/PKG-INFO", "a/b.egg-info/PKG-INFO", True),
        ("var/lib/dpkg/status.d/*", "var/lib/dpkg/status.d/a", True),
        ("var/lib/dpkg/status.d/*", "var/lib/dpkg/status.d/a/b", False),
        ("a.b", "axb", False),
    ],
)
def test_globs(glob: str, path: str, *, matches: bool) -> None:
    assert glob_matches(glob, path) is matches
