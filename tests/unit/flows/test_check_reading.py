import pytest
from msgspec import structs

from oakum.flows.check_reading import checked_artifact, checked_layer
from oakum.kit.errors import LimitError
from oakum.kit.limits import LAYERS
from oakum.model import gaps
from oakum.model.artifact import Artifact, Layer
from oakum.model.fact import Gap
from oakum.model.layer_facts import LayerFacts, Outcome
from oakum.model.reading import LayerRead

STORED, UNPACKED, OTHER = ("sha256:" + digit * 64 for digit in "abc")
ARTIFACT = Artifact("t", "docker_archive", layers=(Layer(STORED, UNPACKED),))
WANTED = {"dpkg": 2, "jar": 5}


def layer(digest: str, **versions: int) -> LayerRead:
    return LayerRead(0, digest, LayerFacts(outcomes=tuple(Outcome(*one) for one in versions.items())))


@pytest.mark.parametrize("digest", [STORED, UNPACKED, ""])
@pytest.mark.parametrize("versions", [{}, {"dpkg": 2}, {"jar": 5, "dpkg": 2}])
def test_what_was_asked_for_is_taken_as_it_is(digest: str, versions: dict[str, int]) -> None:
    said = layer(digest, **versions)
    assert checked_layer(said, ARTIFACT, WANTED, ()) is said


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        (layer(OTHER, dpkg=2), ()),
        (layer(STORED + "\n", dpkg=2), ()),
        (layer(STORED, dpkg=3), ()),
        (layer(STORED, rpm=1), ()),
        (layer("", rpm=1), ()),
        (layer(STORED, dpkg=2), ("dpkg",)),
        (LayerRead(0, STORED, LayerFacts(outcomes=(Outcome("dpkg", 2), Outcome("dpkg", 2)))), ()),
    ],
    ids=["another layer", "misshapen", "a version to come", "not asked", "no digest", "stored", "twice"],
)
def test_what_cannot_be_is_a_blind_gap_and_nothing_of_it_is_used(said: LayerRead, stored: tuple[str, ...]) -> None:
    checked = checked_layer(said, ARTIFACT, WANTED, stored)
    assert (checked.part, checked.digest, checked.facts.outcomes) == (0, "", ())
    [gap] = checked.facts.gaps
    assert isinstance(gap, Gap)
    assert gap.kind in gaps.BLIND


def test_a_misshapen_digest_is_none_even_where_the_artifact_states_it() -> None:
    strange = Artifact("t", "docker_archive", layers=(Layer("", "../../facts"),))
    assert checked_layer(layer("../../facts", dpkg=2), strange, WANTED, ()).facts.gaps


def test_digests_that_the_target_does_not_hold_are_dropped() -> None:
    three = structs.replace(ARTIFACT, layers=(Layer(STORED), Layer(OTHER), Layer("sha256:short")))
    found = checked_artifact(three, lambda digest: digest != OTHER)
    assert [one.digest for one in found.layers] == [STORED, "", ""]


def test_the_number_of_layers_is_bounded() -> None:
    many = structs.replace(ARTIFACT, layers=(Layer(STORED),) * (LAYERS + 1))
    with pytest.raises(LimitError, match="layers"):
        checked_artifact(many, lambda _: True)
