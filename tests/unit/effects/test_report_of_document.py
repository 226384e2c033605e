import json
from typing import Any

import msgspec
import pytest

from oakum.effects.format import FORMATS, Page
from oakum.effects.formats.json import json as writer
from oakum.effects.json_document import Document
from oakum.effects.report_of_document import report_of
from oakum.kit.errors import UnreadableError
from oakum.model.advisory import Exploited
from oakum.model.decision import Decision
from oakum.model.fact import Gap
from oakum.model.report import Report
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report
from oakum.testing.sbom import sbom_report


def _full() -> Report:
    package = installed("pypi", "django", "3.2.1", layer=1)
    return report(
        finding("CVE-2026-1", package, fixed=("3.2.10",), exploited=Exploited("2026-01-01", 0.9, 0.99)),
        finding("CVE-2026-2", package, rating="unscored"),
        gaps=(Gap("starter-data", "of 2026"),),
        decision=Decision("deny", asked=True, reasons=("CVE-2026-1",)),
    )


def _again(shown: Report) -> Report:
    return report_of(msgspec.json.decode(writer.write(shown, Page()), type=Document))


@pytest.mark.parametrize("shown", [_full(), report(), sbom_report()], ids=["findings", "clean", "inventory"])
@pytest.mark.parametrize("form", FORMATS.ids())
def test_every_format_writes_the_same_of_the_report_read_back(shown: Report, form: str) -> None:
    plugin = FORMATS.load(form)
    first, again = plugin.write(shown, Page()), plugin.write(_again(shown), Page())
    if form == "syft_json":  # it holds the size and the media type of layers, which the report leaves out
        assert _without_sizes(again) == _without_sizes(first)
    else:
        assert again == first


def _without_sizes(document: bytes) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(document)
    read["source"]["metadata"] = {**read["source"]["metadata"], "layers": [], "imageSize": 0}
    return read


def _changed(**parts: object) -> Document:
    document = json.loads(writer.write(_full(), Page()))
    return msgspec.json.decode(json.dumps(document | parts).encode(), type=Document)


def test_what_contradicts_itself_is_refused() -> None:
    decision = {"outcome": "maybe", "asked": True, "reasons": []}
    wrong: list[dict[str, object]] = [{"schema": "oakum.report/9"}, {"packages": []}, {"decision": decision}]
    for parts in wrong:
        with pytest.raises(UnreadableError):
            report_of(_changed(**parts))


def test_a_rating_that_is_none_is_refused() -> None:
    document = json.loads(writer.write(_full(), Page()))
    document["vulnerabilities"][0]["severity"]["rating"] = "dreadful"
    with pytest.raises(UnreadableError, match="dreadful"):
        report_of(msgspec.json.decode(json.dumps(document).encode(), type=Document))
