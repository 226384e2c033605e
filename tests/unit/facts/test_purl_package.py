import pytest

from oakum.facts.purl_package import package_of
from oakum.facts.stated import StatedPackage
from oakum.model.fact import Gap, Package, SourcePackage


def _package(purl: str, name: str = "", group: str = "", version: str = "", **values: str) -> Package:
    stated = StatedPackage("key", name, group, version, purl)
    stated.values = {key.replace("__", ":"): [value] for key, value in values.items()}
    found = package_of(stated, "made.json")
    assert isinstance(found, Package)
    return found


@pytest.mark.parametrize(
    ("purl", "name"),
    [
        ("pkg:maven/org.example/shop@1", "org.example:shop"),
        ("pkg:npm/%40babel/core@1", "@babel/core"),
        ("pkg:golang/github.com/burntsushi/toml@v1", "github.com/burntsushi/toml"),
        ("pkg:deb/debian/bash@1", "bash"),
        ("pkg:composer/symfony/console@1", "symfony/console"),
        ("pkg:conan/user/zlib@1", "zlib"),
    ],
)
def test_names_are_spelled_as_their_ecosystem_does(purl: str, name: str) -> None:
    assert _package(purl).name == name


def test_the_components_own_spelling_goes_before_the_purls() -> None:
    assert _package("pkg:golang/github.com/burntsushi/toml@v1", "github.com/BurntSushi/toml").name.endswith(
        "BurntSushi/toml"
    )
    assert _package("pkg:pypi/django-x@1", "Django_X").name == "Django_X"
    assert _package("pkg:pypi/django@1", "Another").name == "django"


def test_an_epoch_belongs_to_the_version() -> None:
    assert _package("pkg:rpm/fedora/bash@5-1?epoch=1").version == "1:5-1"
    assert _package("pkg:rpm/fedora/bash@5-1?epoch=0").version == "5-1"
    assert _package("pkg:deb/debian/zlib1g@1%3A1.2?epoch=1").version == "1:1.2"


@pytest.mark.parametrize(
    ("purl", "source"),
    [
        ("pkg:deb/debian/libc6@2?upstream=glibc", SourcePackage("glibc", "2")),
        ("pkg:deb/debian/libc6@2%2Bb1?upstream=glibc%402", SourcePackage("glibc", "2")),
        ("pkg:rpm/redhat/bash-doc@5.1-6?upstream=bash-5.1-6.src.rpm", SourcePackage("bash", "5.1-6")),
        ("pkg:rpm/redhat/x@2-1?epoch=3&upstream=no-rpm", SourcePackage("no-rpm", "3:2-1")),
        ("pkg:deb/debian/libc6@2", None),
        ("pkg:npm/a@1?upstream=b", None),
    ],
)
def test_the_source_package_by_the_purl(purl: str, source: SourcePackage | None) -> None:
    assert _package(purl).source == source


def test_the_source_package_in_trivys_and_syfts_words() -> None:
    trivy = {
        "aquasecurity__trivy__SrcName": "pam",
        "aquasecurity__trivy__SrcVersion": "1.5",
        "aquasecurity__trivy__SrcEpoch": "2",
    }
    assert _package("pkg:deb/debian/libpam0g@9", **trivy, aquasecurity__trivy__SrcRelease="6").source == SourcePackage(
        "pam", "2:1.5-6"
    )
    assert _package("pkg:apk/alpine/ssl_client@1", syft__metadata__originPackage="busybox").source == SourcePackage(
        "busybox", "1"
    )


@pytest.mark.parametrize("purl", ["", "no purl", "pkg:", "pkg:npm", "pkg:/a@1"])
def test_what_names_no_package_is_a_gap(purl: str) -> None:
    found = package_of(StatedPackage("key", "a", version="1", purl=purl), "made.json")
    assert isinstance(found, Gap)
    assert "a 1" in found.what


def test_hostile_names_are_bounded() -> None:
    assert isinstance(package_of(StatedPackage("key", "", purl="pkg:npm/" + "x" * 5000 + "@1"), "made.json"), Gap)
