import pytest

from oakum.facts.catalogers.python_dist import python_dist
from oakum.model.fact import Gap, Package
from oakum.testing.files import read

METADATA = "usr/lib/python3/a.dist-info/METADATA"


def test_the_description_is_no_header() -> None:
    (fact,) = read(python_dist, {METADATA: b"Name: a\nVersion: 1\n\nName: b\nLicense: MIT\n"})
    assert isinstance(fact, Package)
    assert (fact.name, fact.version, fact.licenses) == ("a", "1", ())


def test_a_licence_that_is_a_text_is_left_out() -> None:
    (fact,) = read(python_dist, {METADATA: b"Name: a\nLicense: one\n two\nVersion: 1\n"})
    assert isinstance(fact, Package)
    assert (fact.version, fact.licenses) == ("1", ())


def test_the_expression_goes_before_the_old_field() -> None:
    (fact,) = read(python_dist, {METADATA: b"Name: a\nVersion: 1\nLicense: BSD\nLicense-Expression: MIT\n"})
    assert isinstance(fact, Package)
    assert fact.licenses == ("MIT",)


@pytest.mark.parametrize("path", ["x/a.egg-info", "x/a.egg-info/PKG-INFO", "x/a.egg/EGG-INFO/PKG-INFO"])
def test_eggs_are_read(path: str) -> None:
    (fact,) = read(python_dist, {path: b"Name: a\r\nVersion: 1\r\n\r\nName: b"})
    assert isinstance(fact, Package)
    assert fact.name == "a"


@pytest.mark.parametrize("data", [b"", b"Name: a\n", b"Version: 1\n"])
def test_without_name_or_version_it_is_a_gap(data: bytes) -> None:
    (fact,) = read(python_dist, {METADATA: data})
    assert isinstance(fact, Gap)
