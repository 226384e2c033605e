"""What is said between the server and those who ask it: the command line, agents, the console, registries.

Nouns that go over the wire as they are (containers, incidents, judgements, ...) are those of their own modules.
"""

from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct, field

from oakum.model.artifact import Artifact
from oakum.model.event import Event
from oakum.model.fleet import Affected, Container, Host, Incident
from oakum.model.inventory import Inventory
from oakum.model.judgement import Breach, Judgement
from oakum.model.ledger import AuditEntry
from oakum.model.subject import Placement

_END: Final = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T[0-9:.]{5,15}(Z|[+-][0-9:]{4,6}))?$"
"""A day, or a moment with its zone."""


class Problem(Struct, frozen=True, omit_defaults=True):
    """An error (RFC 9457, ``application/problem+json``).

    Attributes:
        type: ``about:blank`` or a word that stays the same.
        title: of this kind of error.
        status: HTTP status.
        detail: what is wrong here, one sentence.
        instance: id of the exchange.
    """

    title: str
    status: int
    type: str = "about:blank"
    detail: str = ""
    instance: str = ""


class SetUp(Struct, frozen=True, forbid_unknown_fields=True):
    """Makes the one admin account: the token that ``oakum serve`` printed, and a password."""

    token: str
    password: str


class SignIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Begins a session."""

    password: str


class Session(Struct, frozen=True):
    """Who asks: ``admin`` or ``token:NAME``, with the role, and until when (ISO 8601)."""

    actor: str
    role: str
    expires: str = ""


class About(Struct, frozen=True):
    """What anybody may know of the server: its version, and whether it still waits to be set up."""

    version: str
    needs_set_up: bool


class TokenAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """A token to make: name, role (``admin``, ``agent``, ``gate``, ``reader``), days until it expires (0: never)."""

    name: str
    role: str
    days: int = 90


class TokenShown(Struct, frozen=True):
    """A token as it may be shown; the secret once, in the answer that made it."""

    name: str
    role: str
    created: str
    expires: str = ""
    revoked: str = ""
    secret: str = ""


class GateQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """What a gate asks the server to decide: an artifact as it was taken apart where it was built.

    The server matches the inventory with its own advisories and holds its own policies and waivers against it.

    Attributes:
        artifact: what was opened.
        inventory: what is installed in it, and what could not be read.
        stage: ``build``, ``registry``, ``deploy`` or ``run``.
        placement: where it is meant to run.
    """

    artifact: Artifact
    inventory: Inventory
    stage: str = "build"
    placement: Placement = field(default_factory=Placement)


class Attention(Struct, frozen=True):
    """One thing that needs somebody now.

    Attributes:
        kind: of the incident, or ``host_silent``, ``delivery_dead``, ``registry_failing``, ``data_old``,
            ``audit_export``.
        title: one sentence.
        link: path in the console.
        at: since when (ISO 8601).
        severity: ``critical`` to ``low``.
    """

    kind: str
    title: str
    link: str
    at: str = ""
    severity: str = "medium"


class DataState(Struct, frozen=True):
    """The advisory database that the server judges by: digest, records, date of the newest data, ``starter`` or not."""

    digest: str = ""
    records: int = 0
    newest: str = ""
    starter: bool = False


class Overview(Struct, frozen=True):
    """The first page: what needs me now, and how much there is.

    Attributes:
        attention: worst first.
        counts: ``images``, ``containers`` (running), ``hosts``, ``incidents`` (open), ``denied`` (decisions of the
            last day), ``waiting`` and ``dead`` (deliveries).
        data: what is judged by.
    """

    attention: tuple[Attention, ...]
    counts: dict[str, int]
    data: DataState = DataState()


class ImageRow(Struct, frozen=True):
    """An image in a list.

    Attributes:
        image_id: its identity.
        name: a name that it bears, or empty.
        names: all of them.
        digest: of the manifest.
        platform: of it.
        system: ``Debian GNU/Linux 12``, or empty.
        packages: how many.
        findings: severity -> how many; ``unscored`` is one.
        gaps: how many.
        running: containers that run of it now.
        outcome: of its newest judgement, or empty.
        assessed: when (ISO 8601).
    """

    image_id: str
    name: str
    names: tuple[str, ...] = ()
    digest: str = ""
    platform: str = ""
    system: str = ""
    packages: int = 0
    findings: dict[str, int] = {}
    gaps: int = 0
    running: int = 0
    outcome: str = ""
    assessed: str = ""


class ContainerWhole(Struct, frozen=True):
    """One container with its image, host, incidents, and the events of its life, newest first, as lines for people."""

    container: Container
    host: Host | None = None
    image: ImageRow | None = None
    incidents: tuple[Incident, ...] = ()


class Moment(Struct, frozen=True):
    """A line of a container's time line.

    Attributes:
        at: ISO 8601.
        kind: of the event.
        text: what happened, one line.
        process: name of the program that did it.
        pid: of it, in the host's namespace.
        parents: names of its parents, nearest first.
        login: who logged in, or -1: nobody, or it is not known.
        marks: ``upper``, ``memory``, ``script``, ``killed``, ``outside``.
    """

    at: str
    kind: str
    text: str
    process: str = ""
    pid: int = 0
    parents: tuple[str, ...] = ()
    login: int = -1
    marks: tuple[str, ...] = ()


class AffectedAnswer(Struct, frozen=True):
    """What a package or vulnerability reaches; ``unknown`` names versions that cannot be compared."""

    affected: tuple[Affected, ...]
    unknown: tuple[str, ...] = ()


class AuditPage(Struct, frozen=True):
    """Part of the audit trail, and why its head could not be exported the last time, or empty."""

    items: tuple[AuditEntry, ...]
    next: int = 0
    trouble: str = ""


class EventBatch(Struct, frozen=True, forbid_unknown_fields=True):
    """Events of one run of one sensor, in the order of their sequence."""

    run: str
    events: tuple[Event, ...]


class IncidentReport(Struct, frozen=True, forbid_unknown_fields=True):
    """An incident that an agent saw, with the judgement that it led to and that judgement's subject as JSON."""

    incident: Incident
    judgement: Judgement | None = None
    subject: dict[str, Any] = {}


