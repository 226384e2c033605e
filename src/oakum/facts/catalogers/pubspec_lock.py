"""Cataloger of Dart packages that pubspec.lock pins."""

from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release, table, text, yaml_of
from oakum.model.fact import Fact, Package


@cataloger(version=1, reads=DECLARED, locks="**/pubspec.lock")
def pubspec_lock(files: Files) -> Iterator[Fact]:
    """Dart and Flutter packages that ``pubspec.lock`` pins.

    What comes with the SDK (source ``sdk``, version ``0.0.0``) is no package of its own.
    """
    for file in files.locks:
        for name, value in table(yaml_of(file).get("packages")).items():
            entry = table(value)
            if text(entry.get("source")) != "sdk":
                scope = "dev" if text(entry.get("dependency")) == "direct dev" else ""
                yield release(Package("pub", name, text(entry.get("version")), file.path, scope=scope))
