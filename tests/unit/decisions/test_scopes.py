import pytest

from oakum.decisions.scopes import speaks_of
from oakum.model.policy import Scope
from oakum.model.subject import Placement, Subject
from oakum.testing.policies import image

PLACED = image(placement=Placement("prod", "eu-1", "shop", {"team": "web"}))


@pytest.mark.parametrize(
    ("scope", "speaks"),
    [
        (Scope(), True),
        (Scope(images=("registry.example/**",)), True),
        (Scope(images=("other.example/**",)), False),
        (Scope(environments=("test", "prod")), True),
        (Scope(environments=("test",)), False),
        (Scope(clusters=("eu-*",)), True),
        (Scope(namespaces=("s*p",)), True),
        (Scope(namespaces=("kube-*",)), False),
        (Scope(labels={"team": "web"}), True),
        (Scope(labels={"team": "web", "tier": "1"}), False),
        (Scope(images=("registry.example/**",), environments=("test",)), False),
    ],
)
def test_every_part_must_fit(scope: Scope, *, speaks: bool) -> None:
    assert speaks_of(scope, PLACED) is speaks


def test_an_image_without_a_name_is_in_no_scope_of_names() -> None:
    assert not speaks_of(Scope(images=("**",)), Subject("deploy"))
