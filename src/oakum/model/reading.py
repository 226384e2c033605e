"""What the parent of a scan and its parser say to each other.

The parser reads hostile bytes, so the parent takes nothing from it but these messages,
typed and bounded.
"""

from msgspec import Struct

from oakum.model.artifact import Artifact
from oakum.model.confinement import Confinement
from oakum.model.layer_facts import LayerFacts


class Target(Struct, frozen=True):
    """What the parser is to open.

    Attributes:
        reference: as the person named it.
        opener: id of the opener.
        path: of the file or folder; with ``descriptor`` a name for messages.
        descriptor: an open file that holds the target instead, or -1.
        wanted: a tag or digest that picks one image of several, or empty.
        platform: ``os/architecture[/variant][@DIGEST]`` picks one of several; ``all``; or empty for this machine's.
        documents: what the opener asked for, by digest; only where the target lies behind a network.
    """

    reference: str
    opener: str
    path: str
    descriptor: int = -1
    wanted: str = ""
    platform: str = ""
    documents: dict[str, bytes] = {}


class Passed(Struct, frozen=True, array_like=True):
    """A file that ended the parser and is to be passed over.

    Attributes:
        part: index of the layer.
        path: of the file in it.
        why: what it did: ``took too long`` or ``ended the parser``.
    """

    part: int
    path: str
    why: str


class Request(Struct, frozen=True):
    """The first message to the parser.

    Attributes:
        target: what to open.
        catalogers: ids of those that are to run.
        journal: descriptor of the journal.
        workers: how many layers are read at a time, each by a process of its own.
        spills: descriptors of empty files for what is large, one per process.
        room: descriptor of an empty file for a target that has to be unpacked as a whole, or -1.
        passed: files to pass over.
        done: indexes of layers that were already read, before the parser had to start again.
        feeds: descriptors of the pipes through which the fetcher sends what was wanted, one per process.
    """

    target: Target
    catalogers: tuple[str, ...]
    journal: int
    workers: int
    spills: tuple[int, ...]
    passed: tuple[Passed, ...] = ()
    done: tuple[int, ...] = ()
    feeds: tuple[int, ...] = ()
    room: int = -1


class Want(Struct, frozen=True, tag="want"):
    """Something is to be sent through a pipe.

    Attributes:
        part: index of the layer, or -1 for a document.
        slot: which pipe.
        digest: of the stored bytes.
        size: their number, or -1 when nothing says it.
        manifest: whether the document is a manifest or an index.
    """

    part: int
    slot: int
    digest: str
    size: int
    manifest: bool = False


class Unpacking(Struct, frozen=True, tag="unpacking"):
    """The target is being unpacked as a whole.

    Attributes:
        size: bytes so far.
    """

    size: int


class Several(Struct, frozen=True, tag="several"):
    """Every platform was asked for, and there are several: nothing is read.

    Attributes:
        platforms: each as ``Target.platform`` takes it.
    """

    platforms: tuple[str, ...]


class Opened(Struct, frozen=True, tag="opened"):
    """The target is open; digests are still what the image claims.

    Attributes:
        artifact: what was found.
        confinement: how the parser was confined before it opened the target.
    """

    artifact: Artifact
    confinement: Confinement


class Known(Struct, frozen=True):
    """The second message to the parser: which outcomes of each layer are stored, by index of the layer."""

    stored: dict[int, tuple[str, ...]]


class Order(Struct, frozen=True):
    """What the process that opened the target says to the others, which have the request.

    It has read hostile bytes by then, so nothing here says what they may read: each was confined by the request.

    Attributes:
        documents: by digest, what opening the target takes where it lies behind a network.
        unpacked: whether the target was unpacked into the request's room.
        stored: as in ``Known``.
        ahead: whether there are fewer layers than processors, so that each layer is unpacked ahead of who reads it.
    """

    documents: dict[str, bytes]
    unpacked: bool
    stored: dict[int, tuple[str, ...]]
    ahead: bool


class LayerRead(Struct, frozen=True, tag="layer"):
    """A layer was read.

    Attributes:
        part: its index.
        digest: as it was hashed; empty for a plain folder.
        facts: what was seen; without those that were stored.
    """

    part: int
    digest: str
    facts: LayerFacts


class Failed(Struct, frozen=True, tag="failed"):
    """Nothing can be read.

    Attributes:
        family: name of the error's class in ``oakum.kit.errors``.
        message: the sentence.
        hint: what the person can do.
    """

    family: str
    message: str
    hint: str = ""


class Finished(Struct, frozen=True, tag="finished"):
    """This process has sent everything that it was to send."""


Message = Want | Unpacking | Several | Opened | LayerRead | Failed | Finished
"""What the parser says."""
