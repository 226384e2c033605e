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


class ImageFile(Struct, frozen=True):
    """A file that policies may ask for.

    Attributes:
        path: from the root, without a leading slash.
        layer: index of the layer that it is visible from.
        mode: permissions with the special bits; -1 where nobody looked.
        owner: user id; -1 where nobody looked.
    """

    path: str
    layer: int
    mode: int = -1
    owner: int = -1


class Inventory(Struct, frozen=True):
    """What is installed, where it came from, and what could not be read.

    Attributes:
        distribution: what os-release says, or None.
        packages: sorted by type, name, version and path.
        gaps: in the order of the layers.
        documents: the SBOMs that the packages were read from, where the target is one.
        special: setuid and setgid files; None where the target does not say.
        looked_for: globs of paths that files were looked for by.
        files: those that were found.
    """

    distribution: Distribution | None = None
    packages: tuple[Installed, ...] = ()
    gaps: tuple[Gap, ...] = ()
    documents: tuple[Document, ...] = ()
    special: tuple[ImageFile, ...] | None = None
    looked_for: tuple[str, ...] = ()
    files: tuple[ImageFile, ...] = ()
