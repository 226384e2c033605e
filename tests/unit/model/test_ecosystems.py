"""Names of packages as keys have them."""

import pytest

from oakum.model.ecosystems import family, normalised, ordering


@pytest.mark.parametrize(
    "url",
    [
        "github.com/apple/swift-nio",
        "https://github.com/apple/swift-nio.git",
        "https://github.com/Apple/swift-nio/",
        "git@github.com:apple/swift-nio.git",
        "ssh://git@github.com/apple/swift-nio.git",
        "https://user:secret@github.com/apple/swift-nio",
    ],
)
def test_a_swift_package_is_its_location_however_it_is_written(url: str) -> None:
    assert normalised("SwiftURL", url) == "github.com/apple/swift-nio"


@pytest.mark.parametrize(
    ("ecosystem", "name", "key"),
    [
        ("PyPI", "Zope.Interface", "zope-interface"),
        ("Packagist:https://packages.drupal.org/8", "Drupal/Core", "drupal/core"),
        ("NuGet", "System.Text.Json", "system.text.json"),
        ("npm", "JSONStream", "JSONStream"),
        ("CRAN", "Rcpp", "Rcpp"),
        ("Debian:12", "Foo", "Foo"),
    ],
)
def test_names_are_spelled_as_their_ecosystem_compares_them(ecosystem: str, name: str, key: str) -> None:
    assert normalised(ecosystem, name) == key
    assert normalised(ecosystem, key) == key


def test_a_family_is_an_ecosystem_without_its_release() -> None:
    assert [family(name) for name in ("Debian:12", "Ubuntu:Pro:18.04:LTS", "PyPI")] == ["Debian", "Ubuntu", "PyPI"]


@pytest.mark.parametrize(
    ("ecosystem", "whose"),
    [
        ("Debian:12", "Debian"), ("npm", "npm"), ("Root:Alpine:3.18", "Alpine"), ("Root:PyPI", "PyPI"),
        ("Root:npm", "npm"), ("TuxCare:Maven", "Maven"),
        ("Docker Hardened Images:Debian:trixie", "Debian"),
        ("Echo", "Echo"), ("Echo:1", "Echo"), ("Echo:PyPI", "PyPI"), ("Root", "Root"),
        ("Packagist:https://packages.drupal.org/8", "Packagist"),
    ],
)  # fmt: skip
def test_those_who_mend_the_packages_of_others_keep_their_order(ecosystem: str, whose: str) -> None:
    assert ordering(ecosystem) == whose
