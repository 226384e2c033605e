"""What a distribution's advisories are asked."""

import pytest
from msgspec.structs import replace

from oakum.findings.matcher import Answer
from oakum.findings.matchers.distro import distro
from oakum.model.advisory import AdvisoryKey
from oakum.model.fact import Distribution, Gap
from oakum.model.gaps import UNCOMPARABLE_VERSION, UNIDENTIFIED_PACKAGE, UNSUPPORTED_DISTRIBUTION
from oakum.model.inventory import Installed
from oakum.model.package_note import PACKAGE_NOTE
from oakum.testing.inventory import BOOKWORM, installed


def _asked(package: Installed, distribution: Distribution | None = BOOKWORM) -> list[Answer]:
    return list(distro.ask(package, distribution))


def test_the_source_package_at_its_own_version_is_asked() -> None:
    package = installed("deb", "libssl3", "3.0.11-1+b1", source="openssl 3.0.11-1")
    assert _asked(package) == [AdvisoryKey("Debian:12", "openssl", "3.0.11-1")]


def test_a_package_without_a_source_is_its_own() -> None:
    assert _asked(installed("deb", "bash", "5.2")) == [AdvisoryKey("Debian:12", "bash", "5.2")]


@pytest.mark.parametrize(
    ("distribution", "ecosystem"),
    [
        (Distribution("alpine", "3.20.3", "Alpine", "etc/os-release"), "Alpine:v3.20"),
        (Distribution("wolfi", "20230201", "Wolfi", "etc/os-release"), "Wolfi"),
        (Distribution("chainguard", "20230214", "Chainguard", "etc/os-release"), "Chainguard"),
    ],
)
def test_the_release_names_the_ecosystem(distribution: Distribution, ecosystem: str) -> None:
    assert _asked(installed("apk", "musl", "1.2.5-r0"), distribution) == [AdvisoryKey(ecosystem, "musl", "1.2.5-r0")]


def test_a_package_that_names_its_own_release_is_judged_by_that() -> None:
    one = installed("rpm", "bash", "5.1-1.el9")
    stated = replace(one, package=replace(one.package, purl="pkg:rpm/rocky/bash@5.1-1.el9?distro=rocky-9"))
    asked = [AdvisoryKey("Rocky Linux:9", "bash", "5.1-1.el9")]
    assert _asked(stated, None) == asked
    assert _asked(stated, ROCKY) == asked
    assert _asked(stated) == asked
    assert _asked(stated, replace(ROCKY, version="8.10")) == asked


def test_a_release_without_advisories_does_not_speak_against_os_release() -> None:
    one = installed("rpm", "bash", "5.1")
    stated = replace(one, package=replace(one.package, purl="pkg:rpm/redhat/bash@5.1?distro=redhat-9.4"))
    assert _asked(stated, None) == []
    assert _asked(stated, ALMA) == [AdvisoryKey("AlmaLinux:8", "bash", "5.1")]


ALMA = Distribution("almalinux", "8.10", "AlmaLinux 8.10", "etc/os-release")
ROCKY = Distribution("rocky", "9.4", "Rocky Linux 9.4", "etc/os-release")
LEAP = Distribution("opensuse-leap", "15.6", "openSUSE Leap 15.6", "etc/os-release")


def modular(name: str, version: str, module: str) -> Installed:
    package = installed("rpm", name, version)
    return replace(package, package=replace(package.package, module=module))


def test_packages_are_named_as_the_distribution_records_name_them() -> None:
    curl = installed("rpm", "libcurl", "7.61.1-33.el8", source="curl 7.61.1-33.el8")
    assert _asked(curl, ALMA) == [AdvisoryKey("AlmaLinux:8", "libcurl", "7.61.1-33.el8")]
    assert _asked(curl, LEAP) == [AdvisoryKey("openSUSE:Leap 15.6", "curl", "7.61.1-33.el8")]
    assert _asked(curl, ROCKY) == [
        AdvisoryKey("Rocky Linux:9", "curl", "7.61.1-33.el8"),
        AdvisoryKey("Rocky Linux:9", "libcurl", "7.61.1-33.el8"),
    ]
    own = installed("rpm", "curl", "8-1", source="curl 8-1")
    assert _asked(own, ROCKY) == [AdvisoryKey("Rocky Linux:9", "curl", "8-1")]


