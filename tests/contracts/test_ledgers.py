"""What every ledger keeps."""

import pytest
from msgspec.structs import replace

from oakum.kit.errors import UsageError
from oakum.model.judgement import Judgement
from oakum.model.ledger import Notice, Token, entry_hash
from oakum.ports.ledger import Ledger

NOON = "2026-11-25T12:00:00+00:00"


def judgement(id_: str, outcome: str = "deny", at: str = NOON) -> Judgement:
    return Judgement(id_, "build", outcome, "sha256:s", "sha256:p", "sha256:w", "sha256:d", at)


def test_a_judgement_is_kept_once_with_its_subject(ledger: Ledger) -> None:
    ledger.keep_judgement(judgement("a"), b"subject")
    ledger.keep_judgement(judgement("a", "allow"), b"another")
    assert ledger.judgement("a") == (judgement("a"), b"subject")
    assert ledger.judgement("b") is None


def test_judgements_come_newest_first_page_by_page(ledger: Ledger) -> None:
    for number in range(7):
        ledger.keep_judgement(judgement(f"j{number}", "deny" if number % 2 else "allow"), b"the same")
    seen: list[str] = []
    after = ""
    while True:
        page, after = ledger.judgements(after=after, limit=3)
        seen.extend(one.id for one in page)
        if not after:
            break
    assert seen == [f"j{number}" for number in range(6, -1, -1)]
    assert [one.id for one in ledger.judgements(outcome="deny")[0]] == ["j5", "j3", "j1"]


@pytest.mark.parametrize("cursor", ["x", "~", "-1~", "1'; drop table judgement~"])
def test_what_is_no_cursor_is_refused(cursor: str, ledger: Ledger) -> None:
    with pytest.raises(UsageError):
        ledger.judgements(after=cursor)


def test_forgetting_keeps_subjects_that_a_kept_judgement_rests_on(ledger: Ledger) -> None:
    ledger.keep_judgement(judgement("old", at="2026-01-01T00:00:00Z"), b"shared")
    ledger.keep_judgement(judgement("older", at="2025-01-01T00:00:00Z"), b"own")
    ledger.keep_judgement(judgement("new"), b"shared")
    ledger.audit("system", "started", "", {})
    assert ledger.forget("2026-06-01T00:00:00Z") == 2
    assert ledger.judgement("old") is None
    assert ledger.judgement("new") == (judgement("new"), b"shared")
    assert len(ledger.trail()) == 1


def test_the_trail_is_a_chain(ledger: Ledger) -> None:
    made = [
        ledger.audit("token:ci", "policy.set", f"p{number}", {"n": number, "of": ["a", {"b": None}]})
        for number in range(5)
    ]
    kept = ledger.trail()
    assert kept == made
    assert [one.number for one in kept] == [1, 2, 3, 4, 5]
    assert [one.before for one in kept] == ["0" * 64, *(one.hash for one in kept[:-1])]
    assert all(entry_hash(one) == one.hash for one in kept)
    assert ledger.trail(after=3, limit=1) == [kept[3]]
    assert ledger.head() == kept[-1]


def test_a_change_and_its_entry_are_one(ledger: Ledger) -> None:
    with ledger.together():
        ledger.set_setting("policies", "a")
        ledger.audit("system", "policy.set", "a", {})
        assert ledger.setting("policies") == "a"
    with pytest.raises(RuntimeError, match="in the middle"):
        _change_and_fail(ledger)
    assert ledger.setting("policies") == "a"
    assert [one.target for one in ledger.trail()] == ["a"]
    ledger.audit("system", "policy.set", "c", {})
    assert [one.number for one in ledger.trail()] == [1, 2]


def _change_and_fail(ledger: Ledger) -> None:
    with ledger.together():
        ledger.set_setting("policies", "b")
        ledger.audit("system", "policy.set", "b", {})
        raise RuntimeError("in the middle")


def test_a_notice_is_told_to_each_receiver_once(ledger: Ledger) -> None:
    notice = Notice("k1", "drift", "something", at=NOON, facts={"image": "shop:1"})
    assert ledger.enqueue(notice, ("chat", "hook")) == 2
    assert ledger.enqueue(notice, ("hook", "mail", "mail")) == 1
    assert [(one.receiver, one.notice, one.state) for one in ledger.due("2026-11-25T12:00:01Z")] == [
        ("chat", notice, "waiting"),
        ("hook", notice, "waiting"),
        ("mail", notice, "waiting"),
    ]


