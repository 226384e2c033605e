"""Trust rules: which images are trusted, and what must vouch for them; and the verdict on one image."""

from typing import Annotated

from msgspec import Meta, Struct

Glob = Annotated[str, Meta(min_length=1, max_length=1000)]


class Identity(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody whose certificates are trusted, by globs: ``*`` does not cross a slash, ``**`` does.

    Attributes:
        identity: a mail address or a URI.
        issuer: who says so; an identity of another issuer is somebody else.
    """

    identity: str
    issuer: str


class TrustRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What is trusted, and on which conditions.

    Attributes:
        name: for people.
        images: globs of names, ``registry.example/team/**``; with or without a tag.
        keys: public keys (PEM), one of whose signatures is enough.
        identities: whose certificates are enough as well.
        attested: types of attestations that one of them must have signed, every one of them.
        bases: globs of base images that it may be built on; empty: any.
    """

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    images: Annotated[tuple[Glob, ...], Meta(min_length=1, max_length=1000)]
    keys: tuple[str, ...] = ()
    identities: tuple[Identity, ...] = ()
    attested: tuple[Glob, ...] = ()
    bases: tuple[Glob, ...] = ()


class TrustRules(Struct, frozen=True):
    """The rules of a file, in its order: the first that fits an image speaks of it.

    Attributes:
        rules: none of them fits: not trusted.
        root: a trusted root (JSON) that certificates are held to; empty: the public one.
        digest: of all that.
    """

    rules: tuple[TrustRule, ...]
    root: str = ""
    digest: str = ""


class TrustPart(Struct, frozen=True):
    """One part of a verdict.

    Attributes:
        part: ``registry``, ``signature``, ``attestations``, ``scan``, ``base`` or ``policy``.
        holds: None where that is not known.
        why: a sentence.
    """

    part: str
    holds: bool | None
    why: str


class TrustVerdict(Struct, frozen=True):
    """Whether an image is trusted, computed from its parts: any that does not hold decides.

    Attributes:
        trusted: None where a part is not known and none fails.
        parts: each with its reason.
    """

    trusted: bool | None
    parts: tuple[TrustPart, ...] = ()
