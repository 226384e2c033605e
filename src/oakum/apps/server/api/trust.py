"""Resource ``trust``."""

from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Request, Response, get, put
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from oakum.apps import wiring
from oakum.apps.server.auth.doors import ADMINS, GATE_READERS, ROLES, session
from oakum.apps.server.backing import Backing, trust_of
from oakum.apps.server.problems import problem
from oakum.apps.server.resource import resource
from oakum.flows.read_trust import sealed
from oakum.flows.verify_fleet import TRUST
from oakum.flows.verify_trust import check_trust
from oakum.kit.errors import ConfigurationError
from oakum.model.trust import TrustRules

Asked = Request[Any, Any, Any]


@resource(version=1)
def trust(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """The trust rules: which images are trusted, and who must vouch for them."""
    ledger = backing.ledger

    @get("/trust", opt={ROLES: GATE_READERS}, sync_to_thread=True, summary="The trust rules that are on")
    def shown() -> TrustRules:
        return trust_of(ledger)

    @put("/trust", opt={ROLES: ADMINS}, sync_to_thread=True, summary="Take other trust rules, whole or not at all")
    def changed(data: JSONBody[TrustRules], request: Asked) -> Response[TrustRules] | Response[bytes]:
        try:
            rules = sealed(data) if data.rules else TrustRules(())
            check_trust(rules, wiring.verifiers())
        except ConfigurationError as error:
            return problem(422, str(error))
        with ledger.together():
            ledger.set_setting(TRUST, msgspec.json.encode(rules).decode() if rules.rules else "")
            detail = {"digest": rules.digest, "rules": [rule.name for rule in rules.rules]}
            ledger.audit(session(request).actor, "trust.set", TRUST, detail)
        return Response(rules)

    return shown, changed
