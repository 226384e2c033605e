from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.spdx_license import spdx_license
from oakum.model.inventory import Installed
from oakum.testing.inventory import installed
from oakum.testing.policies import made

X = installed("pypi", "x", "1")


def licensed(*said: str) -> Installed:
    return replace(X, package=replace(X.package, licenses=said))


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["GPL-*"]}, licensed("GPL-3.0-only"), True),
        ({"matches": ["GPL-*"]}, licensed("MIT OR GPL-3.0-only"), False),
        ({"matches": ["GPL-*"]}, licensed("MIT AND GPL-3.0-only"), True),
        ({"matches": ["GPL-*"]}, licensed("GPL-2.0-only WITH Classpath-exception-2.0"), True),
        ({"matches": ["GPL-*"]}, licensed("MIT"), False),
        ({"matches": ["GPL-*"]}, licensed("some words of mine"), None),
        ({"matches": ["GPL-*"]}, licensed(), None),
    ],
)
def test_a_choice_can_be_escaped_and_what_holds_together_cannot(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(spdx_license, **asked)(candidate) is answer
