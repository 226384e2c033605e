"""Keep a decision that a gate asked for: the judgement with its inputs, and the image, which is known from now on."""

from typing import Final

from oakum.flows.decide_gate import unpacked
from oakum.kit.limits import INVENTORY_BYTES
from oakum.model.api import GateQuestion
from oakum.model.fleet import FleetImage
from oakum.model.judgement import Judgement
from oakum.ports.fleet import Fleet
from oakum.ports.ledger import Ledger

SERVER: Final = "server"


def keep_decision(
    judgement: Judgement, packed: bytes, asked: tuple[GateQuestion, str], stores: tuple[Ledger, Fleet], actor: str
) -> None:
    """Keep it once, with an entry in the audit trail.

    An image that the server read itself stays as that: what a gate says of it only counts until then.

    Args:
        judgement: what was decided.
        packed: its subject, as the ledger keeps it.
        asked: the question, and the moment at which it came (ISO 8601).
        stores: ledger and fleet.
        actor: who asked.
    """
    ledger, fleet = stores
    question, at = asked
    with ledger.together():
        known = ledger.judgement(judgement.id) is not None
        ledger.keep_judgement(judgement, packed)
        if not known:
            detail = {"outcome": judgement.outcome, "stage": judgement.stage, "of": judgement.reference}
            ledger.audit(actor, "judgement.made", judgement.id, detail)
    id_ = question.artifact.image_id
    had = fleet.image(id_) if id_ else None
    if id_ and (had is None or had[0].source != SERVER):
        subject = unpacked(packed, INVENTORY_BYTES)
        fleet.keep_image(FleetImage(question.artifact, question.inventory, at, actor), subject.findings or ())
