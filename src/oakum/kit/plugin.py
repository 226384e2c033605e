"""Plug-in folders: listing the folder is the registry, asking for one plug-in imports one module.

A plug-in is one decorated function in one file that bears its name. What must be known
before an import (title, version, what the decorator was told) stands in one small index per
folder, ``_index.json``: derived, never written by hand, rebuilt when a file is newer, sealed
when a wheel is built.
"""

import importlib
import os
from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, TypeVar

from oakum.kit.errors import UsageError

T = TypeVar("T")

INDEX_NAME: Final = "_index.json"

Entry = dict[str, Any]
"""What is known of a plug-in before it is imported: at least ``title`` and ``version``."""


class Kind(Generic[T]):
    """One kind of plug-in: a folder whose files are its members.

    Args:
        name: the word for one such plug-in, as messages say it.
        package: the dotted name of the folder.
        describe: gives the index entry of a plug-in, plain JSON values alone.
    """

    def __init__(self, name: str, package: str, describe: Callable[[T], Entry]) -> None:
        """Name the kind; nothing is read yet."""
        self.name = name
        self.package = package
        self._describe = describe

    @property
    def folder(self) -> str:
        """The folder of the kind in this installation."""
        package = importlib.import_module(self.package)
        return os.path.dirname(package.__file__ or "")

    def ids(self) -> tuple[str, ...]:
        """The ids of all plug-ins of this kind, sorted; imports none of them."""
        return ids_in(self.package)

    def load(self, plugin_id: str) -> T:
        """Import one plug-in and give its decorated value.

        Raises:
            UsageError: there is no such plug-in; the message names those that are there.
        """
        if not self._has(plugin_id):
            raise UsageError(f"no {self.name} is named {plugin_id!r}", hint=f"there are: {', '.join(self.ids())}")
        module = importlib.import_module(f"{self.package}.{plugin_id}")
        plugin: T = getattr(module, plugin_id)
        return plugin

    def _has(self, plugin_id: str) -> bool:
        """Whether there is such a file; asking for one does not list them all."""
        own = plugin_id.isidentifier() and not plugin_id.startswith("_")
        return own and os.path.isfile(os.path.join(self.folder, plugin_id + ".py"))

    def index(self) -> Mapping[str, Entry]:
        """What is known of every plug-in before its import, by id."""
        path = os.path.join(self.folder, INDEX_NAME)
        stored = _read(path)
        if stored is not None and (stored["sealed"] or stored["stamp"] == self._stamp()):
            entries: Mapping[str, Entry] = stored["entries"]
            return entries
        return self.rebuild()

    def rebuild(self, *, sealed: bool = False) -> Mapping[str, Entry]:
        """Derive the index anew from the plug-ins; keep it where the folder can be written."""
        entries = {plugin_id: self._describe(self.load(plugin_id)) for plugin_id in self.ids()}
        document = {"sealed": sealed, "stamp": self._stamp(), "entries": entries}
        _write(os.path.join(self.folder, INDEX_NAME), document)
        return entries

    def _stamp(self) -> dict[str, int]:
        folder = self.folder
        return {plugin: os.stat(os.path.join(folder, plugin + ".py")).st_mtime_ns for plugin in self.ids()}


def ids_in(package: str) -> tuple[str, ...]:
    """The ids of the plug-ins in a folder, by its dotted name; imports none of them."""
    folder = os.path.dirname(importlib.import_module(package).__file__ or "")
    names = (name for name in os.listdir(folder) if name.endswith(".py") and not name.startswith("_"))
    return tuple(sorted(name[:-3] for name in names))


def _read(path: str) -> dict[str, Any] | None:
    import json  # noqa: PLC0415 - listing a folder, which help texts do, needs no index

    try:
        with open(path, encoding="utf-8") as file:
            document: dict[str, Any] = json.load(file)
    except (OSError, ValueError):
        return None
    return document if document.keys() >= {"sealed", "stamp", "entries"} else None


def _write(path: str, document: dict[str, Any]) -> None:
    import json  # noqa: PLC0415 - as above

    temporary = f"{path}.{os.getpid()}"
    try:
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(document, file, indent=1, sort_keys=True)
        os.replace(temporary, path)
    except OSError:
        return  # a read-only installation derives it each time
