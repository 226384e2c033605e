"""What the parent of a scan and its fetcher say to each other about a registry.

The fetcher has the network and parses no image; what it fetched goes to the parser through a
pipe per thread (``kit/feed``), and only its word about digest and size comes here.
"""

from msgspec import Struct


class RegistryAsked(Struct, frozen=True):
    """What a person said about registries.

    Attributes:
        username: for the registry that is named; else what the login files have.
        password: the one that belongs to it.
        bearer: a token that the registry itself takes.
        plain: hosts that are spoken to in plain HTTP, or ``*``.
        authorities: files of certificates to trust beside the system's.
        mirrors: ``HOST=MIRROR[/FOLDER]`` each.
    """

    username: str = ""
    password: str = ""
    bearer: str = ""
    plain: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    mirrors: tuple[str, ...] = ()


class Site(Struct, frozen=True):
    """One place that holds the image: a mirror, or the registry that was named.

    Attributes:
        host: name and port.
        repository: path of the image there.
        plain: whether plain HTTP was asked for.
        username: for basic authentication and for tokens, or empty.
        password: the one that belongs to it.
        token: an identity token that stands for a login, or empty.
        bearer: a token that the registry itself takes, or empty.
    """

    host: str
    repository: str
    plain: bool = False
    username: str = ""
    password: str = ""
    token: str = ""
    bearer: str = ""


class Trust(Struct, frozen=True):
    """Whom to believe and how to get there.

    Attributes:
        files: files of certificates to trust beside the system's.
        folder: a folder of certificates that is used instead of the system's, or empty.
        proxy: ``http://HOST:PORT`` for HTTPS, or empty.
        direct: hosts that are reached without it, as ``NO_PROXY`` has them.
    """

    files: tuple[str, ...] = ()
    folder: str = ""
    proxy: str = ""
    direct: tuple[str, ...] = ()


class Access(Struct, frozen=True):
    """The first message to the fetcher: where to look, with which credentials; they stand in no argument.

    Attributes:
        sites: in the order in which they are asked.
        trust: certificates and proxy.
        feeds: descriptors of the pipes to the parser, one per thread.
        stall_seconds: how long a download may stand still.
    """

    sites: tuple[Site, ...]
    trust: Trust
    feeds: tuple[int, ...]
    stall_seconds: float


class Resolve(Struct, frozen=True, tag="resolve"):
    """Find out which manifest a tag or digest means.

    Attributes:
        name: the tag or the digest.
    """

    name: str


class Fetch(Struct, frozen=True, tag="fetch"):
    """Send a blob or a manifest to the parser.

    Attributes:
        ticket: a number of its own for each.
        slot: into which pipe.
        digest: what its bytes must have.
        size: what their number must be, or -1 when nothing says it.
        manifest: whether it lies among the manifests.
    """

    ticket: int
    slot: int
    digest: str
    size: int
    manifest: bool


Order = Resolve | Fetch
"""What the parent says after the first message."""


class Resolved(Struct, frozen=True, tag="resolved"):
    """A tag was resolved.

    Attributes:
        digest: of the manifest or index.
        host: which site said so.
        media_type: as the registry states it.
    """

    digest: str
    host: str
    media_type: str


class Fetched(Struct, frozen=True, tag="fetched"):
    """The last word about one fetch: its digest and its size held."""

    ticket: int


class NotFetched(Struct, frozen=True, tag="not-fetched"):
    """The last word about one fetch, or about the resolving (ticket 0): it failed.

    Attributes:
        ticket: which one.
        family: name of the error's class in ``oakum.kit.errors``.
        message: the sentence.
        hint: what the person can do.
    """

    ticket: int
    family: str
    message: str
    hint: str = ""


Word = Resolved | Fetched | NotFetched
"""What the fetcher says."""
