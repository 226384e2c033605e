"""The criterion ``cel``."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from oakum.decisions.answers import Failed
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.decisions.expressions import Expression
from oakum.model.subject import Subject


class Cel(Struct, frozen=True, forbid_unknown_fields=True):
    """``expression``: in CEL, about the parts that [its page](cel.md) names; it gives a bool."""

    expression: Annotated[str, Meta(min_length=1, max_length=4_000)]


@criterion(level=SUBJECT, asked=Cel, version=1, timed=True, whole=True)
def cel(asked: Cel, now: datetime) -> SubjectTest:
    """An expression holds, for what no other criterion says; needs ``pip install 'oakum[cel]'``.

    An expression that cannot be computed is never false: it reads what was not collected or is not there, a number is
    too large, a loop has no end in sight. The policy counts as broken then, also under ``not`` and whatever it says of
    what is unknown, and the reason stands in the judgement.

    Raises:
        ConfigurationError: the engine is not installed, or the expression does not compile or gives no bool.
    """
    compiled, today = Expression(asked.expression), now.date().isoformat()

    def test(subject: Subject) -> bool | Failed:
        return compiled.answer(subject, today)

    return test
