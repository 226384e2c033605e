"""What the advisories of packages without an ecosystem are asked."""

import pytest

from oakum.findings.matchers.generic import generic
from oakum.model.advisory import AdvisoryKey
from oakum.model.fact import Gap
from oakum.model.finding import Suppressed
from oakum.model.gaps import NO_ADVISORY_DATA
from oakum.testing.inventory import BOOKWORM, installed


@pytest.mark.parametrize(
    ("name", "version", "key"),
    [
        ("node", "22.9.0", AdvisoryKey("Bitnami", "node", "22.9.0")),
        ("httpd", "2.4.62", AdvisoryKey("Bitnami", "apache", "2.4.62")),
        ("java", "17.0.15+6", AdvisoryKey("Bitnami", "java", "17.0.15+6")),
        ("eclipse-adoptium/java", "1.8.0_412-b08", AdvisoryKey("Bitnami", "java", "8.0.412")),
        ("java", "1.8.0", AdvisoryKey("Bitnami", "java", "8.0.0")),
    ],
)
def test_bitnami_speaks_of_what_it_packages(name: str, version: str, key: AdvisoryKey) -> None:
    assert list(generic.ask(installed("generic", name, version), BOOKWORM)) == [key]


@pytest.mark.parametrize(("name", "version"), [("bash", "5.2.15"), ("vendor/node", "22.9.0"), ("node", "")])
def test_nobody_speaks_of_what_is_in_no_data(name: str, version: str) -> None:
    (gap,) = generic.ask(installed("generic", name, version), BOOKWORM)
    assert isinstance(gap, Gap)
    assert gap.kind == NO_ADVISORY_DATA


def test_the_distribution_speaks_for_what_it_owns() -> None:
    (answer,) = generic.ask(installed("generic", "debian/java", "17", owner="pkg:deb/debian/openjdk-17-jre"), BOOKWORM)
    assert isinstance(answer, Suppressed)
