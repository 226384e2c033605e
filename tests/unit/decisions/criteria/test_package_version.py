from typing import Any

import pytest

from oakum.decisions.criteria.package_version import package_version
from oakum.kit.errors import ConfigurationError
from oakum.testing.inventory import installed
from oakum.testing.policies import made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"name": "log4j*", "type": "maven", "below": "2.17.1"}, installed("maven", "log4j-core", "2.9.1"), True),
        ({"name": "log4j*", "type": "maven", "below": "2.17.1"}, installed("maven", "log4j-core", "2.17.1"), False),
        (
            {"name": "x", "type": "deb", "at_least": "5.6", "below": "5.6.1+a"},
            installed("deb", "x", "5.6.1-1"),
            True,
        ),
        ({"name": "x", "type": "deb", "at_least": "5.6"}, installed("deb", "x", "5.6~rc1"), False),
        ({"name": "x", "type": "pypi", "below": "2"}, installed("pypi", "x", "one"), None),
        ({"name": "x", "type": "pypi", "below": "2"}, installed("npm", "x", "1"), False),
        ({"name": "x", "type": "pypi", "below": "2"}, installed("pypi", "y", "1"), False),
    ],
)
def test_versions_are_compared_by_their_ecosystem_and_what_is_none_is_unknown(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(package_version, **asked)(candidate) is answer


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"name": "x", "type": "pypi"}, "below, at_least or both"),
        ({"name": "x", "type": "pypi", "below": "one"}, "one"),
    ],
)
def test_versions_that_are_none_are_refused_when_the_policy_is_read(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        made(package_version, **asked)
