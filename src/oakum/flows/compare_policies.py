"""Say which policies came, went and changed."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from oakum.model.policy import All, Check, Condition, Not, Policy, Some


class Difference(Struct, frozen=True):
    """A policy that is not in both, or not the same in both.

    Attributes:
        policy: its name.
        what: ``new``, ``gone`` or ``changed``.
        fields: name -> what it was and what it is, where it changed.
    """

    policy: str
    what: str
    fields: dict[str, tuple[str, str]] = {}


def compare_policies(old: Sequence[Policy], new: Sequence[Policy]) -> Iterator[Difference]:
    """Every difference, in the order of the names; where a policy stands makes none."""
    before, after = ({one.name: _plain(one) for one in some} for some in (old, new))
    for name in sorted({*before, *after}):
        if name not in before:
            yield Difference(name, "new")
        elif name not in after:
            yield Difference(name, "gone")
        else:
            fields = {
                field: (_shown(getattr(before[name], field)), _shown(getattr(after[name], field)))
                for field in Policy.__struct_fields__
                if getattr(before[name], field) != getattr(after[name], field)
            }
            if fields:
                yield Difference(name, "changed", fields)


def _plain(policy: Policy) -> Policy:
    return replace(policy, origin="", when=_placeless(policy.when))


def _placeless(condition: Condition) -> Condition:
    if isinstance(condition, Check):
        return replace(condition, place="")
    if isinstance(condition, Not):
        return Not(_placeless(condition.of))
    parts = tuple(_placeless(part) for part in condition.of)
    return All(parts) if isinstance(condition, All) else Some(parts)


def _shown(value: Any) -> str:  # noqa: ANN401 - of every field
    if isinstance(value, str):
        return value
    return msgspec.json.encode(_words(value) if isinstance(value, Check | All | Some | Not) else value).decode()


def _words(condition: Condition) -> Any:  # noqa: ANN401 - JSON
    """A condition as it is written."""
    if isinstance(condition, Check):
        return {condition.criterion: condition.asked} if condition.asked else condition.criterion
    if isinstance(condition, Not):
        return {"not": _words(condition.of)}
    return {"all" if isinstance(condition, All) else "any": [_words(part) for part in condition.of]}
