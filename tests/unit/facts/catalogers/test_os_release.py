from oakum.facts.catalogers.os_release import os_release
from oakum.model.fact import Distribution, Gap
from oakum.testing.files import read


def test_etc_goes_before_usr() -> None:
    (fact,) = read(os_release, {"etc/os-release": b"ID=one\n", "usr/lib/os-release": b"ID=two\n"})
    assert isinstance(fact, Distribution)
    assert fact.id == "one"


def test_a_file_without_id_is_a_gap_and_the_other_file_counts() -> None:
    gap, fact = read(os_release, {"etc/os-release": b"NAME=x\n", "usr/lib/os-release": b"ID=Two\n"})
    assert isinstance(gap, Gap)
    assert isinstance(fact, Distribution)
    assert fact.id == "two"


def test_debian_without_version_gets_a_codename_and_no_version() -> None:
    (fact,) = read(os_release, {"etc/os-release": b"ID=debian\n", "etc/debian_version": b"trixie/sid\n"})
    assert isinstance(fact, Distribution)
    assert (fact.version, fact.codename) == ("", "trixie")


def test_numbers_in_debian_version_are_no_codename() -> None:
    (fact,) = read(os_release, {"etc/os-release": b"ID=debian\n", "etc/debian_version": b"12.4\n"})
    assert isinstance(fact, Distribution)
    assert (fact.version, fact.codename) == ("", "")


def test_debian_version_says_nothing_of_other_distributions() -> None:
    (fact,) = read(os_release, {"etc/os-release": b"ID=kali\n", "etc/debian_version": b"trixie/sid\n"})
    assert isinstance(fact, Distribution)
    assert fact.codename == ""
