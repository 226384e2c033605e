"""Why a vulnerability applies, or why not."""

from oakum.findings.explain import everything_asked, explain, explain_removed, names_of, notes
from oakum.findings.matchers.distro import distro
from oakum.findings.matchers.language import language
from oakum.model.advisory import Advisory
from oakum.model.explanation import AFFECTED, NOT_AFFECTED, NOT_COUNTED, UNKNOWN, Answer
from oakum.model.inventory import Installed, Removed
from oakum.model.versions.deb import deb
from oakum.model.versions.pep440 import pep440
from oakum.testing.inventory import BOOKWORM, advisory, installed, inventory, ranged

_SCHEMES = {"Debian": deb, "PyPI": pep440}
_OWNER = "pkg:deb/debian/python3-jinja2@3.1.2-1"


def _answers(packages: list[Installed], *records: Advisory) -> tuple[Answer, ...]:
    return explain(records, everything_asked(inventory(*packages), (distro, language)), _SCHEMES)


def _record(about: str = "PyPI jinja2") -> Advisory:
    return advisory("PYSEC-1", about, ranged("introduced 2.0", "fixed 3.1"), aliases=("CVE-2026-1",))


def test_an_affected_package_has_the_range_that_holds_it() -> None:
    (answer,) = _answers([installed("pypi", "Jinja2", "3.0")], _record())
    assert answer.verdict == AFFECTED
    assert "3.0 is in the affected range by the order pep440: from 2.0, fixed in 3.1" in answer.why
    assert (answer.evidence.name, answer.evidence.matcher) == ("jinja2", "language")


def test_an_unaffected_one_has_the_ranges_that_do_not() -> None:
    (answer,) = _answers([installed("pypi", "jinja2", "3.1")], _record())
    assert answer.verdict == NOT_AFFECTED
    assert "3.1 is not in the affected range" in answer.why
    assert "from 2.0, fixed in 3.1" in answer.why


def test_a_version_that_cannot_be_compared_is_unknown() -> None:
    (answer,) = _answers([installed("pypi", "jinja2", "weird!")], _record())
    assert answer.verdict == UNKNOWN


def test_a_package_of_the_distribution_says_who_speaks_for_it() -> None:
    (answer,) = _answers([installed("pypi", "jinja2", "3.0", owner=_OWNER)], _record())
    assert answer.verdict == NOT_COUNTED
    assert answer.installed.owner == _OWNER
    assert _OWNER in answer.why


def test_affected_packages_come_first() -> None:
    packages = [installed("pypi", "jinja2", version) for version in ("3.1", "3.0")]
    assert [answer.verdict for answer in _answers(packages, _record())] == [AFFECTED, NOT_AFFECTED]


def test_what_is_not_there_is_noted() -> None:
    asked = everything_asked(
        inventory(installed("pypi", "flask", "1"), installed("deb", "bash", "5")), (distro, language)
    )
    assert "not installed" in notes("CVE-2026-1", [_record()], asked)[0]
    assert "this is Debian:12" in notes("CVE-2026-1", [_record("Debian:11 bash")], asked)[0]
    assert "Alpine do not concern" in notes("CVE-2026-1", [_record("Alpine:v3.9 bash")], asked)[0]
    assert "no record of CVE-2026-2" in notes("CVE-2026-2", [], asked)[0]


def test_notes_on_single_records_are_bounded() -> None:
    asked = everything_asked(inventory(installed("pypi", "flask", "1")), (distro, language))
    told = notes("CVE-2026-1", [_record(f"PyPI p{number}") for number in range(50)], asked)
    assert len(told) == 21
    assert told[-1].startswith("30 more")


def test_names_of_one_vulnerability_do_not_go_over_to_another() -> None:
    bundle = advisory("DSA-1", "Debian:12 a", aliases=("CVE-2026-1", "CVE-2026-2"))
    same = advisory("GHSA-a", "PyPI a", aliases=("CVE-2026-1", "PYSEC-1"))
    assert names_of("CVE-2026-1", [bundle, same]) == ("CVE-2026-1", "DSA-1", "GHSA-a", "PYSEC-1")


def test_a_package_that_a_later_layer_took_away_does_not_count_but_is_in_the_image() -> None:
    record = advisory("A-1", "Debian:12 a", ranged("introduced 0", "fixed 2"))
    away = Removed(installed("deb", "a", "1", layer=1), by=3)
    fixed = Removed(installed("deb", "a", "2", layer=2), by=-1)
    asked = BOOKWORM, [distro]
    (answer,) = explain_removed([record], [away, fixed], asked, {"Debian": deb})
    assert answer.verdict == NOT_COUNTED
    assert answer.why.endswith("but layer #3 took it away: whoever has the image can still read it in layer #1")
