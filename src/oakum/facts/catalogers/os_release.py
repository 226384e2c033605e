"""Cataloger of the distribution itself."""

import re
from collections.abc import Iterator

from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.kit import limits
from oakum.model import gaps
from oakum.model.fact import Distribution, Fact, Gap

_ESCAPE = re.compile(r'\\([\\"$`])')


@cataloger(version=1, per="layer", etc="etc/os-release", usr="usr/lib/os-release", debian="etc/debian_version")
def os_release(files: Files) -> Iterator[Fact]:
    """The distribution that an image says it is.

    The rules are those of os-release(5): ``/etc/os-release`` goes before
    ``/usr/lib/os-release``, values are quoted as in a shell. Debian's testing and sid
    bear no ``VERSION_ID``; their version stays empty, and ``debian_version``
    (``trixie/sid``) gives no more than the codename.
    """
    for file in (*files.etc, *files.usr):
        values = _assignments(file.text())
        if not values.get("ID"):
            yield Gap(gaps.UNREADABLE_FILE, "the file names no distribution (ID)", file.path)
            continue
        yield _distribution(values, file.path, _codename(files) if values["ID"].lower() == "debian" else "")
        return


def _assignments(text: str) -> dict[str, str]:
    values = {}
    for line in text.splitlines():
        key, equals, value = line.strip().partition("=")
        if equals and not key.startswith("#"):
            values[key] = _unquoted(value.strip())[: limits.FIELD_CHARACTERS]
    return values


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == "'":  # noqa: PLR2004 - a pair of quotes
        return value[1:-1]
    if len(value) >= 2 and value[0] == value[-1] == '"':  # noqa: PLR2004 - a pair of quotes
        value = value[1:-1]
    return _ESCAPE.sub(r"\1", value)


def _distribution(values: dict[str, str], path: str, codename: str) -> Distribution:
    id_ = values["ID"].lower()
    return Distribution(
        id=id_,
        version=values.get("VERSION_ID", ""),
        name=values.get("PRETTY_NAME") or values.get("NAME") or id_,
        path=path,
        like=tuple(values.get("ID_LIKE", "").lower().split()),
        codename=values.get("VERSION_CODENAME", "") or ("" if values.get("VERSION_ID") else codename),
    )


def _codename(files: Files) -> str:
    for file in files.debian:
        first = file.text().strip()[: limits.FIELD_CHARACTERS].partition("/")[0]
        return first if first.isalpha() else ""
    return ""
