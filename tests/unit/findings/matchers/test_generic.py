"""What the advisories of packages without an ecosystem are asked."""

from oakum.findings.matchers.generic import generic
from oakum.model.fact import Gap
from oakum.model.finding import Suppressed
from oakum.model.gaps import NO_ADVISORY_DATA
from oakum.testing.inventory import BOOKWORM, installed


def test_nobody_speaks_of_a_program_that_no_distribution_owns() -> None:
    (gap,) = generic.ask(installed("generic", "java", "17.0.15+6"), BOOKWORM)
    assert isinstance(gap, Gap)
    assert gap.kind == NO_ADVISORY_DATA


def test_the_distribution_speaks_for_what_it_owns() -> None:
    (answer,) = generic.ask(installed("generic", "debian/java", "17", owner="pkg:deb/debian/openjdk-17-jre"), BOOKWORM)
    assert isinstance(answer, Suppressed)
