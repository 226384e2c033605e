"""What a distribution's advisories are asked."""

import pytest

from oakum.findings.matcher import Answer
from oakum.findings.matchers.distro import distro
from oakum.model.advisory import AdvisoryKey
from oakum.model.fact import Distribution
from oakum.model.inventory import Installed
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
        (Distribution("ubuntu", "24.04", "Ubuntu", "etc/os-release"), "Ubuntu:24.04:LTS"),
    ],
)
def test_the_release_names_the_ecosystem(distribution: Distribution, ecosystem: str) -> None:
    assert _asked(installed("apk", "musl", "1.2.5-r0"), distribution) == [AdvisoryKey(ecosystem, "musl", "1.2.5-r0")]


def test_without_a_release_there_is_nothing_to_ask() -> None:
    assert _asked(installed("deb", "bash", "5.2"), None) == []
    assert _asked(installed("deb", "bash", "5.2"), Distribution("debian", "", "sid", "etc/os-release")) == []
