from oakum.decisions.criteria.fixable import fixable
from oakum.testing.inventory import installed
from oakum.testing.policies import made
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1:1.2.13")


def test_a_fixed_version_is_needed() -> None:
    assert made(fixable)(finding("CVE-1", ZLIB, fixed=("2",))) is True
    assert made(fixable)(finding("CVE-1", ZLIB)) is False
