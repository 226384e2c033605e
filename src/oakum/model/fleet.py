"""The fleet: hosts, the containers that run or ran on them, and the images that they came from."""

import hashlib

import msgspec
from msgspec import Struct

from oakum.model.artifact import Artifact
from oakum.model.distributions import SYSTEM_TYPES
from oakum.model.fact import Distribution, Package
from oakum.model.inventory import Installed, Inventory
from oakum.model.package_note import is_noted
from oakum.model.signature import Verified
from oakum.model.subject import Change


class Host(Struct, frozen=True):
    """A machine that an agent speaks for.

    Attributes:
        id: chosen by the agent once, kept in its state.
        name: host name.
        kernel: release.
        engine: ``docker 20.10.24``, or empty.
        sees: what its sensor can see: ``exec``, ``write``, ``connect`` ... and how: ``ebpf``, ``fanotify``, ``api``.
        blind: what it cannot see, and why, a sentence each.
        seen: when it was last heard of (ISO 8601).
    """

    id: str
    name: str
    kernel: str = ""
    engine: str = ""
    sees: dict[str, str] = {}
    blind: tuple[str, ...] = ()
    seen: str = ""


class Container(Struct, frozen=True):
    """A container, also when it has gone.

    Attributes:
        id: of the engine, 64 hexadecimal digits.
        host: id of the host.
        name: without a slash.
        image: reference that it was started by.
        image_id: digest of the image's configuration.
        digest: digest of the image's manifest, where the engine knows one.
        created: when (ISO 8601).
        started: when, or empty.
        stopped: when, or empty while it runs.
        state: ``created``, ``running``, ``paused``, ``stopped``, ``removed``.
        started_by: who: ``tls:alice``, ``login:1000``, ``uid:0``, ``container:ID``; empty means unknown.
        privileged: as it was started.
        user: as it was started.
        labels: of the container.
    """

    id: str
    host: str
    name: str = ""
    image: str = ""
    image_id: str = ""
    digest: str = ""
    created: str = ""
    started: str = ""
    stopped: str = ""
    state: str = "created"
    started_by: str = ""
    privileged: bool = False
    user: str = ""
    labels: dict[str, str] = {}


class FleetImage(Struct, frozen=True):
    """An image that was assessed, with what is in it.

    Attributes:
        artifact: what it is; ``image_id`` is its identity here.
        inventory: what is installed.
        assessed: when its layers were read (ISO 8601).
        source: who read them: ``server``, or ``token:NAME`` of the gate that said so.
    """

    artifact: Artifact
    inventory: Inventory
    assessed: str = ""
    source: str = "server"


class ImageTrust(Struct, frozen=True):
    """What was found at an image by trust rules.

    Attributes:
        found: signatures and attestations that hold, without what they say.
        rules: digest of the rules; found by others, it counts no longer.
    """

    found: Verified
    rules: str


class ImageCounts(Struct, frozen=True):
    """How much is in an image.

    Attributes:
        packages: how many.
        findings: rating -> how many; ``unscored`` is one of the ratings.
        running: containers of it that run now.
    """

    packages: int = 0
    findings: dict[str, int] = {}
    running: int = 0


class FleetPackage(Struct, frozen=True):
    """A package as it is judged: once, however many images hold it.

    Attributes:
        id: digest of all that a judgement of it rests on.
        installed: without what is an image's own: layer (-1) and paths.
        distribution: whose advisories speak of it, for a distribution's package; else None.
    """

    id: str
    installed: Installed
    distribution: Distribution | None = None


def fleet_package(installed: Installed, distribution: Distribution | None) -> FleetPackage:
    """The package that an image's package is.

    One that a distribution's package owns is another than the same one without an owner: it is not judged by the
    language's advisories. The same name and version on two distributions are two packages.
    """
    own = installed.package
    guessed = own.guessed if is_noted(own) else ""
    package = Package(
        own.type, own.name, own.version, "", own.arch, own.source, module=own.module, guessed=guessed, purl=own.purl
    )
    release = distribution if own.type in SYSTEM_TYPES else None
    parts = (package, installed.purl, bool(installed.owner), (release.id, release.version) if release else None)
    id_ = hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()
    return FleetPackage(id_, Installed(package, installed.purl, -1, owner=installed.owner), release)


class TagMove(Struct, frozen=True):
    """A tag that points at another digest than before.

    Attributes:
        repository: ``registry.example:5000/shop``.
        tag: of the image.
        digest: what it points at now.
        before: what it pointed at, or empty for a new tag.
        at: when it was seen (ISO 8601).
    """

    repository: str
    tag: str
    digest: str
    before: str = ""
    at: str = ""


class Incident(Struct, frozen=True):
    """Something that needs somebody.

    Attributes:
        id: stable: the same cause gives the same id.
        kind: ``drift``, ``tag_moved``, ``newly_affected``, ``events_lost``.
        title: one sentence.
        at: when it began (ISO 8601).
        host: id, or empty.
        container: id, or empty.
        image_id: or empty.
        changes: files of the container that differ from its image.
        cause: the event that caused it, in words, with its parents; empty where none is known.
        command: arguments of that event.
        person: who, where it is known: ``login:1000``.
        judgement: id of the judgement that it led to, or empty.
        response: what was done: ``observe``, ``pause``, ``kill``.
        state: ``open`` or ``closed``.
    """

    id: str
    kind: str
    title: str
    at: str
    host: str = ""
    container: str = ""
    image_id: str = ""
    changes: tuple[Change, ...] = ()
    cause: str = ""
    command: tuple[str, ...] = ()
    person: str = ""
    judgement: str = ""
    response: str = "observe"
    state: str = "open"


class Affected(Struct, frozen=True):
    """An image that has a package, with the containers that run it.

    Attributes:
        image_id: of the image.
        image: a name that it bears.
        purl: of the package.
        package: name and version.
        finding: id of the vulnerability, where one was asked about.
        fixed_versions: versions to take.
        layer: index of the layer that brought the package.
        instruction: that made the layer.
        owner: label ``org.opencontainers.image.authors`` or ``owner`` of the image, or empty.
        containers: ids of those that run now.
        hosts: ids of the hosts that they run on.
    """

    image_id: str
    image: str
    purl: str
    package: str
    finding: str = ""
    fixed_versions: tuple[str, ...] = ()
    layer: int = -1
    instruction: str = ""
    owner: str = ""
    containers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
