"""``oakum convert``: between the forms, and what it says to other input."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.programs.conftest import Oakum

from oakum.effects.format import FORMATS, Page
from oakum.testing.sbom import sbom_report

Refused = Callable[..., str]

_FORMS = ("cyclonedx-json", "spdx-json", "syft-json")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The same inventory as a report and as SBOMs."""
    for form in ("json", *_FORMS):
        document = FORMATS.load(form.replace("-", "_")).write(sbom_report(), Page())
        (tmp_path / f"{form}.json").write_bytes(document)
    return tmp_path


def test_a_report_becomes_what_the_scan_would_have_written(oakum: Oakum, written: Path) -> None:
    for form in ("cyclonedx-json", "spdx-json", "json", "table"):
        ended = oakum("convert", f"{written}/json.json", "-f", form)
        assert ended.code == 0, ended.err
        assert ended.out == FORMATS.load(form.replace("-", "_")).write(sbom_report(), Page(80))


@pytest.mark.parametrize("form", _FORMS)
def test_packages_paths_and_gaps_stay_between_all_forms(form: str, oakum: Oakum, written: Path) -> None:
    first = json.loads((written / "json.json").read_bytes())
    for other in _FORMS:
        assert oakum("convert", f"{written}/{form}.json", "-f", other, "-o", f"{written}/again.json").code == 0
        again = oakum("convert", f"{written}/again.json", "-f", "json").document
        for field in ("purl", "paths", "owner", "source", "licenses"):
            assert [row[field] for row in again["packages"]] == [row[field] for row in first["packages"]], field
        assert [gap["path"] for gap in again["gaps"]] == ["usr/lib/x.jar"]
        assert again["documents"][0]["subject"] == "shop:1.0"


@pytest.mark.parametrize("content", ["", "{}", '{"schema": "oakum.report/1"}', "text", '{"schema": "oakum.report/2"}'])
def test_other_input_is_refused(content: str, refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(content)
    assert "x.json" in refused(65, "convert", f"{tmp_path}/x.json", "-f", "json")


def test_words_that_are_off(refused: Refused, tmp_path: Path) -> None:
    assert "no such file" in refused(65, "convert", f"{tmp_path}/nothing", "-f", "json")
    assert "no regular file" in refused(65, "convert", f"{tmp_path}", "-f", "json")
    assert "-f names no format" in refused(64, "convert", f"{tmp_path}/nothing")
