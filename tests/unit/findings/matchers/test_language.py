"""What the advisories of a language's packages are asked."""

import pytest

from oakum.findings.matchers.language import language
from oakum.model.advisory import AdvisoryKey
from oakum.model.fact import Gap
from oakum.model.finding import Suppressed
from oakum.model.gaps import UNIDENTIFIED_PACKAGE
from oakum.testing.inventory import BOOKWORM, installed


@pytest.mark.parametrize(
    ("purl_type", "name", "version", "key"),
    [
        ("pypi", "Zope.Interface__x", "1.0", AdvisoryKey("PyPI", "zope-interface-x", "1.0")),
        ("npm", "@scope/name", "1.0.0", AdvisoryKey("npm", "@scope/name", "1.0.0")),
        ("golang", "golang.org/x/net", "v0.17.0", AdvisoryKey("Go", "golang.org/x/net", "0.17.0")),
        ("golang", "stdlib", "go1.21.3", AdvisoryKey("Go", "stdlib", "1.21.3")),
        ("golang", "stdlib", "1.24.1 X:boringcrypto", AdvisoryKey("Go", "stdlib", "1.24.1")),
        ("golang", "example.org/tool", "(devel)", AdvisoryKey("Go", "example.org/tool", "(devel)")),
        ("golang", "github.com/BurntSushi/toml", "v1.0.0", AdvisoryKey("Go", "github.com/burntsushi/toml", "1.0.0")),
        ("maven", "org.example:app", "1.0", AdvisoryKey("Maven", "org.example:app", "1.0")),
        ("gem", "Ascii85", "1.1.0", AdvisoryKey("RubyGems", "Ascii85", "1.1.0")),
        ("cargo", "serde_json", "1.0.0", AdvisoryKey("crates.io", "serde_json", "1.0.0")),
        ("composer", "Monolog/Monolog", "v2.0.0", AdvisoryKey("Packagist", "monolog/monolog", "v2.0.0")),
        ("nuget", "Newtonsoft.Json", "13.0.1", AdvisoryKey("NuGet", "newtonsoft.json", "13.0.1")),
        ("hex", "Plug", "1.0.0", AdvisoryKey("Hex", "plug", "1.0.0")),
        ("pub", "http", "1.0.0", AdvisoryKey("Pub", "http", "1.0.0")),
        ("cran", "Rcpp", "1.0.1", AdvisoryKey("CRAN", "Rcpp", "1.0.1")),
        ("bioconductor", "S4Vectors", "0.40.0", AdvisoryKey("Bioconductor", "S4Vectors", "0.40.0")),
        ("hackage", "HTTP", "4000.4.1", AdvisoryKey("Hackage", "HTTP", "4000.4.1")),
        ("swift", "github.com/Apple/swift-nio", "2.0", AdvisoryKey("SwiftURL", "github.com/apple/swift-nio", "2.0")),
        ("conan", "bincrafters/openssl", "3.0.8", AdvisoryKey("ConanCenter", "openssl", "3.0.8")),
        ("bitnami", "redis", "7.0.0", AdvisoryKey("Bitnami", "redis", "7.0.0")),
        (
            "githubactions",
            "TJ-Actions/changed-files/x",
            "v45",
            AdvisoryKey("GitHub Actions", "tj-actions/changed-files", "v45"),
        ),
        ("julia", "HTTP", "1.10.0", AdvisoryKey("Julia", "HTTP", "1.10.0")),
        ("opam", "cohttp", "5.0.0", AdvisoryKey("opam", "cohttp", "5.0.0")),
        ("vcpkg", "zlib", "1.2.11", AdvisoryKey("vcpkg", "zlib", "1.2.11")),
        ("vscode-extension", "Ms-Python.python", "1.0", AdvisoryKey("VSCode", "ms-python.python", "1.0")),
    ],
)
def test_a_package_is_asked_about_by_its_ecosystem_s_identity(
    purl_type: str, name: str, version: str, key: AdvisoryKey
) -> None:
    assert list(language.ask(installed(purl_type, name, version), BOOKWORM)) == [key]


def test_an_owned_package_follows_its_distribution() -> None:
    (answer,) = language.ask(installed("pypi", "six", "1.16.0", owner="pkg:deb/debian/python3-six@1.16.0-4"), BOOKWORM)
    assert isinstance(answer, Suppressed)
    assert "pkg:deb/debian/python3-six@1.16.0-4" in answer.reason


def test_drupal_s_modules_are_asked_about_in_drupal_s_own_repository_too() -> None:
    keys = list(language.ask(installed("composer", "drupal/Token", "1.9.0"), None))
    assert keys == [
        AdvisoryKey("Packagist", "drupal/token", "1.9.0"),
        AdvisoryKey("Packagist:https://packages.drupal.org/8", "drupal/token", "1.9.0"),
    ]


def test_types_that_osv_does_not_know_are_not_asked_about_as_something_else() -> None:
    assert not {"conda", "cocoapods", "cpan", "luarocks", "generic"} & set(language.types)


@pytest.mark.parametrize(("purl_type", "name"), [("npm", ""), ("conan", "user/"), ("githubactions", "checkout")])
def test_a_package_that_does_not_say_what_it_is_becomes_a_gap(purl_type: str, name: str) -> None:
    (answer,) = language.ask(installed(purl_type, name, "1.0"), None)
    assert isinstance(answer, Gap)
    assert answer.kind == UNIDENTIFIED_PACKAGE


@pytest.mark.parametrize("name", ["app", ":app", "org.example:"])
def test_a_jar_without_a_group_is_not_guessed_at(name: str) -> None:
    (answer,) = language.ask(installed("maven", name, "1.0"), None)
    assert isinstance(answer, Gap)
    assert answer.kind == UNIDENTIFIED_PACKAGE
