"""The kinds of gaps and their page."""

import os
import re

from oakum.model import gaps

_PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)).split("/tests/", 1)[0], "docs/reference/gaps.md")


def test_the_page_has_every_kind_and_says_which_are_blind() -> None:
    with open(_PAGE, encoding="utf-8") as file:
        rows = dict(re.findall(r"^\| `([a-z-]+)` \| (yes|no) \|", file.read(), re.MULTILINE))
    assert {kind for kind, blind in rows.items() if blind == "yes"} == gaps.BLIND
    assert rows.keys() == gaps.KINDS
