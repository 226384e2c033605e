"""A decision with everything that it rests on, so that it can be made again at any time, anywhere."""

from msgspec import Struct

from oakum.model.judgement import Judgement
from oakum.model.policy import Policy
from oakum.model.subject import Subject
from oakum.model.waiver import Waiver


class DecisionRecord(Struct, frozen=True):
    """What a decision was, and its inputs.

    Attributes:
        judgement: the decision.
        subject: what was judged.
        policies: what was held against it.
        waivers: findings that were accepted then.
        written: version of Oakum that wrote the record.
    """

    judgement: Judgement
    subject: Subject
    policies: tuple[Policy, ...]
    waivers: tuple[Waiver, ...] = ()
    written: str = ""
