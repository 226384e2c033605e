"""The report for people."""

import re

import pytest
from msgspec.structs import replace

from oakum.effects.format import Page
from oakum.effects.formats.table import table
from oakum.model.advisory import Exploited
from oakum.model.decision import Decision
from oakum.model.fact import Gap
from oakum.model.report import Report
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

_OPENSSL = installed("deb", "libssl3", "3.0.11-1+b1", source="openssl 3.0.11-1")
_TOOL = installed("deb", "openssl", "3.0.11-1+b1", source="openssl 3.0.11-1")
_GAP = Gap("unreadable-file", "is cut off", "usr/lib/x.jar")


def _lines(shown: Report, width: int = 80) -> list[str]:
    return table.write(shown, Page(width)).decode().splitlines()


def test_the_verdict_comes_first() -> None:
    exploited = Exploited("2026-01-01")
    shown = report(
        finding("CVE-2026-1", _OPENSSL, rating="critical", exploited=exploited),
        finding("CVE-2026-2", _OPENSSL),
        gaps=(_GAP,),
    )
    assert _lines(shown, 100)[0] == "1 critical, 1 high in 1 of 3 packages; 1 known to be exploited; 1 gap"


def test_a_report_without_findings_says_what_it_does_not_know() -> None:
    assert _lines(report())[0] == "nothing known to be vulnerable in 2 packages"
    assert _lines(report(gaps=(_GAP,)))[0] == "nothing known to be vulnerable in 2 packages; but 1 thing is unknown"
    assert "clean" not in "\n".join(_lines(report(gaps=(_GAP, _GAP))))


def test_the_packages_of_one_source_package_are_one_row() -> None:
    shown = report(
        finding("CVE-2026-1", _OPENSSL, fixed=("3.0.13-1",)), finding("CVE-2026-1", _TOOL, fixed=("3.0.13-1",))
    )
    (row,) = [line for line in _lines(shown) if line.startswith("high")]
    assert re.split(r" {2,}", row) == ["high", "openssl (2 packages)", "3.0.11-1", "3.0.13-1", "CVE-2026-1", "#0"]


def test_many_ids_are_counted_and_exploited_ones_are_named_first() -> None:
    ids = [finding(f"CVE-2026-{number}", _OPENSSL) for number in range(1, 7)]
    known = finding("CVE-2026-9", _OPENSSL, exploited=Exploited("2026-01-01"))
    (row,) = [line for line in _lines(report(*ids, known), 120) if line.startswith("high")]
    assert "CVE-2026-9 KEV, CVE-2026-1, CVE-2026-2 +4" in row


def test_what_stays_open_after_the_update_is_counted() -> None:
    shown = report(finding("CVE-2026-1", _TOOL, fixed=("3.0.13-1",)), finding("CVE-2026-2", _TOOL, fixed=()))
    (row,) = [line for line in _lines(shown, 120) if line.startswith("high")]
    assert "3.0.13-1 (1 unfixed)" in row
    (row,) = [line for line in _lines(report(finding("CVE-2026-2", _TOOL, fixed=())), 120) if line.startswith("high")]
    assert "no fix known" in row


def test_the_gate_says_its_reasons() -> None:
    shown = _lines(report(decision=Decision("unknown", asked=True, reasons=("no-database: nothing was judged",))))
    assert "  gate: undecided" in shown
    assert "  no-database: nothing was judged" in shown


def test_only_layers_with_findings_are_explained() -> None:
    shown = "\n".join(_lines(report(finding("CVE-2026-1", installed("pypi", "django", "3.2", layer=1)))))
    assert "#1 sha256:222222222222 RUN pip install" in shown
    assert "ADD rootfs" not in shown


def test_an_inventory_alone_lists_the_packages() -> None:
    shown = _lines(replace(report(), database=None, suppressed=(), scanners=("packages",)))
    assert shown[0] == "2 packages"
    assert any(line.split()[:3] == ["pypi", "six", "1.16.0"] for line in shown)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("srv/app/node_modules/qs/package.json", "srv/app/node_modules/qs"),
        ("lib/Django-3.2.dist-info/METADATA", "lib/Django-3.2.dist-info"),
        ("usr/local/bin/tool", "usr/local/bin/tool"),
        ("package.json", "package.json"),
    ],
)
def test_a_wide_page_names_the_folder_that_is_the_package(path: str, shown: str) -> None:
    package = installed("npm", "qs", "6.9.6", layer=1)
    package = replace(package, package=replace(package.package, path=path))
    (row,) = [line for line in _lines(report(finding("CVE-2026-1", package)), 120) if line.startswith("high")]
    assert row.endswith(f"#1 {shown}")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_lines_keep_to_the_width(width: int) -> None:
    package = installed("npm", "@scope/" + "long-name-" * 8, "1.0.0-beta." + "1" * 30, layer=1)
    shown = report(finding("GHSA-aaaa-bbbb-cccc", package, fixed=("2" * 40,)), gaps=(_GAP,))
    assert all(len(line) <= max(width, 80) for line in _lines(shown, width))


def test_colours_only_where_they_are_wanted() -> None:
    shown = report(finding("CVE-2026-1", _OPENSSL, rating="critical"))
    assert b"\x1b" not in table.write(shown, Page())
    assert b"\x1b[1;31mcritical" in table.write(shown, Page(colour=True))


def test_hostile_names_are_escaped_everywhere() -> None:
    evil = "\x1b]0;x\x07\u202e\n\udcff"
    package = installed("npm", evil, evil)
    shown = report(
        finding(evil, package), gaps=(Gap("limit", evil, evil),), decision=Decision("deny", asked=True, reasons=(evil,))
    )
    written = table.write(shown, Page(120)).decode()
    assert all(line.isprintable() for line in written.splitlines())
