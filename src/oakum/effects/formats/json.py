"""The report for programs."""

from oakum.effects.format import Page, output_format
from oakum.effects.report_document import report_document
from oakum.effects.whole_text import json_bytes
from oakum.model.report import Report


@output_format(media_type="application/json", version=5)
def json(report: Report, page: Page) -> bytes:
    """Everything that the scan saw, for programs (docs/reference/report.md).

    One line without blanks; the schema is docs/reference/report-schema.json. A name that is no
    text (a lone surrogate) has a replacement character in its place: JSON can carry no other.
    """
    del page  # a program has no width
    return json_bytes(report_document(report))
