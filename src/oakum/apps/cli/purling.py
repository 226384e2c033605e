"""From the words of ``purl`` to its answer."""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from oakum.apps.cli.batch import run_batch
from oakum.model.purl import Purl, PurlError, build, check, parse

_REFUSED: Final = '{"ok": false, "error": "the line is too long or no UTF-8"}'
_TEXTS: Final = ("type", "namespace", "name", "version", "subpath")


class _Asked(msgspec.Struct):
    op: str
    input: Any


_decode: Final = msgspec.json.Decoder(_Asked).decode
_encode: Final = msgspec.json.Encoder().encode


def run_purl(text: str) -> int:
    """Print a package URL in its canonical form.

    Raises:
        PurlError: it is none, or breaks a rule of its type.
    """
    print(build(check(parse(text))))  # noqa: T201 - the document of this command
    return 0


def run_purl_batch() -> int:
    """Answer each JSON line of standard input with one."""
    return run_batch(_answer, _REFUSED)


def _answer(line: str) -> str:
    try:
        asked = _decode(line)
        answer = {"ok": True, "output": _operation(asked.op)(asked.input)}
    except PurlError as error:
        answer = {"ok": False, "error": str(error)}
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        answer = {"ok": False, "error": f"no request: {str(error)[:200]}"}
    return _encode(answer).decode()


def _operation(name: str) -> Callable[[object], Any]:
    found = _OPERATIONS.get(name)
    if found is None:
        raise PurlError(f"no operation is named {name[:80]!r}: there are {', '.join(_OPERATIONS)}")
    return found


def _parsed(given: object) -> dict[str, Any]:
    purl = _purl(given)
    texts: dict[str, Any] = {name: getattr(purl, name) or None for name in _TEXTS}
    return {**texts, "qualifiers": dict(purl.qualifiers) or None}


def _built(given: object) -> str:
    if not isinstance(given, dict):
        raise PurlError("the parts of a package URL are an object")
    unknown = sorted(str(key)[:80] for key in given if key not in {*_TEXTS, "qualifiers"})
    if unknown:
        raise PurlError(f"a package URL has no part {unknown[0]!r}")
    texts = {name: _text(given.get(name), name) for name in _TEXTS}
    return build(check(parse(build(Purl(**texts, qualifiers=_qualifiers(given.get("qualifiers")))))))


def _validated(given: object) -> bool:
    if isinstance(given, dict):
        _built(given)
    else:
        _purl(given)
    return True


_OPERATIONS: Final[dict[str, Callable[[object], Any]]] = {"parse": _parsed, "build": _built, "validate": _validated}


def _purl(given: object) -> Purl:
    if not isinstance(given, str):
        raise PurlError("a package URL is a text")
    return check(parse(given))


def _text(given: object, name: str) -> str:
    if given is None:
        return ""
    if not isinstance(given, str):
        raise PurlError(f"{name} is a text or null")
    return given


def _qualifiers(given: object) -> tuple[tuple[str, str], ...]:
    if given is None:
        return ()
    if not isinstance(given, dict):
        raise PurlError("qualifiers are an object or null")
    return tuple((str(key), _value(str(key), value)) for key, value in given.items())


def _value(key: str, given: object) -> str:
    """A qualifier's value; checksums may be a list (purl-spec, "How to build a PURL")."""
    if key.lower() == "checksum" and isinstance(given, list):
        return ",".join(_text(checksum, "a checksum") for checksum in given)
    return _text(given, f"the qualifier {key[:80]!r}")
