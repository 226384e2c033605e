"""Reports in a form that the user writes: Jinja2 templates, in its sandbox."""

from typing import Any, Final

from oakum.effects.escape import visible
from oakum.effects.format import Page
from oakum.effects.formats.json import json
from oakum.kit.errors import ConfigurationError, LimitError
from oakum.model.report import Report

_OUTPUT_BYTES: Final = 256 << 20
"""What a template may write; one that loops over itself would fill the memory."""


def write_by_template(report: Report, text: str, name: str) -> bytes:
    """A report as a template writes it: ``report`` is the document of the JSON format, and nothing else is there.

    ``visible`` makes control characters and marks of direction show themselves. Templates whose name ends in
    ``.html`` or ``.xml`` escape by themselves.

    Args:
        report: what was seen.
        text: the template.
        name: of its file, for messages.

    Raises:
        ConfigurationError: the template is none, or asks for what is not there; with its line.
        LimitError: it writes too much.
    """
    import msgspec  # noqa: PLC0415 - only here
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError  # noqa: PLC0415 - most reports need none
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 - as above

    markup = name.endswith((".html", ".htm", ".xml", ".html.j2", ".xml.j2"))
    options = {"undefined": StrictUndefined, "autoescape": markup, "keep_trailing_newline": True}
    environment = ImmutableSandboxedEnvironment(**options)
    environment.filters["visible"] = visible
    document: dict[str, Any] = msgspec.json.decode(json.write(report, Page()))
    pieces, size = [], 0
    try:
        for piece in environment.from_string(text).generate(report=document):
            data = piece.encode("utf-8", "replace")
            size += len(data)
            if size > _OUTPUT_BYTES:
                raise LimitError(f"{name}: the template writes more than {_OUTPUT_BYTES >> 20} MiB")
            pieces.append(data)
    except TemplateSyntaxError as error:
        raise ConfigurationError(f"{name}:{error.lineno}: {error.message}") from None
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"{name}: {error}", hint="docs/reference/report.md names every field") from None
    return b"".join(pieces)