class Acknowledged(Struct, frozen=True):
    """What was taken in: how many of them were new."""

    new: int


class Rules(Struct, frozen=True):
    """The policies that are on, as the text of their files, with the digest of all."""

    text: str
    digest: str = ""


class WaiverAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be accepted, why, and until when (``model.waiver.Waiver``)."""

    reason: Annotated[str, Meta(min_length=1, max_length=2_000)]
    expires: Annotated[str, Meta(pattern=_END)]
    id: Annotated[str, Meta(max_length=200)] = ""
    policy: Annotated[str, Meta(max_length=100)] = ""
    package: Annotated[str, Meta(max_length=1_000)] = ""
    path: Annotated[str, Meta(max_length=1_000)] = ""
    images: Annotated[tuple[Annotated[str, Meta(max_length=1_000)], ...], Meta(max_length=100)] = ()
    digest: Annotated[str, Meta(max_length=200)] = ""
    ticket: Annotated[str, Meta(max_length=300)] = ""


class WaiverDecision(Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of a waiver, and what is said of it."""

    state: Literal["approved", "refused", "revoked"]
    note: Annotated[str, Meta(max_length=2_000)] = ""


class TrialAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Policies that are to be held against everything that is known, at a stage."""

    text: str
    stage: Literal["build", "registry", "deploy"] = "deploy"


class TrialChange(Struct, frozen=True):
    """An image whose decision would be another one.

    Attributes:
        image_id: of it.
        names: that it bears.
        before: outcome by the policies that are on.
        after: outcome by the others.
        breaches: those that are new.
        running: containers of it that run now, counted to five.
    """

    image_id: str
    names: tuple[str, ...]
    before: str
    after: str
    breaches: tuple[Breach, ...]
    running: int = 0

    @property
    def hit(self) -> bool:
        """It passes now, and would be refused."""
        return self.before in {"allow", "warn"} and self.after in {"deny", "unknown"}


class PolicyTrial(Struct, frozen=True):
    """What other policies would decide: how many images were judged, and whose decision would be another one."""

    stage: str
    images: int
    changes: tuple[TrialChange, ...]


class RegistryWatch(Struct, frozen=True, forbid_unknown_fields=True):
    """A registry, or a part of it, that is watched.

    Attributes:
        host: ``registry.example:5000``.
        repositories: globs; empty means all that its catalog lists.
        tags: globs; empty means all.
        every: seconds between two looks.
        plain_http: speak HTTP without TLS; only where somebody said so.
    """

    host: str
    repositories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    every: int = 60
    plain_http: bool = False


class Receiver(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is told.

    Attributes:
        name: what deliveries call it.
        notifier: id of the notifier: ``webhook`` or ``slack``.
        url: to post to.
        secret: key that a webhook's body is signed by; never shown again.
        kinds: kinds of notices that it gets; empty means all.
    """

    name: str
    notifier: str
    url: str
    secret: str = ""
    kinds: tuple[str, ...] = ()
