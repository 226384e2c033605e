"""An explanation at a terminal."""

from oakum.effects.explanation_text import explanation_text
from oakum.effects.format import Page
from oakum.model.advisory import Exploited
from oakum.model.cve import CveRecord, Ssvc
from oakum.model.explanation import AFFECTED, Answer, Explanation
from oakum.model.fact import Gap
from oakum.model.severity import Rating, Severity
from oakum.testing.inventory import installed
from oakum.testing.report import finding


def _text(explanation: Explanation, width: int = 80) -> str:
    return explanation_text(explanation, Page(width)).decode()


def _answer(name: str = "openssl") -> Answer:
    package = installed("deb", name, "3.0.11-1")
    return Answer(AFFECTED, package, "3.0.11-1 is in the range", finding("CVE-2026-1", package).evidence[0])


def test_the_verdict_comes_first_and_each_answer_names_its_record() -> None:
    text = _text(Explanation("dir:x", "CVE-2026-1", answers=(_answer(),)))
    assert text.startswith("CVE-2026-1 in dir:x: 1 affected package\n")
    assert "record CVE-2026-1 of osv:Debian" in text


def test_a_no_with_gaps_says_that_not_all_is_known() -> None:
    text = _text(Explanation("dir:x", "CVE-2026-1", gaps=(Gap("limit", "is too large"),)))
    assert "but not all is known" in text
    assert "limit: is too large" in text


def test_an_id_that_no_record_bears_is_unknown_and_not_a_no() -> None:
    text = _text(Explanation("dir:x", "log4shell", recorded=False))
    assert text.startswith("log4shell in dir:x: unknown; no record of the data names it\n")
    assert "no package" not in text


def test_many_names_are_counted() -> None:
    text = _text(Explanation("dir:x", "CVE-2026-1", names=tuple(f"CGA-{number}" for number in range(50))))
    assert "and 44 more" in text


def test_everybody_s_rating_is_shown_with_what_else_is_known() -> None:
    ratings = (Rating(Severity("low", "source"), "A-1 (osv:Debian)"), Rating(Severity("high", "cna", 8.1), "example"))
    ssvc = Ssvc("poc", "", "total")
    listed = CveRecord("CVE-2026-1", ssvc=ssvc, cwes=("CWE-79", "CWE-89"), rejected="a duplicate")
    exploited = Exploited("2026-01-01", 0.5)
    text = _text(Explanation("dir:x", "CVE-2026-1", ratings=ratings, listed=listed, exploited=exploited), 120)
    assert text.split("Ratings\n")[1].splitlines() == [
        "  low by A-1 (osv:Debian)",
        "  high 8.1 by example",
        "  known to be exploited: CISA listed it on 2026-01-01",
        "  EPSS 0.5: probability of exploitation within 30 days",
        "  SSVC by CISA: exploitation poc, automatable not said, technical impact total",
        "  weakness: CWE-79, CWE-89",
        "  rejected by the CVE list: a duplicate",
    ]
    assert "unscored: nobody rated it, which is not low" in _text(Explanation("dir:x", "CVE-2026-1"))


def test_hostile_names_are_escaped_and_lines_fit() -> None:
    evil = "\x1b[31m\u202e\n" + "x" * 100
    text = _text(Explanation(evil, evil, (evil,), (_answer(evil),), (evil,), (Gap("limit", evil),)), 60)
    assert all(line.isprintable() and len(line) <= 60 for line in text.splitlines())
