"""Who provides what others need."""

from oakum.facts.capabilities import Capabilities
from oakum.kit.limits import CAPABILITY_PROVIDERS


def test_a_need_leads_to_all_that_provide_it_but_itself() -> None:
    known = Capabilities()
    known.add("app", "1", ["mta"])
    known.add("exim", "4", ["mta"])
    known.add("postfix", "3", ["mta"])
    assert known.depends("app", "1", ["mta", "nothing"]) == ("exim", "postfix")


def test_a_version_is_named_where_several_are_installed() -> None:
    known = Capabilities()
    known.add("kernel", "1")
    known.add("kernel", "2")
    known.add("app", "1")
    assert known.depends("app", "1", ["kernel"]) == ("kernel 1", "kernel 2")
    assert known.depends("kernel", "1", ["kernel"]) == ("kernel 2",)


def test_what_everyone_provides_says_nothing() -> None:
    known = Capabilities()
    for number in range(CAPABILITY_PROVIDERS + 1):
        known.add(f"p{number}", "1", ["x"])
    assert known.depends("app", "1", ["x"]) == ()
