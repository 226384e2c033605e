import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.facts.cataloger import CATALOGERS
from oakum.facts.patterns import Patterns, _expression

PIECES = st.lists(st.sampled_from(["**/", "*", "?", "a", "b.c", "/", ".jar", ".so."]), min_size=1, max_size=6).map(
    "".join
)
NAMES = st.lists(st.sampled_from(["a", "b.c", "/", ".jar", "\n", "x", "aa/b.c", ".so."]), min_size=1, max_size=6).map(
    "".join
)


def patterns(*globs: str) -> Patterns:
    groups = {f"g{number}": {"glob": glob} for number, glob in enumerate(globs)}
    return Patterns({"plugin": {"per": "file", "groups": groups}})


@pytest.mark.parametrize(
    ("glob", "path", "wanted"),
    [
        ("etc/os-release", "etc/os-release", True),
        ("etc/os-release", "x/etc/os-release", False),
        ("etc/os-release", "etc/os-releases", False),
        ("etc/os.release", "etc/os-release", False),
        ("lib/*.list", "lib/a.list", True),
        ("lib/*.list", "lib/a/b.list", False),
        ("lib/d/*", "lib/d/x", True),
        ("lib/d/*", "lib/d/x/y", False),
        ("**/package.json", "package.json", True),
        ("**/package.json", "a/b/package.json", True),
        ("**/package.json", "a/xpackage.json", False),
        ("**/*.jar", "a\nb/c.jar", True),
        ("**/*.dist-info/METADATA", "a/b-1.dist-info/METADATA", True),
        ("**/*.dist-info/METADATA", "a/b-1.dist-info/x/METADATA", False),
        ("a/?.so", "a/b.so", True),
        ("a/?.so", "a/bb.so", False),
        ("**/libz.so.*", "usr/lib/libz.so.1.3", True),
        ("**/libz.so.*", "usr/lib/libz.so", False),
        ("**/libz.so.*", "usr/lib/xlibz.so.1", False),
        ("**/libz.so.*", "usr/libz.so.1/x", False),
    ],
)
def test_globs_mean_what_the_guide_says(glob: str, path: str, wanted: bool) -> None:  # noqa: FBT001 - a column of the table
    made = patterns(glob)
    assert bool(made.wants(path)) == wanted
    assert made.maybe(path) or not wanted


@settings(max_examples=200)
@given(st.lists(PIECES, min_size=1, max_size=3), NAMES)
def test_the_cheap_test_never_says_no_where_the_exact_one_says_yes(globs: list[str], path: str) -> None:
    made = patterns(*globs)
    assert made.maybe(path) or not made.wants(path)


@settings(max_examples=200)
@given(PIECES, NAMES)
def test_a_path_is_wanted_exactly_when_the_glob_as_an_expression_matches(glob: str, path: str) -> None:
    match = re.fullmatch(_expression(glob), path, re.DOTALL)
    assert not patterns(glob).wants(path) or match
    base, ending = path.rpartition("/")[2], glob.rpartition("/")[2]
    if match and base.endswith(re.split(r"[*?]", ending)[-1]):
        assert patterns(glob).wants(path)


def test_every_catalogers_folders_are_known() -> None:
    folders = Patterns(CATALOGERS.index()).folders
    assert {"etc", "var/lib/dpkg", "usr/lib", "lib/apk/db"} <= set(folders)
    for folder, wishes in folders.items():
        for want, rest in wishes:
            assert want.cataloger in CATALOGERS.ids()
            assert Patterns(CATALOGERS.index()).wants(folder + rest)
