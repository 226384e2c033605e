import pytest

from oakum.intel.severity_words import score_of, severity
from oakum.model.severity import Severity

V2 = "AV:N/AC:L/Au:N/C:P/I:P/A:P"
V3 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
V4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"


@pytest.mark.parametrize(
    ("word", "rating"),
    [("MODERATE", "medium"), ("Important", "high"), (" low ", "low"), ("CRITICAL", "critical"), ("minor", "low")],
)
def test_words_of_the_sources(word: str, rating: str) -> None:
    assert severity([word], [], []) == Severity(rating, "source")


@pytest.mark.parametrize("word", [None, 7, [], {}, "Unknown", "", "high!"])
def test_other_words_rate_nothing(word: object) -> None:
    assert severity([word], [], []) == Severity()


def test_the_newest_vector_counts() -> None:
    vectors = [("CVSS_V2", V2), ("CVSS_V4", V4), ("CVSS_V3", V3)]
    assert severity([], vectors, []) == Severity("critical", "cvss", 9.3, V4)
    assert severity([], vectors[:1], []) == Severity("high", "cvss", 7.5, V2)


def test_a_broken_vector_gives_way_to_the_next() -> None:
    assert severity([], [("CVSS_V4", "CVSS:4.0/AV:X"), ("CVSS_V3", V3)], []) == Severity("critical", "cvss", 9.8, V3)


@pytest.mark.parametrize("vector", ["", "x", "CVSS:3.1/", "CVSS:3.1/AV:N", "A" * 10_000, "\0", V4])
def test_what_is_no_vector_has_no_score(vector: str) -> None:
    assert score_of("CVSS_V3", vector) is None
    assert severity([], [("CVSS_V3", vector), ("other", vector)], []) == Severity()


def test_a_number_without_a_vector_counts() -> None:
    assert severity([], [], [None, "6.1", "5.0"]) == Severity("medium", "cvss", 6.1)
    assert severity([], [], ["11", "nan", "inf", "-1", "x", {}]) == Severity()


def test_the_summary_rates_only_by_its_first_word() -> None:
    assert severity([], [], [], "Moderate: a") == Severity("medium", "source")
    assert severity([], [], [], "A critical: flaw") == Severity()
    assert severity([], [], [], "Critical flaw") == Severity()
