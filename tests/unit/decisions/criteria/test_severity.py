import pytest

from oakum.decisions.criteria.severity import severity
from oakum.testing.inventory import installed
from oakum.testing.policies import made
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1:1.2.13")


@pytest.mark.parametrize(
    ("rating", "answer"),
    [("critical", True), ("high", True), ("medium", False), ("negligible", False), ("unscored", None)],
)
def test_what_nobody_rated_is_unknown(rating: str, answer: bool | None) -> None:  # noqa: FBT001 - a column
    assert made(severity, at_least="high")(finding("CVE-1", ZLIB, rating=rating)) is answer
