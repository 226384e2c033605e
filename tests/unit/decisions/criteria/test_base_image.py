from typing import Any

import pytest

from oakum.decisions.criteria.base_image import base_image
from oakum.decisions.trust import BASE as NAME
from oakum.model.subject import Subject
from oakum.testing.policies import configured, made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        (
            {"matches": ["registry.example/**"]},
            configured(labels={NAME: "registry.example/base:1"}),
            True,
        ),
        (
            {"matches": ["registry.example/**"]},
            configured(labels={NAME: "debian:12"}),
            False,
        ),
        ({"matches": ["**"]}, configured(), None),
        ({"matches": ["**"]}, Subject("deploy"), None),
    ],
)
def test_the_label_names_the_base_and_without_it_the_base_is_unknown(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(base_image, **asked)(candidate) is answer
