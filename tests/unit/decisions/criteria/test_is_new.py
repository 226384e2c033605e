from msgspec.structs import replace

from oakum.decisions.criteria.is_new import is_new
from oakum.testing.inventory import installed
from oakum.testing.policies import made
from oakum.testing.report import finding

FOUND = finding("CVE-1", installed("deb", "zlib1g", "1"))


def test_without_a_baseline_nobody_knows() -> None:
    assert made(is_new)(FOUND) is None
    assert made(is_new)(replace(FOUND, in_baseline=False)) is True
    assert made(is_new)(replace(FOUND, in_baseline=True)) is False
