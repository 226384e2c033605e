"""Cataloger of installed Node packages."""

from collections.abc import Iterator

from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.facts.node_manifest import node_manifest
from oakum.model.fact import Fact


@cataloger(version=1, manifests="**/package.json")
def node_package(files: Files) -> Iterator[Fact]:
    """Node packages whose package.json is there.

    Any package.json with a name and a version is a package, be it below node_modules
    or at the root of an application; without both it only configures a folder. One
    that is no JSON is a gap where Node itself would look for a package; elsewhere it
    is somebody's test data.
    """
    for file in files.manifests:
        yield from node_manifest(file)
