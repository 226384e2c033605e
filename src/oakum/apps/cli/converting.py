"""``oakum convert``: from a file to a report, from a report to a document."""

import os

from oakum.apps import wiring
from oakum.apps.cli.output import write_report
from oakum.flows.convert_document import convert_document
from oakum.flows.take_inventory import ReadingPorts
from oakum.kit.errors import LimitError, NotPermittedError, UnreadableError
from oakum.kit.limits import SBOM_BYTES
from oakum.model.fetching import RegistryAsked


def run_convert(path: str, form: str, output: str) -> int:
    """Convert one file; give the exit code."""
    report = convert_document(path, _content(path), _reading, wiring.clock())
    write_report(report, form, output)
    return 0


def _reading() -> ReadingPorts:
    def quiet(text: str) -> None:
        del text

    return wiring.reading_ports(cached=False, progress=quiet, say=quiet, asked=RegistryAsked)


def _content(path: str) -> bytes:
    """The file whole.

    Raises:
        UnreadableError: there is none, or it is no file.
        LimitError: it is larger than a document may be.
        NotPermittedError: it may not be read.
    """
    if not os.path.isfile(path):
        raise UnreadableError(f"{path}: no such file" if not os.path.exists(path) else f"{path} is no regular file")
    try:
        with open(path, "rb") as file:
            data = file.read(SBOM_BYTES + 1)
    except OSError as error:
        raise NotPermittedError(f"{path}: {error.strerror}") from None
    if len(data) > SBOM_BYTES:
        raise LimitError(f"{path} is larger than a document that is read ({SBOM_BYTES} bytes)")
    return data
