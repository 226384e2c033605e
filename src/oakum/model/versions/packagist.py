"""The order of PHP packages."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import number, refuse, too_long

_BUILD: Final = re.compile(r"([^,\s+]+)\+\S+")
_STABILITY: Final = r"[._-]?(?:(stable|beta|b|rc|alpha|a|patch|pl|p)((?:[.-]?[0-9]++)*+))?([.-]?dev)?"
_NUMBERED: Final = re.compile(r"v?([0-9]{1,5})(?:\.([0-9]+))?(?:\.([0-9]+))?(?:\.([0-9]+))?" + _STABILITY)
_DATED: Final = re.compile(r"v?([0-9]{4}(?:[.:-]?[0-9]{2}){1,6}(?:[.:-]?[0-9]{1,3}){0,2})" + _STABILITY)
_BRANCH: Final = re.compile(r"v?([0-9]+)(?:\.([0-9]+|[x*]))?(?:\.([0-9]+|[x*]))?(?:\.([0-9]+|[x*]))?[.-]?dev")
_NUMBERS: Final = re.compile(r"[0-9]+").findall
_ALIKE: Final = {"a": "alpha", "b": "beta", "p": "patch", "pl": "patch"}
_ANY: Final = "9999999"
_PLACES: Final = 4

# What may stand where two versions part ways, from the least to the greatest.
_DEV: Final = "\x01"
_RANKS: Final = {"alpha": "\x02", "beta": "\x03", "rc": "\x04", "patch": "\x07"}
_END: Final = "\x05"
_NUMBER: Final = "\x06"


@scheme(ecosystems=("Packagist",), version=1, memcmp=True)
def packagist(version: str) -> bytes:
    """PHP package versions, as Composer orders them.

    Made whole as Composer does it (four numbers, one word for each stability), then by PHP's
    ``version_compare``: ``dev``, ``alpha``, ``beta``, ``RC``, the release, more numbers, ``patch``. A branch by name
    (``dev-main``) is in no order (composer/semver).
    """
    if too_long(version) or not version.isascii():
        raise refuse(version, "PHP package")
    text = version.strip().lower().partition("@")[0]
    whole = _BUILD.fullmatch(text)
    numbers, stability, more, dev = _read(whole[1] if whole else text, version)
    parts = [_NUMBER + number(digits) for digits in numbers]
    if stability and stability != "stable":
        parts.append(_RANKS[_ALIKE.get(stability, stability)])
        parts += [_NUMBER + number(digits) for digits in _NUMBERS(more)]
    parts += [_DEV] if dev and stability != "stable" else []
    return ("".join(parts) + _END).encode("latin-1")


def _read(text: str, version: str) -> tuple[list[str], str, str, str]:
    """Numbers, stability, its numbers, and whether it is in development."""
    found = _NUMBERED.fullmatch(text)
    if found:
        numbers = [digits or "0" for digits in found.groups()[:_PLACES]]
        return numbers, found[5] or "", found[6] or "", found[7] or ""
    found = _DATED.fullmatch(text)
    if found:
        return _NUMBERS(found[1]), found[2] or "", found[3] or "", found[4] or ""
    found = _BRANCH.fullmatch(text)
    if found is None:
        raise refuse(version, "PHP package")
    return [digits if digits and digits.isdigit() else _ANY for digits in found.groups()], "", "", "dev"