def test_a_delivery_is_leased_and_comes_again_until_it_is_taken(ledger: Ledger) -> None:
    ledger.enqueue(Notice("k1", "drift", "something", at=NOON), ("hook",))
    assert ledger.due("2026-11-25T11:59:59+00:00") == []
    first = ledger.due("2026-11-25T12:00:01+00:00")[0]
    assert ledger.due("2026-11-25T12:00:59+00:00") == []
    assert [one.id for one in ledger.due("2026-11-25T12:01:02+00:00")] == [first.id]
    ledger.failed(first.id, "503", "2026-11-25T13:00:00+00:00", dead=False)
    assert ledger.due("2026-11-25T12:59:59+00:00") == []
    again = ledger.due("2026-11-25T13:00:00+00:00")[0]
    assert (again.tries, again.error, again.notice.key) == (1, "503", "k1")
    ledger.delivered(first.id)
    ledger.failed(first.id, "too late", "2026-11-25T13:00:00+00:00", dead=False)
    assert ledger.due("2027-01-01T00:00:00+00:00") == []
    assert [(one.state, one.tries) for one in ledger.deliveries()] == [("delivered", 2)]
    assert ledger.deliveries(state="waiting") == []


def test_a_dead_delivery_is_kept_and_never_tried(ledger: Ledger) -> None:
    ledger.enqueue(Notice("k1", "drift", "something", at=NOON), ("hook",))
    ledger.failed(ledger.due(NOON)[0].id, "404", NOON, dead=True)
    assert ledger.due("2027-01-01T00:00:00Z") == []
    assert [one.error for one in ledger.deliveries(state="dead")] == ["404"]
    assert ledger.forget("2026-12-01T00:00:00Z") == 1
    assert ledger.deliveries() == []


def test_tokens_are_found_by_hash_and_change_by_name(ledger: Ledger) -> None:
    ledger.keep_token(Token("ci", "gate", "h1", created=NOON))
    ledger.keep_token(Token("agent", "agent", "h2"))
    ledger.keep_token(Token("ci", "gate", "h1", created=NOON, revoked=NOON))
    assert ledger.token("h1") == Token("ci", "gate", "h1", created=NOON, revoked=NOON)
    assert ledger.token("h3") is None
    assert ledger.token("\0'\ud800") is None
    assert [one.name for one in ledger.tokens()] == ["agent", "ci"]


def test_settings_change(ledger: Ledger) -> None:
    assert ledger.setting("x") == ""
    ledger.set_setting("x", "1")
    ledger.set_setting("x", "2")
    assert ledger.setting("x") == "2"


def test_judgements_of_images_are_found_and_counted(ledger: Ledger) -> None:
    for number, (image, outcome) in enumerate((("i1", "deny"), ("i1", "allow"), ("i2", "deny"), ("", "deny"))):
        made = f"2026-11-25T1{number}:00:00+00:00"
        ledger.keep_judgement(replace(judgement(f"j{number}", outcome), image_id=image, made=made), b"s")
    ledger.keep_judgement(replace(judgement("j9", "deny"), stage="run", image_id="i1", made=NOON), b"s")
    assert [one.id for one in ledger.judgements(image_id="i1")[0]] == ["j9", "j1", "j0"]
    assert ledger.outcomes(["i1", "i2", "i3"]) == {"i1": "allow", "i2": "deny"}
    assert ledger.count_judgements("deny", "2026-11-25T12:00:00+00:00") == 2


def test_settings_and_tokens_are_found_by_name(ledger: Ledger) -> None:
    for name in ("a:1", "a:2", "b:1", "a%"):
        ledger.set_setting(name, name)
    assert ledger.settings("a:") == {"a:1": "a:1", "a:2": "a:2"}
    ledger.keep_token(Token("ci", "gate", "hash"))
    ledger.drop_token("ci")
    ledger.drop_token("ci")
    assert ledger.token("hash") is None
