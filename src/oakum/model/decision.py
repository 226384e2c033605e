"""The decision of a gate."""

from msgspec import Struct


class Decision(Struct, frozen=True):
    """Whether the artifact passes.

    Attributes:
        outcome: ``allow``, ``deny`` or ``unknown``.
        asked: true when a gate was asked for; without one everything is allowed.
        reasons: one sentence each; for ``unknown`` they name the gaps.
    """

    outcome: str = "allow"
    asked: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """What the command line ends with: 0 allow, 1 deny, 2 unknown."""
        return {"allow": 0, "deny": 1, "unknown": 2}[self.outcome]


class GateAsked(Struct, frozen=True):
    """What a gate was asked to refuse.

    Attributes:
        fail_on: what is refused, by words that commas part (``decisions.refusals``), or empty for no gate.
        ignore_unfixed: findings without a fixed version do not count.
        allow_unknown: what could not be judged does not hold the artifact back.
    """

    fail_on: str = ""
    ignore_unfixed: bool = False
    allow_unknown: bool = False


class Basis(Struct, frozen=True):
    """What is known of the data that a judgement rests on, as far as a gate asks.

    Attributes:
        kev: the data have a catalog of exploited vulnerabilities.
        age_hours: since the data were last what their sources have; None where there are no data.
    """

    kev: bool = False
    age_hours: float | None = None
