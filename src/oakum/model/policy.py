"""A policy: what must not be, why, and what happens where it is."""

from typing import Any

from msgspec import Struct

ANY = "any"
PROVEN = "proven"
"""Which waivers a policy counts."""


class Check(Struct, frozen=True, tag="criterion"):
    """A leaf of a condition: one criterion with its parameters.

    Attributes:
        criterion: its id.
        asked: its parameters as plain values; the criterion's own struct gives them their types.
        place: where it stands in its file, for people.
    """

    criterion: str
    asked: dict[str, Any] = {}
    place: str = ""


class All(Struct, frozen=True, tag="all"):
    """Every one of them holds."""

    of: tuple["Condition", ...]


class Some(Struct, frozen=True, tag="any"):
    """At least one of them holds."""

    of: tuple["Condition", ...]


class Not(Struct, frozen=True, tag="not"):
    """It does not hold."""

    of: "Condition"


Condition = Check | All | Some | Not


class Scope(Struct, frozen=True, forbid_unknown_fields=True):
    """Which subjects a policy speaks of; an empty list leaves nothing out.

    Attributes:
        images: globs of image references.
        environments: names.
        clusters: globs.
        namespaces: globs.
        labels: every one of them is there with this value.
    """

    images: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    labels: dict[str, str] = {}


class Policy(Struct, frozen=True):
    """One policy.

    Attributes:
        name: what decisions and waivers call it.
        title: one line for people.
        rationale: why it matters.
        remediation: what to do.
        severity: how bad a breach is: ``critical`` to ``low``.
        when: what must not be.
        then: stage -> ``deny`` or ``warn``; for ``run`` the name of a response. Other stages are not judged.
        scope: which subjects.
        unknown: what happens where the condition cannot be judged: ``deny``, ``warn`` or ``allow``.
        attack: MITRE ATT&CK ids.
        origin: the file.
        waivers: which of them count: ``any``, or ``proven`` for those alone that somebody else answers for.
    """

    name: str
    title: str
    rationale: str
    remediation: str
    severity: str
    when: Condition
    then: dict[str, str]
    scope: Scope = Scope()
    unknown: str = "deny"
    attack: tuple[str, ...] = ()
    origin: str = ""
    waivers: str = ANY
