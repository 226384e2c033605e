"""Documents as JSON, whatever their texts hold."""

from typing import Any

import msgspec


def json_bytes(document: object) -> bytes:
    """One line of JSON; text that is no text (a lone surrogate) has a replacement character in its place."""
    try:
        return msgspec.json.encode(document) + b"\n"
    except UnicodeEncodeError:
        return msgspec.json.encode(_whole(msgspec.to_builtins(document))) + b"\n"


def _whole(value: Any) -> Any:  # noqa: ANN401 - JSON values of any shape
    """The same value with text that UTF-8 can carry."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if not _clean(value) else value
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    return [_whole(one) for one in value] if isinstance(value, list | tuple) else value


def _clean(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
