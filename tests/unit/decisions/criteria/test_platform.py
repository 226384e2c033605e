from typing import Any

import pytest

from oakum.decisions.criteria.platform import platform
from oakum.model.artifact import Artifact
from oakum.model.subject import Subject
from oakum.testing.policies import made


def on(platform: str) -> Subject:
    return Subject("build", artifact=Artifact("x", "docker", platform=platform))


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["linux/arm64", "linux/arm64/*"]}, on("linux/arm64/v8"), True),
        ({"matches": ["linux/arm64"]}, on("linux/amd64"), False),
        ({"matches": ["**"]}, on(""), None),
        ({"matches": ["**"]}, Subject("deploy"), None),
    ],
)
def test_the_image_says_so(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(platform, **asked)(candidate) is answer
