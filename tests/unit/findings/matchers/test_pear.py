"""What the advisories of PEAR's packages are asked."""

import pytest

from oakum.findings.matchers.pear import pear
from oakum.model.advisory import AdvisoryKey
from oakum.model.fact import Gap
from oakum.model.finding import Suppressed
from oakum.testing.inventory import installed


def test_a_package_of_pear_is_asked_by_its_name_on_packagist() -> None:
    package = installed("pear", "pear.php.net/Archive_Tar", "1.4.5")
    assert list(pear.ask(package, None)) == [AdvisoryKey("Packagist", "pear/archive_tar", "1.4.5")]


@pytest.mark.parametrize("name", ["pecl.php.net/memcached", "pear.example.org/Archive_Tar", "Archive_Tar", ""])
def test_of_others_no_advisories_speak(name: str) -> None:
    (gap,) = pear.ask(installed("pear", name, "1"), None)
    assert isinstance(gap, Gap)


def test_what_a_distribution_owns_follows_its_advisories() -> None:
    (found,) = pear.ask(installed("pear", "pear.php.net/PEAR", "1.10", owner="pkg:deb/debian/php-pear@1"), None)
    assert isinstance(found, Suppressed)
