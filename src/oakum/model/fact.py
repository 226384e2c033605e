"""Facts: what was read from an artifact, each with the file that says so.

Facts are stored by the digest of the layer, so a fact never says anything that needs
another layer: what does belongs to ``Inventory``.
"""

from msgspec import Struct


class SourcePackage(Struct, frozen=True, array_like=True):
    """The source package that a distribution built a package from; advisories speak of it."""

    name: str
    version: str


class Package(Struct, frozen=True, array_like=True, tag_field="fact", tag="package"):
    """A package that is installed, or that a source tree declares.

    Attributes:
        type: the purl type: deb, apk, rpm, pypi, npm, golang, maven.
        name: as its ecosystem spells it (npm with scope, Maven as ``group:artifact``).
        version: as written; empty when the file does not say.
        path: the file that says so, from the root, without a leading slash; ``!/`` goes into an archive.
        arch: the architecture where the ecosystem has one.
        source: the source package of a distribution's package.
        licenses: as declared, one statement each.
        depends: what it needs, where the source says so: ``name``, or ``name version`` where several are there;
            names as packages of the same type in the same file spell them.
        scope: ``dev``, ``optional``, or empty for what is needed to run.
        module: the module that a package of a modular distribution belongs to: ``nodejs:18:8080020230718:63b34585``.
        guessed: what name and version were taken from when nothing states them, e.g. ``file name``; else empty.
        purl: the package URL that the source itself states, where it is more than the other fields give.
    """

    type: str
    name: str
    version: str
    path: str
    arch: str = ""
    source: SourcePackage | None = None
    licenses: tuple[str, ...] = ()
    depends: tuple[str, ...] = ()
    scope: str = ""
    module: str = ""
    guessed: str = ""
    purl: str = ""


class Owns(Struct, frozen=True, array_like=True, tag_field="fact", tag="owns"):
    """Which files a distribution's package owns.

    Attributes:
        type: purl type of the owning package.
        name: name of the owning package.
        path: the file that says so.
        files: the owned paths without leading slash, joined by newlines.
    """

    type: str
    name: str
    path: str
    files: str


class Distribution(Struct, frozen=True, array_like=True, tag_field="fact", tag="distribution"):
    """The distribution that the file system says it is (os-release(5)).

    Attributes:
        id: ``ID``, lower case: debian, ubuntu, alpine, wolfi.
        version: ``VERSION_ID``; empty for rolling ones and for testing.
        name: ``PRETTY_NAME``, for people.
        path: the file that says so.
        like: ``ID_LIKE``, split.
        codename: ``VERSION_CODENAME``.
    """

    id: str
    version: str
    name: str
    path: str
    like: tuple[str, ...] = ()
    codename: str = ""


class Gap(Struct, frozen=True, array_like=True, tag_field="fact", tag="gap"):
    """A place that could not be read or judged: unknown is never clean.

    Attributes:
        kind: one of the kinds in ``oakum.model.gaps``.
        what: one sentence for a reader.
        path: the file or the artifact part concerned, where there is one.
        layer: digest of the layer concerned, where there is one.
    """

    kind: str
    what: str
    path: str = ""
    layer: str = ""


class Document(Struct, frozen=True, array_like=True, tag_field="fact", tag="document"):
    """A document about an artifact was read: its packages are what it states, not what was seen.

    Attributes:
        form: with its version: ``CycloneDX 1.6``, ``SPDX 2.3``, ``Syft 16.1.3``.
        path: the file.
        tool: what wrote it, or empty.
        subject: the name of what it is about, or empty.
        version: of the subject, or empty.
        digest: of the subject (``sha256:...``), or empty.
    """

    form: str
    path: str
    tool: str = ""
    subject: str = ""
    version: str = ""
    digest: str = ""


Fact = Package | Owns | Distribution | Gap | Document
