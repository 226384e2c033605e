from oakum.facts.broken import Broken, whole
from oakum.model.fact import Gap


def test_what_is_broken_is_counted_in_one_gap() -> None:
    trouble: list[Gap] = []
    assert list(whole([b"a", Broken("x"), b"b", Broken("y")], "p", trouble)) == [b"a", b"b"]
    assert [gap.what for gap in trouble] == ["2 places of the package database cannot be read: x"]
    assert not list(whole([], "p", trouble))
    assert len(trouble) == 1
