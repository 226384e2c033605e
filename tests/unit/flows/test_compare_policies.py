from msgspec.structs import replace

from oakum.flows.compare_policies import Difference, compare_policies
from oakum.model.policy import All, Check, Not
from oakum.testing.policies import policy

SEVERE = policy("severe", All((Check("severity", {"at_least": "high"}, "a:1:1"), Not(Check("fixable", {}, "a:2:1")))))


def test_where_a_policy_stands_makes_no_difference() -> None:
    moved = replace(
        SEVERE,
        origin="b.yaml:1:1",
        when=All((Check("severity", {"at_least": "high"}, "b:1:1"), Not(Check("fixable", {}, "b:2:1")))),
    )
    assert list(compare_policies([SEVERE], [moved])) == []


def test_what_came_went_and_changed_is_told_field_by_field() -> None:
    changed = replace(SEVERE, unknown="warn", when=Check("fixable"))
    new, gone = policy("new", Check("fixable")), policy("gone", Check("fixable"))
    assert list(compare_policies([SEVERE, gone], [changed, new])) == [
        Difference("gone", "gone"),
        Difference("new", "new"),
        Difference(
            "severe",
            "changed",
            {
                "when": ('{"all":[{"severity":{"at_least":"high"}},{"not":"fixable"}]}', '"fixable"'),
                "unknown": ("deny", "warn"),
            },
        ),
    ]
