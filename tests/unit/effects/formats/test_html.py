import re
from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum.effects.format import Page
from oakum.effects.formats.html import html
from oakum.effects.html_parts import SCRIPT, STYLE
from oakum.model.decision import Decision
from oakum.model.fact import Gap
from oakum.model.severity import Rating, Severity
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report


class _Outline(HTMLParser):
    """What elements and attributes a page has, and whether they close."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(*findings: Any, **changed: Any) -> str:  # noqa: ANN401 - findings and fields of the report
    return html.write(replace(report(*findings), **changed), Page()).decode()


def test_the_page_is_whole_and_fetches_nothing() -> None:
    outline = _Outline(page(finding("CVE-1", installed("npm", "lodash", "4.17.0"), fixed=("4.17.21",))))
    assert outline.open == []
    assert not [tag for tag, attributes in outline.seen if "src" in attributes or tag in {"link", "img", "iframe"}]
    policy = next(attributes["content"] for tag, attributes in outline.seen if "http-equiv" in attributes)
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_decision_gaps_and_findings_are_there_to_read() -> None:
    said = page(
        finding("CVE-1", installed("npm", "lodash", "4.17.0")),
        decision=Decision("deny", asked=True, reasons=("too bad",)),
        gaps=(Gap("unreadable-file", "is cut off", "x.jar"),),
    )
    assert '<span class="badge deny">denied</span>' in said
    assert "is cut off" in said
    assert 'data-rating="high"' in said


@given(name=st.text(), outcome=st.text())
def test_nothing_of_the_artifact_is_markup(name: str, outcome: str) -> None:
    hostile = f"</script><b onclick=x>{name}<!--"
    written = page(
        finding(hostile, installed("npm", hostile, hostile)),
        gaps=(Gap("unreadable-file", hostile, hostile),),
        decision=Decision(outcome, asked=True, reasons=(hostile,)),
    )
    outline = _Outline(written)
    assert outline.open == []
    assert not [tag for tag, attributes in outline.seen if tag == "b" and attributes]
    assert len(re.findall("<script", written)) == 1


def test_style_and_script_hold_nothing_that_ends_them() -> None:
    assert "</" not in STYLE
    assert "</" not in SCRIPT


def test_the_details_say_who_rated() -> None:
    one = finding("CVE-1", installed("npm", "lodash", "4.17.0"))
    said = (Rating(Severity("critical", "adp", 9.8, "CVSS:3.1/x"), "CISA-ADP"), Rating(Severity("low", "cna"), "<b>"))
    text = page(replace(one, ratings=said))
    assert "<li>rated critical 9.8 by CISA-ADP (CVSS:3.1/x)</li><li>rated low by &lt;b&gt;</li>" in text
