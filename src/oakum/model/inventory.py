"""The inventory: the layers' facts seen as one file system."""

from msgspec import Struct

from oakum.model.fact import Distribution, Document, Gap, Package


class Installed(Struct, frozen=True):
    """A package that the finished file system holds.

    Attributes:
        package: the fact.
        purl: package URL.
        layer: index of the layer that brought this version, from the base upward.
        paths: every file that says so; the first is the package's own ``path``.
        owner: purl of the distribution's package that owns the file, or empty.
    """

    package: Package
    purl: str
    layer: int
    paths: tuple[str, ...] = ()
    owner: str = ""


class Removed(Struct, frozen=True):
    """A package that a layer brought and a later layer took away.

    Attributes:
        installed: the package; its layer is the last that had it.
        by: index of the layer that took it away, or -1 where that cannot be said.
    """

    installed: Installed
    by: int


class Inventory(Struct, frozen=True):
    """What is installed, where it came from, and what could not be read.

    Attributes:
        distribution: what os-release says, or None.
        packages: sorted by type, name, version and path.
        gaps: in the order of the layers.
        documents: the SBOMs that the packages were read from, where the target is one.
    """

    distribution: Distribution | None = None
    packages: tuple[Installed, ...] = ()
    gaps: tuple[Gap, ...] = ()
    documents: tuple[Document, ...] = ()
