"""Cataloger of CocoaPods that Podfile.lock pins."""

from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, release, table, words, yaml_of
from oakum.model.fact import Fact, Package


@cataloger(version=1, reads=DECLARED, locks="**/Podfile.lock")
def podfile_lock(files: Files) -> Iterator[Fact]:
    """CocoaPods that ``Podfile.lock`` pins.

    A part of a pod (``Firebase/Core``) has its pod's version and advisories, so a pod is one package with what
    all its parts need.
    """
    for file in files.locks:
        pods = yaml_of(file).get("PODS")
        found: dict[tuple[str, str], list[str]] = {}
        for entry, needs in _entries(pods):
            name, _, version = entry.partition(" (")
            root = name.partition("/")[0]
            needed = (need.partition(" (")[0].partition("/")[0] for need in needs)
            found.setdefault((root, version.rstrip(")")), []).extend(need for need in needed if need != root)
        for (name, version), needs in found.items():
            yield release(Package("cocoapods", name, version, file.path, depends=edges(needs)))


def _entries(pods: object) -> Iterator[tuple[str, list[str]]]:
    """Each ``name (version)`` with what it needs: a bare text needs nothing."""
    for pod in pods if isinstance(pods, list) else ():
        if isinstance(pod, str):
            yield pod, []
        for entry, needs in table(pod).items():
            yield entry, list(words(needs))
