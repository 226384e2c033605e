"""The kind of plug-in that puts a notice into the form of one kind of receiver. Pure: what is sent is made here."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec import Struct

from oakum.kit.plugin import Kind
from oakum.model.api import Receiver
from oakum.model.ledger import Notice


class Message(Struct, frozen=True):
    """What is posted.

    Attributes:
        body: the bytes.
        headers: beside those of the connection.
    """

    body: bytes
    headers: dict[str, str]


Write = Callable[[Notice, Receiver, datetime], Message]


class Notifier(Struct, frozen=True):
    """A decorated notifier.

    Attributes:
        id: the file's name.
        title: first line of the docstring.
        version: counts changes of the form.
        write: gives what is posted; raises nothing.
    """

    id: str
    title: str
    version: int
    write: Write


def notifier(*, version: int) -> Callable[[Write], Notifier]:
    """Declare a notifier."""

    def declare(write: Write) -> Notifier:
        title = (write.__doc__ or "").strip().split("\n", 1)[0]
        return Notifier(write.__name__, title, version, write)

    return declare


def _describe(plugin: Notifier) -> dict[str, Any]:
    return {"title": plugin.title, "version": plugin.version}


NOTIFIERS: Kind[Notifier] = Kind("notifier", "oakum.effects.notifiers", _describe)
"""All notifiers."""
