import pytest

from oakum.model.fact import Distribution, Package
from oakum.model.package_note import PACKAGE_NOTE, is_noted, noted_ecosystem
from oakum.model.stated_release import stated_distribution
from oakum.testing.inventory import BOOKWORM


def noted(purl: str) -> Package:
    return Package("deb", "x", "1", "bin/x", guessed=PACKAGE_NOTE, purl=purl)


def test_what_a_note_alone_names() -> None:
    assert is_noted(noted(""))
    assert not is_noted(Package("deb", "x", "1", "var/lib/dpkg/status"))


@pytest.mark.parametrize(
    ("purl", "identity", "version"),
    [
        ("pkg:deb/debian/x@1?distro=debian", "debian", ""),
        ("pkg:rpm/fedora/x@1?distro=fedora-40", "fedora", "40"),
        ("pkg:rpm/opensuse/x@1?distro=opensuse-leap-15.6", "opensuse-leap", "15.6"),
        ("pkg:rpm/opensuse/x@1?distro=opensuse-tumbleweed", "opensuse-tumbleweed", ""),
    ],
)
def test_the_distribution_that_a_note_names(purl: str, identity: str, version: str) -> None:
    own = stated_distribution(noted(purl))
    assert own is not None
    assert (own.id, own.version) == (identity, version)


@pytest.mark.parametrize("purl", ["", "pkg:deb/x@1", "pkg:deb/x@1?distro=a&distro=b", "none"])
def test_a_note_that_names_none(purl: str) -> None:
    assert stated_distribution(noted(purl)) is None


@pytest.mark.parametrize(
    ("purl", "image", "ecosystem"),
    [
        ("", BOOKWORM, "Debian:12"),
        ("", None, None),
        ("pkg:deb/debian/x@1?distro=debian", BOOKWORM, "Debian:12"),
        ("pkg:deb/debian/x@1?distro=debian", None, None),
        ("pkg:deb/debian/x@1?distro=debian", Distribution("ubuntu", "24.04", "Ubuntu 24.04", ""), None),
        ("pkg:deb/debian/x@1?distro=debian-11", BOOKWORM, "Debian:11"),
        ("pkg:apk/wolfi/x@1?distro=wolfi", BOOKWORM, "Wolfi"),
        ("pkg:apk/wolfi/x@1?distro=wolfi", None, "Wolfi"),
        ("pkg:rpm/mariner/x@1?distro=mariner-3.0", Distribution("azurelinux", "3.0", "", ""), "Azure Linux:3"),
        ("pkg:rpm/fedora/x@1?distro=fedora-40", BOOKWORM, None),
    ],
)
def test_whose_advisories_speak_of_it(purl: str, image: Distribution | None, ecosystem: str | None) -> None:
    assert noted_ecosystem(noted(purl), image) == ecosystem
