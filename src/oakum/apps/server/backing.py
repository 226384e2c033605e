"""What the API answers from: the stores, the policies that are on, and the processes that judge."""

from contextlib import suppress

import msgspec
from msgspec import Struct

from oakum.apps import store_wiring, wiring
from oakum.apps.policy_files import STARTER, set_text
from oakum.apps.server.judges import Judges
from oakum.apps.server.settings import Settings
from oakum.flows.keep_rules import keep_rules
from oakum.flows.read_policies import read_policies
from oakum.flows.snapshot_fleet import trusted
from oakum.flows.verify_fleet import TRUST
from oakum.flows.waiver_ledger import standing_waivers
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import ConfigurationError, OakumError
from oakum.model.api import DataState
from oakum.model.policy import Policy
from oakum.model.signature import Verified
from oakum.model.trust import TrustRules
from oakum.model.waiver import Waiver
from oakum.ports.clock import Clock
from oakum.ports.event_store import EventStore
from oakum.ports.fleet import Fleet
from oakum.ports.ledger import Ledger

POLICIES = "policies"
"""The setting that holds their text."""


class Backing(Struct):
    """Everything behind the API.

    Attributes:
        ledger: decisions, audit, tokens, settings.
        fleet: images, containers, incidents.
        events: what happened in containers.
        clock: tells the time.
        judges: processes that match and decide.
        settings: how the server runs.
    """

    ledger: Ledger
    fleet: Fleet
    events: EventStore
    clock: Clock
    judges: Judges
    settings: Settings

    def now(self) -> str:
        """This moment (ISO 8601)."""
        return self.clock.now().isoformat()

    def close(self) -> None:
        """Let everything go."""
        self.judges.close()
        for store in (self.ledger, self.fleet, self.events):
            store.close()


def open_backing(settings: Settings) -> Backing:
    """Open the stores of a state folder.

    Raises:
        OakumError: one cannot be used.
    """
    ledger = store_wiring.open_ledger(settings.state)
    with suppress(ConfigurationError):  # whoever judges by them says so
        keep_rules(ledger, policies_of(ledger))
    return Backing(
        ledger,
        store_wiring.open_fleet(settings.state),
        store_wiring.open_events(settings.state),
        wiring.clock(),
        Judges(settings.database, settings.state),
        settings,
    )


def policy_text(ledger: Ledger) -> str:
    """The policies that are on, as somebody wrote them; the starter set until then."""
    return ledger.setting(POLICIES) or set_text(STARTER)


def policies_of(ledger: Ledger) -> tuple[Policy, ...]:
    """The policies that are on.

    Raises:
        ConfigurationError: this Oakum cannot read what another one kept.
    """
    return read_policies({POLICIES: policy_text(ledger).encode()})


def rules_of(ledger: Ledger, clock: Clock) -> tuple[tuple[Policy, ...], tuple[Waiver, ...]]:
    """The policies that are on and the waivers that hold: what every gate of the server decides by.

    Raises:
        ConfigurationError: as of ``policies_of``.
    """
    return policies_of(ledger), standing_waivers(ledger, clock)


def trust_of(ledger: Ledger) -> TrustRules:
    """The trust rules that are on; without a digest where none are.

    Raises:
        ConfigurationError: this Oakum cannot read what another one kept.
    """
    text = ledger.setting(TRUST)
    if not text:
        return TrustRules(())
    try:
        return msgspec.json.decode(text, type=TrustRules)
    except UNDECODABLE as error:
        raise ConfigurationError(f"the trust rules that were kept cannot be read: {error}") from None


def trust_at(backing: Backing, image_id: str) -> Verified | None:
    """What was found at an image by the trust rules that are on; None where nobody looked, or there are none."""
    rules = trust_of(backing.ledger).digest
    return trusted(backing.fleet.trust([image_id]).get(image_id), rules) if rules and image_id else None


def data_state(database: str) -> DataState:
    """What the advisories are that images are judged by; nothing where they cannot be used."""
    try:
        info = wiring.open_advisories(database or wiring.database_path()).about()
    except OakumError:
        return DataState()
    newest = max((one.newest for one in info.ecosystems.values()), default="")
    records = sum(one.records for one in info.ecosystems.values())
    return DataState(info.digest, records, newest or info.built, info.starter)
