"""Where a command's document goes: standard output or a file, whole or not at all."""

import errno
import os
import sys
import time
from typing import TYPE_CHECKING

import click

from oakum.kit.errors import ConfigurationError, NotPermittedError, TryLaterError
from oakum.kit.limits import CONFIGURATION_BYTES

if TYPE_CHECKING:
    from oakum.effects.format import Format
    from oakum.model.report import Report

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


Template = tuple[str, str]
"""The name of a template's file, and its text."""


def read_template(path: str) -> Template | None:
    """A template, read before anything is scanned; None when no path is given.

    Raises:
        ConfigurationError: it cannot be read.
    """
    if not path:
        return None
    try:
        with open(path, encoding="utf-8") as stream:
            text = stream.read(CONFIGURATION_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:
        raise ConfigurationError(f"{path} is no text in UTF-8") from None
    if len(text) > CONFIGURATION_BYTES:
        raise ConfigurationError(f"{path} is larger than {CONFIGURATION_BYTES} bytes")
    return os.path.basename(path), text


def write_report(report: "Report", form: str, path: str, template: Template | None = None) -> None:
    """Write a report in a format, or by a template; a file appears only when it is complete.

    Raises:
        ConfigurationError: the template cannot be used.
        NotPermittedError: the file cannot be written.
        TryLaterError: the disk is full.
    """
    write_document(document_of(report, form, path, template), path)


def document_of(report: "Report", form: str, path: str, template: Template | None = None) -> bytes:
    """A report in a format, or by a template, for a place.

    Raises:
        ConfigurationError: the template cannot be used.
    """
    return _by_template(report, template) if template else _in_format(report, form, path)


def write_document(document: bytes, path: str) -> None:
    """Write a document to a file, whole or not at all, or to standard output.

    Raises:
        NotPermittedError: the file cannot be written.
        TryLaterError: the disk is full.
    """
    try:
        if (path and not os.path.exists(path)) or os.path.isfile(path):
            _replace(path, document)
        elif path:
            with open(path, "wb") as stream:  # a device or a pipe: nothing to replace
                stream.write(document)
        else:
            sys.stdout.buffer.write(document)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        family = TryLaterError if error.errno in _FULL else NotPermittedError
        raise family(f"{path or 'standard output'} cannot be written: {error.strerror}") from None


def _in_format(report: "Report", form: str, path: str) -> bytes:
    from oakum.apps.cli.page import page  # noqa: PLC0415 - as below

    return load_format(form).write(report, page(to_file=bool(path)))


def _by_template(report: "Report", template: Template) -> bytes:
    from oakum.effects.template import write_by_template  # noqa: PLC0415 - most reports need none

    name, text = template
    return write_by_template(report, text, name)


def load_format(form: str) -> "Format":
    """A format by the name that ``-f`` takes.

    Raises:
        UsageError: there is none of that name.
    """
    from oakum.effects.format import FORMATS  # noqa: PLC0415 - loaded while the parser reads, not before it may begin

    return FORMATS.load(form.replace("-", "_"))


def default_format(path: str) -> str:
    """``table`` for a person at a terminal, ``json`` for a file or a pipe."""
    return "table" if not path and sys.stdout.isatty() else "json"


class Progress:
    """One line on standard error that is overwritten; nothing where nobody looks.

    Args:
        quiet: nothing is said at all.
        debug: each line stays, with the seconds since the start.
    """

    def __init__(self, *, quiet: bool = False, debug: bool = False) -> None:
        """Look whether a person looks."""
        self._quiet = quiet
        self._told: set[str] = set()
        self._debug = debug
        self._shown = sys.stderr.isatty() and not quiet and not debug
        self._began = time.perf_counter()

    def __call__(self, text: str) -> None:
        """Show what is going on."""
        if self._debug:
            click.echo(f"{time.perf_counter() - self._began:8.3f} s  {text}", err=True)
        elif self._shown:
            click.echo(f"\r\x1b[2K{text}", err=True, nl=False)

    def say(self, text: str) -> None:
        """Tell something that stays, once: the images of several platforms have much in common."""
        self.clear()
        if not self._quiet and text not in self._told:
            self._told.add(text)
            click.echo(f"oakum: {text}", err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            click.echo("\r\x1b[2K", err=True, nl=False)


def _replace(path: str, document: bytes) -> None:
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "wb") as stream:
            stream.write(document)
        os.replace(temporary, path)
    except BaseException:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise
