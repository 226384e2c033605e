"""Who signed the last change of a file, as git can prove it."""

import os
from typing import Final

from oakum.kit.errors import OakumError
from oakum.kit.program import run

_SECONDS: Final = 10
_CHARACTERS: Final = 300
_SAFE: Final = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false")
"""Against what a repository's own configuration would have git start."""

_KEPT: Final = ("GNUPGHOME", "SSH_AUTH_SOCK", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL")
_GOOD: Final = "G"
"""``%G?``: a good signature of a key that is trusted; ``U`` would be a good one of whoever."""


def signer_of(path: str) -> str:
    """The signer of the commit that the file is of; empty where it has none, was changed since, or is in no repository.

    By git's own verification: keys and allowed signers are those of whoever runs this.
    """
    folder, name = os.path.split(os.path.abspath(path))
    if _git(folder, "status", "--porcelain", "--ignored", "--", name) != "":
        return ""
    said = _git(folder, "log", "-1", "--format=%G?%x09%GS", "--", name) or ""
    mark, _, signer = said.strip().partition("\t")
    return signer[:_CHARACTERS] if mark == _GOOD else ""


def _git(folder: str, *words: str) -> str | None:
    """What git says; None where it cannot."""
    try:
        ended = run(["git", "--no-optional-locks", "-C", folder, *_SAFE, *words], seconds=_SECONDS, kept=_KEPT)
    except OakumError:
        return None
    return ended.output.decode("utf-8", "replace") if ended.code == 0 else None
