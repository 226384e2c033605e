"""Which image of an index is meant, by the machine that it is for.

Sources: OCI image index 1.1 (``platform``), Docker's manifest list, and BuildKit's attestation storage: what a build
attaches to an image stands in the same index, under the platform ``unknown/unknown``.
"""

import platform
from collections.abc import Sequence
from typing import Final

from oakum.kit.errors import UnreadableError
from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model.attached import is_attached
from oakum.sources.image_spec import Config, Descriptor, Platform
from oakum.sources.opener import SeveralError

ALL: Final = "all"
"""Asks for every platform: the answer is ``SeveralError`` where there is more than one."""

_MACHINES: Final = {"x86_64": "amd64", "aarch64": "arm64", "i686": "386", "armv7l": "arm", "armv6l": "arm"}
_SHOWN: Final = 30


def images(entries: Sequence[Descriptor]) -> list[Descriptor]:
    """The entries of an index without what is attached to them: attestations of a build."""
    return [entry for entry in entries if not _attached(entry)]


def image_for(asked: str, entries: Sequence[Descriptor], what: str) -> Descriptor:
    """The entry of an index for a platform.

    Args:
        asked: ``os/architecture[/variant]``, empty for this machine's, ``ALL``, or what ``SeveralError`` named.
        entries: of the index.
        what: the index, for messages.

    Raises:
        SeveralError: all were asked for, and there are several.
        UnreadableError: there is none for it; the hint lists those that are there.
    """
    found = images(entries)
    if not found:
        raise UnreadableError(f"{what} is an index that names no image")
    if asked == ALL:
        if len({entry.digest for entry in found}) == 1:
            return found[0]
        raise SeveralError(tuple(f"{name(entry.platform)}@{entry.digest}" for entry in found))
    stated, _, digest = asked.partition("@")
    wanted = parts(stated)
    fitting = [entry for entry in found if digest and entry.digest == digest]
    fitting = fitting or [entry for entry in found if fits(entry.platform, wanted)]
    fitting = [one for one in fitting if one.platform and one.platform.variant == wanted[2]] or fitting
    if not fitting and len(found) == 1 and found[0].platform is None:
        fitting = found
    if not fitting:
        raise absent(asked, found, what)
    return fitting[0]


def absent(asked: str, entries: Sequence[Descriptor], what: str) -> UnreadableError:
    """The error of a platform that is not there; it lists those that are."""
    there = ", ".join(sorted({name(entry.platform) for entry in entries} - {""})[:_SHOWN])
    meant = asked or "/".join(part for part in parts("") if part)
    return UnreadableError(f"{what} has no image for {meant}", hint=f"--platform takes: {there or 'none is named'}")


def check_platform(asked: str, config: Config, what: str) -> None:
    """A single image has its platform, whatever was asked for.

    Raises:
        UnreadableError: it is another than the one that was asked for.
    """
    if not asked or asked == ALL or "@" in asked:
        return
    stated = (config.os, config.architecture, config.variant or parts(asked)[2])
    wanted = asked.split("/")
    if list(stated[: len(wanted)]) != wanted:
        hint = f"--platform takes: {config.platform or 'nothing, as none is stated'}"
        raise UnreadableError(f"{what} has no image for {asked}", hint)


def parts(asked: str) -> tuple[str, str, str]:
    """Operating system, architecture and variant of what was asked for, or of linux on this machine."""
    words = asked.split("/") if asked else ["linux", _MACHINES.get(platform.machine(), platform.machine())]
    system, architecture, variant = (*words, "", "")[:3]
    return system, architecture, variant


def fits(stated: Platform | None, wanted: tuple[str, str, str]) -> bool:
    """Whether an entry is for a platform; one that states none is for nobody knows which."""
    if stated is None or (stated.os, stated.architecture) != wanted[:2]:
        return False
    return not wanted[2] or stated.variant == wanted[2]


def name(stated: Platform | None) -> str:
    """``linux/arm64/v8``, or empty where none is stated."""
    if stated is None:
        return ""
    return "/".join(part for part in (stated.os, stated.architecture, stated.variant) if part)[:FIELD_CHARACTERS]


def _attached(entry: Descriptor) -> bool:
    unknown = entry.platform is not None and (entry.platform.os, entry.platform.architecture) == ("unknown", "unknown")
    return unknown or is_attached(entry.artifact_type, entry.annotations or {})
