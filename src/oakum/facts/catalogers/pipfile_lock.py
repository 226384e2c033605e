"""Cataloger of Pipenv's lock files."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import DEV, merged
from oakum.facts.documents import json_file, typed
from oakum.facts.files import Files
from oakum.model.fact import Fact, Package


class _Entry(Struct):
    version: str = ""
    path: str = ""
    editable: bool = False


@cataloger(version=1, reads=DECLARED, locks="**/Pipfile.lock")
def pipfile_lock(files: Files) -> Iterator[Fact]:
    """Python packages that Pipenv has locked.

    ``develop`` holds those for development; every other category is installed to run. A
    package from a repository has no version there. Folders of the project itself are none.
    """
    for file in files.locks:
        lock = json_file(file, dict[str, Any])
        yield from merged(_packages(lock, file.path))


def _packages(lock: Mapping[str, Any], path: str) -> Iterator[Package]:
    for category, entries in lock.items():
        if category == "_meta":
            continue
        scope = DEV if category == "develop" else ""
        for name, entry in typed(entries, dict[str, _Entry]).items():
            if not entry.path:
                yield Package("pypi", name, entry.version.removeprefix("=="), path, scope=scope)
