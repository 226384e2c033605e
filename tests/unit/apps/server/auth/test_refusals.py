from oakum.apps.server.auth.refusals import Patience, Refusals


def test_the_same_refusal_is_due_once_and_another_at_once() -> None:
    refusals = Refusals()
    assert refusals.is_due("1.2.3.4", "unknown token") == 1
    assert [refusals.is_due("1.2.3.4", "unknown token") for _ in range(100)] == [0] * 100
    assert refusals.is_due("1.2.3.4", "expired") == 1


def test_a_flood_of_sources_does_not_grow_without_end() -> None:
    refusals = Refusals()
    for number in range(5_000):
        refusals.is_due(str(number), "unknown token")
    assert len(refusals._said) <= 1_000  # noqa: SLF001 - what is held is what is tested


def test_each_wrong_password_waits_longer_and_a_right_one_ends_it() -> None:
    patience, waits = Patience(), []
    for _ in range(4):
        patience.was(right=False)
        waits.append(patience.left())
    assert waits == sorted(waits)
    assert waits[0] > 0
    patience.was(right=True)
    assert patience.left() == 0
