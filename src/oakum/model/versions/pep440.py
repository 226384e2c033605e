"""The order of Python distributions."""

import re
from typing import TYPE_CHECKING, Final

from oakum.model.scheme import scheme
from oakum.model.sortable import WORD_END, number, refuse, too_long

if TYPE_CHECKING:
    from packaging.version import Version

_PLAIN: Final = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_TRAILING_ZEROS: Final = re.compile(r"(?:\.0+)+\Z")

_RELEASE_END: Final = "\x00"
_LOCAL_END: Final = "\x00"
_LOCAL_WORD: Final = "\x01"
_LOCAL_NUMBER: Final = "\x02"
_STAGE: Final = {"a": "\x01", "b": "\x02", "rc": "\x03"}
_ONLY_DEV: Final = "\x00"
_NO_STAGE: Final = "\x04"
_NO_POST: Final = "\x00"
_POST: Final = "\x01"
_DEV: Final = "\x00"
_NO_DEV: Final = "\x01"
_NO_LOCAL: Final = "\x00"
_LOCAL: Final = "\x01"
_FINAL: Final = _NO_STAGE + _NO_POST + _NO_DEV + _NO_LOCAL


@scheme(ecosystems=("PyPI",), version=1, memcmp=True)
def pep440(version: str) -> bytes:
    """Python versions, as the packaging library orders them.

    ``dev`` before ``a``, ``b``, ``rc``, the release, ``post``; trailing zeros of the release do
    not count, a local version comes after its public one (PyPA version specifiers, PEP 440).
    What older tools called a version and PEP 440 does not is no version.
    """
    if too_long(version):
        raise refuse(version, "Python")
    if _PLAIN.fullmatch(version):  # most versions; the library is then not even imported
        return (number("0") + _release(version) + _FINAL).encode("latin-1")
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415 - costs milliseconds, rarely needed

    try:
        parsed = Version(version)
    except InvalidVersion:
        raise refuse(version, "Python") from None
    release = _release(".".join(map(str, parsed.release)))
    return (number(str(parsed.epoch)) + release + _stages(parsed) + _local(parsed.local)).encode("latin-1")


def _release(text: str) -> str:
    return "".join(map(number, _TRAILING_ZEROS.sub("", text).split("."))) + _RELEASE_END


def _stages(parsed: "Version") -> str:
    if parsed.pre is not None:
        stage = _STAGE[parsed.pre[0]] + number(str(parsed.pre[1]))
    else:
        stage = _ONLY_DEV if parsed.post is None and parsed.dev is not None else _NO_STAGE
    post = _NO_POST if parsed.post is None else _POST + number(str(parsed.post))
    dev = _NO_DEV if parsed.dev is None else _DEV + number(str(parsed.dev))
    return stage + post + dev


def _local(local: str | None) -> str:
    if local is None:
        return _NO_LOCAL
    parts = [
        _LOCAL_NUMBER + number(part) if part.isdigit() else _LOCAL_WORD + part + WORD_END for part in local.split(".")
    ]
    return _LOCAL + "".join(parts) + _LOCAL_END
