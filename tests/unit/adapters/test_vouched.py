import pytest

from oakum.adapters.vouched import Vouched
from oakum.kit.errors import DamagedError, OakumError, TryLaterError
from oakum.kit.journal import Journal
from oakum.kit.watched import WatchedHelper
from oakum.model import gaps
from oakum.model.artifact import Artifact, Layer
from oakum.model.fact import Gap
from oakum.model.layer_facts import LayerFacts, Outcome
from oakum.model.reading import Known, LayerRead, Want

DIGESTS = tuple("sha256:" + letter * 64 for letter in "ab")
FACTS = LayerFacts(outcomes=(Outcome("dpkg", 1),))


class _Source:
    def __init__(self) -> None:
        self.wants: list[Want] = []
        self.whole: set[int] = set()

    def begin(self, feeds: tuple[int, ...]) -> None:
        raise AssertionError(feeds)

    def fetch(self, want: Want) -> None:
        self.wants.append(want)

    def waiting(self) -> bool:
        return False

    def held(self, part: int) -> bool:
        return part in self.whole

    def asked(self, part: int) -> bool:
        return any(want.part == part for want in self.wants)

    def trouble(self, part: int = -1) -> OakumError | None:
        return TryLaterError(f"no {part}")


class _Run(WatchedHelper):
    def __init__(self) -> None:
        self.workers = 1
        self._feeding = ()
        self.journal = Journal.create(1)


@pytest.fixture
def source() -> _Source:
    return _Source()


@pytest.fixture
def vouched(source: _Source) -> Vouched:
    one = Vouched(source, frozenset({"dpkg"}))
    one.begin(_Run())
    one.opened(Artifact("r", "registry", layers=tuple(Layer(digest) for digest in DIGESTS)))
    return one


def test_facts_count_with_the_word_alone(source: _Source, vouched: Vouched) -> None:
    vouched.want(Want(0, 0, DIGESTS[0], 5))
    vouched.want(Want(1, 0, DIGESTS[1], 5))
    source.whole = {1}
    bad, good = (vouched.layer(LayerRead(part, DIGESTS[part], FACTS), Known({})) for part in (0, 1))
    assert (good.digest, good.facts) == (DIGESTS[1], FACTS)
    assert (bad.digest, bad.facts.outcomes) == ("", ())
    [gap] = bad.facts.gaps
    assert isinstance(gap, Gap)
    assert gap.kind == gaps.DAMAGED_LAYER
    assert "no 0" in gap.what


def test_facts_of_a_layer_that_nobody_sent_are_dropped(vouched: Vouched) -> None:
    layer = vouched.layer(LayerRead(0, DIGESTS[0], FACTS), Known({}))
    assert (layer.digest, layer.facts.outcomes, len(layer.facts.gaps)) == ("", (), 1)


def test_a_layer_that_is_known_needs_no_word_and_brings_no_facts(vouched: Vouched) -> None:
    layer = vouched.layer(LayerRead(0, "sha256:lie", FACTS), Known({0: ("dpkg",)}))
    assert layer == LayerRead(0, DIGESTS[0], LayerFacts())


@pytest.mark.parametrize(
    "want",
    [
        Want(0, 0, DIGESTS[1], 5),
        Want(2, 0, DIGESTS[0], 5),
        Want(-2, 0, DIGESTS[0], 5),
        Want(0, 1, DIGESTS[0], 5),
        Want(-1, 0, "sha256:x", 5),
        Want(-1, 0, "../../_catalog", 5),
    ],
)
def test_a_parser_that_asks_for_something_else_is_refused(vouched: Vouched, source: _Source, want: Want) -> None:
    with pytest.raises(DamagedError):
        vouched.want(want)
    assert source.wants == []


def test_without_a_source_everything_passes() -> None:
    layer = LayerRead(0, DIGESTS[0], FACTS)
    vouched = Vouched(None, frozenset())
    assert vouched.layer(layer, Known({})) is layer
    assert vouched.trouble() is None
    with pytest.raises(DamagedError):
        vouched.want(Want(-1, 0, DIGESTS[0], 1))
