import re
from typing import Any

import pytest
from msgspec.structs import replace

from oakum.effects.format import Page
from oakum.effects.formats.markdown import markdown
from oakum.model.fact import Gap
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report


def text(*findings: Any, **changed: Any) -> str:  # noqa: ANN401 - findings and fields of the report
    return markdown.write(replace(report(*findings), **changed), Page()).decode()


def test_the_verdict_comes_first_and_every_row_has_all_cells() -> None:
    said = text(finding("CVE-1", installed("npm", "a|b`c", "1|2"), fixed=("3",)))
    assert said.startswith("## 1 high in 1 of 3 packages")
    rows = [line for line in said.splitlines() if line.startswith("|")]
    assert rows
    assert {line.replace("\\|", "").count("|") for line in rows} == {7}


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "[x](http://a.example)", "![x](y)", "@types/node", "a\nb"]
)
def test_a_name_never_acts(name: str) -> None:
    said = text(finding("CVE-1", installed("npm", name, "1")), gaps=(Gap("unreadable-file", name, name),))
    prose = re.sub(r"(`+).+?\1", "", said)
    assert not re.search(r"(?<!\\)<script", prose)
    assert "@types" not in prose
    assert not re.search(r"(?<!\\)\]\(", prose)


def test_what_is_unknown_is_said() -> None:
    assert "### Unknown" in text(gaps=(Gap("unreadable-file", "is cut off", "x.jar"),))
