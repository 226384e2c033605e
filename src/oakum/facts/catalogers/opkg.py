"""Cataloger of OpenWrt's packages."""

from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from oakum.facts.bounds import bounded, statement
from oakum.facts.capabilities import Capabilities
from oakum.facts.cataloger import cataloger
from oakum.facts.files import File, Files
from oakum.facts.stanzas import field, relations, stanzas
from oakum.kit.limits import FACTS_PER_FILE
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Owns, Package

_MOST = FACTS_PER_FILE + 1  # one more than is kept, so that the engine says that there were more
_LIST = ".list"


@cataloger(
    version=1,
    per="layer",
    usr="usr/lib/opkg/status",
    var="var/lib/opkg/status",
    usr_lists="usr/lib/opkg/info/*.list",
    var_lists="var/lib/opkg/info/*.list",
)
def opkg(files: Files) -> Iterator[Fact]:
    """Packages in the status file of opkg (OpenWrt and other small systems).

    The file has the form of dpkg's; a package whose state does not end in ``installed`` has no files in place.
    """
    for file in (*files.usr, *files.var):
        yield from _packages(file)
    for file in (*files.usr_lists, *files.var_lists):
        owned = "\n".join(path.lstrip("/") for path in file.text().split("\n") if path.strip())
        if owned:
            yield Owns("opkg", file.path.rpartition("/")[2].removesuffix(_LIST), file.path, owned)


def _packages(file: File) -> Iterator[Fact]:
    every = ((stanza, fact) for stanza in stanzas(file.text()) if (fact := _package(stanza, file.path)) is not None)
    read = list(islice(every, _MOST))
    known = Capabilities()
    for stanza, fact in read:
        if isinstance(fact, Package):
            known.add(fact.name, fact.version, relations(field(stanza, "Provides")))
    for stanza, fact in read:
        if isinstance(fact, Package):
            needs = relations(field(stanza, "Depends"))
            yield replace(fact, depends=known.depends(fact.name, fact.version, needs))
        else:
            yield fact


def _package(stanza: str, path: str) -> Package | Gap | None:
    status = field(stanza, "Status").split()
    if status and status[-1] not in {"installed", "unpacked"}:
        return None
    name, version = field(stanza, "Package"), field(stanza, "Version")
    if not name or not version:
        return Gap(gaps.UNREADABLE_FILE, "an installed package has no name or no version", path)
    licenses = statement(field(stanza, "License"))
    return bounded(Package("opkg", name, version, path, arch=field(stanza, "Architecture"), licenses=licenses))
