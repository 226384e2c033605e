"""The server's API over stores in memory, asked as each role."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from litestar.testing import TestClient
from msgspec import Struct

from oakum.apps.server.application import PREFIX, application
from oakum.apps.server.auth.accounts import new_token
from oakum.apps.server.backing import Backing, policies_of
from oakum.apps.server.settings import Settings
from oakum.flows.decide_gate import decide_gate, packed
from oakum.flows.keep_rules import keep_rules
from oakum.flows.read_policies import read_policies
from oakum.flows.try_policies import try_policies
from oakum.kit.errors import TryLaterError
from oakum.model.api import GateQuestion, PolicyTrial, TokenAsked
from oakum.model.judgement import Judgement
from oakum.model.signature import Verified
from oakum.model.waiver import Waiver
from oakum.ports.advisories import Advisories
from oakum.ports.fleet import Fleet
from oakum.testing.advisories import KnownAdvisories
from oakum.testing.memory_fleet import MemoryFleet
from oakum.testing.stores import MemoryEvents, MemoryLedger

NOON: Final = datetime(2026, 11, 25, 12, tzinfo=UTC)
ROLES: Final = ("admin", "reader", "gate", "agent")


class MovedClock(Struct):
    """Implements ``ports.clock.Clock``: it stands until somebody moves it."""

    at: datetime = NOON

    def now(self) -> datetime:
        """The moment at which it stands."""
        return self.at

    def go(self, **time: float) -> None:
        """Move it on, by ``hours=...`` and the like."""
        self.at += timedelta(**time)


class JudgesHere(Struct):
    """Judges in this very process."""

    advisories: Advisories
    clock: MovedClock
    fleet: Fleet

    def decide(
        self, question: GateQuestion, policies: str, waivers: tuple[Waiver, ...], trust: Verified | None
    ) -> tuple[Judgement, bytes]:
        """The judgement of an artifact, with its packed subject."""
        rules = (read_policies({"policies": policies.encode()}), waivers)
        decided = decide_gate(question, rules, self.advisories, self.clock, trust)
        return decided.judgement, packed(decided.subject)

    def try_policies(self, sides: tuple[str, str], waivers: tuple[Waiver, ...], stage: str, trust: str) -> PolicyTrial:
        """What other policies would decide."""
        before, after = (read_policies({"policies": text.encode()}) for text in sides)
        return try_policies((before, after), waivers, stage, (self.fleet, self.advisories, self.clock), trust)

    def close(self) -> None:
        """Nothing runs."""


class Posts:
    """Implements ``ports.telling.Telling``: notes what is posted, and answers as told."""

    def __init__(self) -> None:
        """It answers 200."""
        self.answer: int | None = 200
        self.said: list[tuple[str, dict[str, str], bytes]] = []

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> int:
        """The status of the answer."""
        self.said.append((url, headers, body))
        if self.answer is None:
            raise TryLaterError("it cannot be reached")
        return self.answer

    async def close(self) -> None:
        """Nothing is held."""


class Api:
    """The API with a token for each role.

    Attributes:
        clock: of the server.
        ledger: of the server.
        fleet: of the server.
        events: of the server.
        client: asks without a token; keeps cookies.
    """

    def __init__(self, state: str, advisories: Advisories | None = None) -> None:
        """Nothing is kept yet but the tokens."""
        self.clock = MovedClock()
        self.ledger, self.fleet, self.events = MemoryLedger(self.clock.now), MemoryFleet(), MemoryEvents()
        judges: Any = JudgesHere(advisories or KnownAdvisories(), self.clock, self.fleet)
        self.backing = Backing(self.ledger, self.fleet, self.events, self.clock, judges, Settings(state))
        keep_rules(self.ledger, policies_of(self.ledger))
        self.client = TestClient(application(self.backing), base_url="http://oakum.test")
        self.tokens = {role: self._token(role) for role in ROLES}

    def ask(self, method: str, path: str, role: str = "admin", **more: Any) -> Any:  # noqa: ANN401 - as the client has it
        """The answer to whoever has a role; nobody's where it is empty."""
        headers = {"Authorization": f"Bearer {self.tokens[role]}"} if role else {}
        return self.client.request(method, PREFIX + path, headers=headers | more.pop("headers", {}), **more)

    def get(self, path: str, role: str = "admin") -> Any:  # noqa: ANN401 - JSON
        """What a page of the API holds."""
        answer = self.ask("GET", path, role)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def _token(self, role: str) -> str:
        return new_token(self.ledger, TokenAsked(f"t-{role}", role, 1), self.clock, "test").secret