def test_a_package_of_a_module_is_asked_about_in_its_module_alone() -> None:
    node = modular("nodejs", "1:18.20-1.module_el8.9.0+1+abc", "nodejs:18:8090020240101:abc")
    assert _asked(node, ALMA) == [
        AdvisoryKey("AlmaLinux:8", "nodejs:18/nodejs", "1:18.20-1.module_el8.9.0+1+abc"),
        AdvisoryKey("AlmaLinux:8", "*:*/nodejs", "1:18.20-1.module_el8.9.0+1+abc"),
    ]


def test_a_package_of_a_module_that_is_not_named_is_a_gap() -> None:
    gap, key = _asked(installed("rpm", "nodejs", "1:18.20-1.module+el8+1+abc"), ALMA)
    assert isinstance(gap, Gap)
    assert key == AdvisoryKey("AlmaLinux:8", "*:*/nodejs", "1:18.20-1.module+el8+1+abc")


def test_packages_of_another_kin_are_a_gap() -> None:
    (gap,) = _asked(installed("rpm", "bash", "5.2-1"))
    assert isinstance(gap, Gap)
    assert "of the type rpm" in gap.what


@pytest.mark.parametrize("name", ["centos", "amzn", "ol", "fedora", "arch"])
def test_kin_without_data_are_not_judged_by_others(name: str) -> None:
    assert _asked(installed("rpm", "bash", "5"), Distribution(name, "8", "", "etc/os-release")) == []


def test_without_a_release_there_is_nothing_to_ask() -> None:
    assert _asked(installed("deb", "bash", "5.2"), None) == []
    assert _asked(installed("deb", "bash", "5.2"), Distribution("debian", "", "sid", "etc/os-release")) == []


def noted(kind: str, version: str, purl: str = "") -> Installed:
    package = installed(kind, "openssl", version, source=f"openssl {version}")
    return replace(package, package=replace(package.package, guessed=PACKAGE_NOTE, purl=purl))


@pytest.mark.parametrize(
    ("package", "image", "key"),
    [
        (noted("deb", "3.0-1", "pkg:deb/debian/openssl@3.0-1?distro=debian"), BOOKWORM, "Debian:12"),
        (noted("deb", "3.0-1"), BOOKWORM, "Debian:12"),
        (noted("apk", "3.6-r0", "pkg:apk/wolfi/openssl@3.6-r0?distro=wolfi"), BOOKWORM, "Wolfi"),
        (noted("apk", "3.6-r0", "pkg:apk/wolfi/openssl@3.6-r0?distro=wolfi"), None, "Wolfi"),
        (noted("rpm", "3.3-1.azl3", "pkg:rpm/mariner/openssl@3.3?distro=mariner-3.0"), None, "Azure Linux:3"),
        (noted("rpm", "1:3.3-1.el9", "pkg:rpm/rocky/openssl@3.3?distro=rocky-9.4"), BOOKWORM, "Rocky Linux:9"),
    ],
)
def test_a_note_is_judged_by_the_distribution_that_it_names(
    package: Installed, image: Distribution | None, key: str
) -> None:
    assert _asked(package, image) == [AdvisoryKey(key, "openssl", package.package.version)]


@pytest.mark.parametrize(
    ("package", "image", "kind"),
    [
        (noted("deb", "3.0-1", "pkg:deb/debian/openssl@3.0-1?distro=debian"), None, UNSUPPORTED_DISTRIBUTION),
        (noted("deb", "3.0-1", "pkg:deb/debian/openssl@3.0-1?distro=debian"), ALMA, UNSUPPORTED_DISTRIBUTION),
        (noted("deb", "3.0-1"), None, UNSUPPORTED_DISTRIBUTION),
        (noted("rpm", "3.2-1.fc40", "pkg:rpm/fedora/openssl@3.2?distro=fedora-40"), ALMA, UNSUPPORTED_DISTRIBUTION),
        (noted("rpm", "1:3.2-1.el8"), ALMA, UNIDENTIFIED_PACKAGE),
        (noted("rpm", "3.2-1.el9"), ROCKY, UNCOMPARABLE_VERSION),
        (noted("rpm", "3.2", "pkg:rpm/mariner/openssl@3.2?distro=mariner-2.0"), None, UNCOMPARABLE_VERSION),
    ],
)
def test_a_note_that_cannot_be_judged_is_a_gap(package: Installed, image: Distribution | None, kind: str) -> None:
    (gap,) = _asked(package, image)
    assert isinstance(gap, Gap)
    assert gap.kind == kind
