"""What every format promises: it writes any report, in the same way each time, and touches nothing else."""

import os
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum import __version__
from oakum.effects.format import FORMATS, Page
from oakum.model.advisory import Exploited
from oakum.model.artifact import Artifact, Layer
from oakum.model.decision import Decision
from oakum.model.fact import Distribution, Gap
from oakum.model.inventory import Inventory
from oakum.model.report import Report
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

_GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden", "formats")
_FORMATS = FORMATS.ids()


def _full() -> Report:
    openssl = installed("deb", "libssl3", "3.0.11-1+b1", source="openssl 3.0.11-1")
    django = installed("pypi", "Django", "3.2.1", layer=1)
    evil = installed("npm", "evil\x1b[31m\u202ename", "1.0.0", layer=1)
    exploited = Exploited("2026-01-01", 0.9, 0.99)
    return report(
        finding("CVE-2026-1", openssl, rating="critical", fixed=("3.0.13-1",), exploited=exploited),
        finding("CVE-2026-2", django, fixed=("3.2.10", "4.0")),
        finding("GHSA-aaaa-bbbb-cccc", evil, rating="unscored"),
        gaps=(Gap("unreadable-file", "is cut off", "usr/lib/x.jar", "sha256:0"), Gap("starter-data", "of 2026-01-01")),
        decision=Decision("deny", asked=True, reasons=("CVE-2026-1 (critical) in libssl3 3.0.11-1+b1: take 3.0.13-1",)),
    )


@pytest.mark.parametrize("format_id", _FORMATS)
def test_the_output_changes_only_with_the_version(format_id: str) -> None:
    plugin = FORMATS.load(format_id)
    path = os.path.join(_GOLDEN, f"{format_id}.{plugin.version}")
    written = plugin.write(_full(), Page()).replace(__version__.encode(), b"0.0.0")
    if os.environ.get("OAKUM_GOLDEN") == "write":
        with open(path, "wb") as file:
            file.write(written)
    with open(path, "rb") as file:
        assert written == file.read(), "raise the format's version and write the golden file anew (OAKUM_GOLDEN=write)"


@pytest.mark.parametrize("format_id", _FORMATS)
def test_it_says_what_it_is(format_id: str) -> None:
    plugin = FORMATS.load(format_id)
    assert plugin.id == format_id
    assert plugin.title
    assert "/" in plugin.media_type


@pytest.mark.parametrize("format_id", _FORMATS)
def test_no_control_character_of_the_artifact_reaches_the_page(format_id: str) -> None:
    written = FORMATS.load(format_id).write(_full(), Page()).decode()
    assert "evil" in written
    lines = written.replace("\r\n", "\n")  # as RFC 4180 wants lines to end
    assert not [character for character in lines if ord(character) < 0x20 and character != "\n"]


@pytest.mark.parametrize("format_id", _FORMATS)
def test_it_opens_no_file_and_no_socket(format_id: str) -> None:
    plugin = FORMATS.load(format_id)
    plugin.write(_full(), Page())
    _WATCH.seen = []
    plugin.write(_full(), Page())
    seen, _WATCH.seen = _WATCH.seen, None
    assert seen == []


_TEXT = st.text(st.characters(), max_size=12)
_LAYERS = st.lists(st.builds(Layer, _TEXT, _TEXT, _TEXT), max_size=2).map(tuple)
_REPORTS = st.builds(
    Report,
    artifact=st.builds(Artifact, _TEXT, _TEXT, layers=_LAYERS),
    inventory=st.builds(
        Inventory,
        st.one_of(st.none(), st.builds(Distribution, _TEXT, _TEXT, _TEXT, _TEXT)),
        st.lists(st.builds(installed, st.just("npm"), _TEXT, _TEXT, layer=st.integers(-1, 3)), max_size=2).map(tuple),
    ),
    gaps=st.lists(st.builds(Gap, _TEXT, _TEXT, _TEXT), max_size=2).map(tuple),
    decision=st.builds(
        Decision, st.just("deny"), asked=st.just(value=True), reasons=st.lists(_TEXT, max_size=2).map(tuple)
    ),
    created=_TEXT,
)


@pytest.mark.parametrize("format_id", _FORMATS)
@settings(max_examples=60)
@given(shown=_REPORTS, name=_TEXT, width=st.integers(20, 200), colour=st.booleans())
def test_any_report_is_written_and_always_the_same(
    format_id: str, shown: Report, name: str, width: int, *, colour: bool
) -> None:
    plugin = FORMATS.load(format_id)
    shown = replace(shown, findings=tuple(finding(name, one) for one in shown.inventory.packages))
    written = plugin.write(shown, Page(width, colour))
    assert written == plugin.write(shown, Page(width, colour))
    written.decode()


class _Watch:
    """An audit hook cannot be taken away again, so one stays and listens when it is told."""

    seen: list[str] | None = None

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.seen is not None and event in ("open", "socket.__new__", "subprocess.Popen"):
            self.seen.append(f"{event} {arguments}")


_WATCH = _Watch()
sys.addaudithook(_WATCH)
