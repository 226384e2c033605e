import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packageurl import PackageURL

from oakum.model.fact import Distribution, Package, SourcePackage
from oakum.model.package_purl import package_purl
from oakum.model.purl import build, parse

DEBIAN = Distribution("debian", "12", "Debian GNU/Linux 12", "etc/os-release")
ALPINE = Distribution("alpine", "3.20.1", "Alpine Linux v3.20", "etc/os-release")

TYPES = ("deb", "apk", "rpm", "alpm", "pypi", "npm", "golang", "maven")


@pytest.mark.parametrize(
    ("package", "distribution", "expected"),
    [
        (
            Package("deb", "libc6", "2.36-9+deb12u4", "s", "amd64", SourcePackage("glibc", "2.36-9+deb12u4")),
            DEBIAN,
            "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12&upstream=glibc",
        ),
        (
            Package("deb", "gcc", "4:12.2.0-3", "s", "amd64", SourcePackage("gcc-defaults", "1.203")),
            DEBIAN,
            "pkg:deb/debian/gcc@4:12.2.0-3?arch=amd64&distro=debian-12&upstream=gcc-defaults%401.203",
        ),
        (
            Package("deb", "bash", "5.2-1+b1", "s", "amd64", SourcePackage("bash", "5.2-1")),
            None,
            "pkg:deb/bash@5.2-1%2Bb1?arch=amd64&upstream=bash%405.2-1",
        ),
        (
            Package("apk", "libcrypto3", "3.3.1-r0", "s", "x86_64", SourcePackage("openssl", "3.3.1-r0")),
            ALPINE,
            "pkg:apk/alpine/libcrypto3@3.3.1-r0?arch=x86_64&distro=alpine-3.20.1&upstream=openssl",
        ),
        (
            Package("rpm", "ModemManager-glib", "1:1.20-2.el8", "s", "x86_64", SourcePackage("ModemManager", "1.19")),
            Distribution("rhel", "8.9", "", "s"),
            "pkg:rpm/redhat/ModemManager-glib@1.20-2.el8?arch=x86_64&distro=rhel-8.9&epoch=1&upstream=ModemManager%401.19",
        ),
        (
            Package("rpm", "zlib", "1.2.13-150500.4.3.1", "s", "noarch"),
            Distribution("opensuse-leap", "15.5", "", "s"),
            "pkg:rpm/opensuse/zlib@1.2.13-150500.4.3.1?arch=noarch&distro=opensuse-leap-15.5",
        ),
        (
            Package("rpm", "nodejs", "1:18.12-2", "s", "x86_64", module="nodejs:18:8070:63b3"),
            Distribution("almalinux", "8.10", "", "s"),
            "pkg:rpm/almalinux/nodejs@18.12-2?arch=x86_64&distro=almalinux-8.10&epoch=1&rpmmod=nodejs:18:8070:63b3",
        ),
        (
            Package("alpm", "pacman", "1:6.0.1-1", "s", "x86_64"),
            Distribution("arch", "", "", "s"),
            "pkg:alpm/arch/pacman@1:6.0.1-1?arch=x86_64&distro=arch",
        ),
        (Package("pypi", "Typing_Extensions", "4.1", "s"), None, "pkg:pypi/typing-extensions@4.1"),
        (Package("npm", "@babel/core", "7.0.0", "s"), DEBIAN, "pkg:npm/%40babel/core@7.0.0"),
        (
            Package("golang", "github.com/Azure/go-autorest", "v14.2.0+incompatible", "s"),
            None,
            "pkg:golang/github.com/azure/go-autorest@v14.2.0%2Bincompatible",
        ),
        (
            Package("maven", "org.apache.commons:commons-Text", "1.9", "s"),
            None,
            "pkg:maven/org.apache.commons/commons-Text@1.9",
        ),
        (Package("maven", "guava", "", "s"), None, "pkg:maven/guava"),
    ],
)
def test_follows_the_rules_of_each_type(package: Package, distribution: Distribution | None, expected: str) -> None:
    assert package_purl(package, distribution) == expected
    assert build(parse(expected)) == expected
    assert PackageURL.from_string(expected).to_string() == expected


@pytest.mark.parametrize(
    "name", ["", " ", "/", "//", ":", "@", "../..", "a?b#c", "\x00", "\x1b[31m", "\ud800", "\u202e"]
)
@pytest.mark.parametrize("kind", TYPES)
def test_hostile_names_still_give_a_purl_that_parses(kind: str, name: str) -> None:
    package = Package(kind, name, name, "s", name, SourcePackage(name, name))
    text = package_purl(package, Distribution(name, name, "", "s"))
    assert text.isascii()
    assert text.isprintable()
    parse(text)
    PackageURL.from_string(text)


@given(st.sampled_from(TYPES), st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_a_purl_that_parses(kind: str, name: str, version: str) -> None:
    text = package_purl(Package(kind, name, version, "s"), DEBIAN)
    assert text.isascii()
    assert parse(text).type == kind
    PackageURL.from_string(text)
