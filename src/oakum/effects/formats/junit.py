"""The report as JUnit XML."""

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import quoteattr

from oakum.effects.escape import visible
from oakum.effects.finding_words import headline, known, links, place, remedy
from oakum.effects.format import Page, output_format
from oakum.effects.report_words import decision, title, verdict
from oakum.model.finding import Finding
from oakum.model.report import Report

_SUITE: Final = "oakum"


@output_format(media_type="application/xml", version=1)
def junit(report: Report, page: Page) -> bytes:
    """JUnit XML, for CI systems that show tests.

    Each finding is a test case that failed; where a gate was asked and let the artifact pass, it is one that
    was skipped, so that the CI system agrees with the exit code. An accepted finding is skipped, with
    the reason. A gap is a case with an error: what was not judged did not pass.
    """
    del page  # a program has no width
    cases = list(_cases(report))
    counts = {word: sum(f"<{word}" in case for case in cases) for word in ("failure", "error", "skipped")}
    head = (
        f"<testsuite name={_text(report.artifact.reference)} tests={_text(str(len(cases)))}"
        f' failures="{counts["failure"]}" errors="{counts["error"]}" skipped="{counts["skipped"]}" time="0">'
    )
    said = [title(report), verdict(report), *decision(report)]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="{_SUITE}">',
        head,
        *cases,
        f"<system-out>{_escaped(chr(10).join(map(visible, said)))}</system-out>",
        "</testsuite>",
        "</testsuites>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _cases(report: Report) -> Iterator[str]:
    passed = report.decision.asked and report.decision.outcome == "allow"
    for finding in report.findings:
        yield _finding(finding, report, passed=passed)
    for one in report.suppressed:
        if one.waiver:
            name = f"{one.advisory} in {one.installed.package.name} {one.installed.package.version}"
            yield _case(name, one.installed.purl, f"<skipped message={_text(one.reason)}/>")
    for gap in report.gaps:
        word = "skipped" if passed else "error"
        kind = "" if passed else f" type={_text(gap.kind)}"
        yield _case(f"{gap.kind}: {gap.path}".rstrip(": "), "gap", f"<{word} message={_text(gap.what)}{kind}/>")
    if not report.findings and not report.gaps:
        yield _case(verdict(report), "packages", "")


def _finding(finding: Finding, report: Report, *, passed: bool) -> str:
    said = f"{finding.severity.rating}: {remedy(finding)}"
    if passed:
        outcome = f"<skipped message={_text(f'{said}; the gate lets it pass')}/>"
    else:
        more = [headline(finding), finding.summary, *known(finding), place(finding, report), *finding.aliases]
        body = _escaped("\n".join(visible(line) for line in [*more, *links(finding)] if line))
        outcome = f"<failure message={_text(said)} type={_text(finding.severity.rating)}>{body}</failure>"
    return _case(headline(finding), finding.installed.purl, outcome)


def _case(name: str, group: str, outcome: str) -> str:
    return f"<testcase name={_text(name)} classname={_text(group)}>{outcome}</testcase>"


def _text(text: str) -> str:
    """An attribute; what XML 1.0 cannot carry (section 2.2) was made visible before."""
    return quoteattr(visible(text))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
