"""Cataloger of conda environments."""

from collections.abc import Iterator

from msgspec import Struct

from oakum.facts.bounds import bounded, statement
from oakum.facts.cataloger import cataloger
from oakum.facts.documents import json_file
from oakum.facts.files import Files
from oakum.model.fact import Fact, Package
from oakum.model.purl import Purl, build


class _Record(Struct):
    name: str
    version: str
    build: str = ""
    channel: str = ""
    subdir: str | None = ""
    license: str | None = ""
    depends: tuple[str, ...] = ()


@cataloger(version=1, records="**/conda-meta/*.json")
def conda(files: Files) -> Iterator[Fact]:
    """Packages that are installed in a conda environment.

    Each leaves one record in ``conda-meta``. Python packages among them leave their own
    metadata as well, and are judged by that.
    """
    for file in files.records:
        yield bounded(_package(json_file(file, _Record), file.path))


def _package(record: _Record, path: str) -> Package:
    needs = sorted({need.split(" ", 1)[0].rpartition("::")[2] for need in record.depends} - {""})
    return Package(
        "conda",
        record.name,
        record.version,
        path,
        arch=record.subdir or "",
        licenses=statement(record.license or ""),
        depends=tuple(need for need in needs if not need.startswith("__")),
        purl=_purl(record),
    )


def _purl(record: _Record) -> str:
    """With what tells builds apart (purl specification, type ``conda``); a channel by its name alone."""
    subdir = record.subdir or ""
    channel = record.channel.rstrip("/").removesuffix(f"/{subdir}").rpartition("/")[2]
    pairs = (("build", record.build), ("channel", channel), ("subdir", subdir))
    qualifiers = tuple(pair for pair in pairs if pair[1])
    return build(Purl("conda", record.name, version=record.version, qualifiers=qualifiers)) if record.name else ""
