"""Cataloger of the package list that images without rpm carry."""

from collections.abc import Iterator

from oakum.facts.bounds import bounded
from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.facts.rpm_names import rpm_source, rpm_version
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package

_FIELDS = 10
_NAME, _RELEASED, _ARCH, _EPOCH, _SOURCE = 0, 1, 7, 8, 9


@cataloger(version=1, manifest="var/lib/rpmmanifest/container-manifest-2")
def rpm_manifest(files: Files) -> Iterator[Fact]:
    """Packages in the list of a distroless image of Azure Linux.

    Images without rpm have no database; their makers leave what ``rpm -qa`` said, ten fields a line with tabs
    between them: name, version and release, times of installation and building, vendor, epoch, size, architecture,
    the epoch as a number, source package (Azure Linux, ``toolkit/tools/internal/rpm``). Who owns which file
    it does not say.
    """
    for file in files.manifest:
        for line in file.text().splitlines():
            if line.strip():
                yield _package(line.split("\t"), file.path)


def _package(fields: list[str], path: str) -> Package | Gap:
    if len(fields) != _FIELDS or not fields[_NAME] or not fields[_RELEASED]:
        return Gap(gaps.UNREADABLE_FILE, "a line of the list of packages has not the ten fields it should have", path)
    number = fields[_EPOCH].strip()
    epoch = int(number) if number.isascii() and number.isdecimal() and len(number) <= 10 else None  # noqa: PLR2004 - 32 bits
    version, _, release = fields[_RELEASED].partition("-")
    full = rpm_version(epoch, version, release)
    source = rpm_source(fields[_SOURCE].strip(), full)
    return bounded(Package("rpm", fields[_NAME], full, path, arch=fields[_ARCH], source=source))
