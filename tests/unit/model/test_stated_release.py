"""The release that a package's own URL names."""

import pytest

from oakum.model.fact import Distribution, Package
from oakum.model.stated_release import is_release_of, stated_release


def of(purl: str) -> Distribution | None:
    return stated_release(Package("rpm", "demo", "1", "demo.rpm", purl=purl))


@pytest.mark.parametrize(
    ("distro", "identity", "version"),
    [("rhel-9.4", "rhel", "9.4"), ("opensuse-leap-15.5", "opensuse-leap", "15.5"), ("a%20b-1", "a b", "1")],
)
def test_id_and_version(distro: str, identity: str, version: str) -> None:
    found = of(f"pkg:rpm/demo@1?arch=src&distro={distro}")
    assert found is not None
    assert (found.id, found.version) == (identity, version)


@pytest.mark.parametrize(
    "purl",
    [
        "", "pkg:rpm/demo@1", "pkg:rpm/demo@1?distro=el9", "pkg:rpm/demo@1?distro=opensuse-tumbleweed",
        "pkg:rpm/demo@1?distro=-9", "pkg:rpm/demo@1?distro=", "pkg:rpm/demo@1?distro=a-1&distro=b-2", "distro=rhel-9",
        "pkg:rpm/demo@1#distro=rhel-9",
    ],
)  # fmt: skip
def test_what_names_no_release(purl: str) -> None:
    assert of(purl) is None


@pytest.mark.parametrize(
    ("identity", "version", "same"),
    [("rhel", "9", True), ("rhel", "9.4", True), ("rhel", "90", False), ("rhel", "8.9", False), ("rocky", "9", False)],
)
def test_a_statement_may_say_less_than_os_release(identity: str, version: str, same: bool) -> None:  # noqa: FBT001
    stated = Distribution("rhel", "9", "", "")
    assert is_release_of(stated, Distribution(identity, version, "", "etc/os-release")) is same
