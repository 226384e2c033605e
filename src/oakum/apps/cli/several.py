"""Where the reports of several platforms go: one document that holds them all, or a file for each."""

import os
from typing import Final

from oakum.apps.cli.output import Template, document_of, write_document
from oakum.effects.format import FORMATS
from oakum.kit.errors import NotPermittedError, UsageError
from oakum.model.report import Report

_EXTENSIONS: Final = {"application/json": ".json", "text/csv": ".csv", "text/html": ".html", "text/markdown": ".md"}
_JOINED: Final = ("json", "table")
"""Formats of which one document can hold several reports: an array, and sections one below the other."""


def check_several(form: str, path: str, template: Template | None) -> None:
    """Look before anything is scanned whether there is a place for several reports.

    Raises:
        UsageError: the format holds one artifact, and no folder is named.
    """
    if _is_folder(path) or (form in _JOINED and template is None):
        return
    what = f"the format {form}" if template is None else "a template"
    hint = "name a folder for a file per platform: -o reports/, or take -f json or -f table"
    raise UsageError(f"{what} holds one artifact, and --platform all has several", hint)


def write_several(reports: list[Report], form: str, path: str, template: Template | None) -> None:
    """Write the reports: to a folder a file for each, else one document.

    Raises:
        OakumError: as ``write_report``.
    """
    if _is_folder(path):
        _write_files(reports, form, path, template)
    elif form == "json":
        written = [document_of(report, form, path).rstrip(b"\n") for report in reports]
        write_document(b"[" + b",\n".join(written) + b"]\n", path)
    else:
        write_document(b"\n".join(document_of(report, form, path) for report in reports), path)


def _write_files(reports: list[Report], form: str, path: str, template: Template | None) -> None:
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise NotPermittedError(f"{path} cannot be made: {error.strerror}") from None
    names: set[str] = set()
    for report in reports:
        name = _name(report)
        if name in names:  # two images for one platform, as Windows has them for its releases
            name = f"{name}-{report.artifact.digest.removeprefix('sha256:')[:12]}"
        names.add(name)
        file = os.path.join(path, name + _extension(form, template))
        write_document(document_of(report, form, file, template), file)


def _name(report: Report) -> str:
    """``linux-arm64-v8``; what an image states of its platform is held to letters that name no other folder."""
    stated = report.artifact.platform or report.artifact.digest or "image"
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in stated)[:100]


def _extension(form: str, template: Template | None) -> str:
    if template is not None:
        return os.path.splitext(template[0].removesuffix(".j2"))[1] or ".txt"
    media = FORMATS.index()[form.replace("-", "_")]["media_type"].partition(";")[0]
    return ".json" if media.endswith("json") else _EXTENSIONS.get(media, ".xml" if media.endswith("xml") else ".txt")


def _is_folder(path: str) -> bool:
    return path.endswith("/") or os.path.isdir(path)
