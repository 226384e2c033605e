"""Resource ``policies``."""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from anyio import to_thread
from litestar import Request, Response, get, post, put
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from oakum.apps.server.auth.doors import ADMINS, GATE_READERS, ROLES, session
from oakum.apps.server.backing import POLICIES, Backing, policy_text, trust_of
from oakum.apps.server.problems import problem
from oakum.apps.server.resource import resource
from oakum.flows.keep_rules import keep_rules
from oakum.flows.read_policies import read_policies
from oakum.flows.waiver_ledger import standing_waivers
from oakum.kit.errors import ConfigurationError
from oakum.model.api import PolicyTrial, Rules, TrialAsked

Asked = Request[Any, Any, Any]
_TEXT_CHARACTERS: Final = 1 << 20


@resource(version=1)
def policies(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """The policies that are on."""
    ledger = backing.ledger

    @get("/policies", opt={ROLES: GATE_READERS}, sync_to_thread=True, summary="The policies, as they were written")
    def shown() -> Rules:
        return rules(policy_text(ledger))

    @put("/policies", opt={ROLES: ADMINS}, sync_to_thread=True, summary="Take other policies, whole or not at all")
    def changed(data: JSONBody[Rules], request: Asked) -> Response[Rules] | Response[bytes]:
        refused = _mistake(data.text)
        if refused:
            return problem(*refused)
        read = read_policies({POLICIES: data.text.encode()})
        told = rules(data.text)
        with ledger.together():
            keep_rules(ledger, read)
            ledger.set_setting(POLICIES, data.text)
            detail = {"digest": told.digest, "policies": [policy.name for policy in read]}
            ledger.audit(session(request).actor, "policies.set", POLICIES, detail)
        return Response(told)

    @post("/policies/trials", opt={ROLES: GATE_READERS}, status_code=200, summary="Whom other policies would hit")
    async def tried(data: JSONBody[TrialAsked]) -> PolicyTrial | Response[bytes]:
        refused = await to_thread.run_sync(_mistake, data.text)
        if refused:
            return problem(*refused)
        return await to_thread.run_sync(_tried, data)

    def _tried(data: TrialAsked) -> PolicyTrial:
        sides = policy_text(ledger), data.text
        return backing.judges.try_policies(
            sides, standing_waivers(ledger, backing.clock), data.stage, trust_of(ledger).digest
        )

    return shown, changed, tried


def rules(text: str) -> Rules:
    """Policies with the digest of their text."""
    return Rules(text, f"sha256:{hashlib.sha256(text.encode()).hexdigest()}")


def _mistake(text: str) -> tuple[int, str] | None:
    """The status and the reason with which a text is refused; None for policies."""
    if len(text) > _TEXT_CHARACTERS:
        return 413, f"policies have up to {_TEXT_CHARACTERS} characters"
    try:
        read_policies({POLICIES: text.encode("utf-8", "surrogatepass")})
    except (ConfigurationError, UnicodeEncodeError) as error:
        return 422, str(error)
    return None
