"""Write docs/reference/criteria.md out of the criteria's own docstrings; a test compares the page with it."""

import inspect
import os
import sys
from collections.abc import Iterator

from oakum.decisions.criterion import CONTAINER, FINDING, PACKAGE, SUBJECT, Criterion, Nothing
from oakum.flows.kinds import CRITERIA

PAGE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "docs", "reference", "criteria.md")

HEAD = """\
# Criteria

What a [policy](policy.md) can ask for. **Unknown** is an answer of its own: of what was not collected, or says nothing,
no criterion answers no. This page is written by `make criteria-reference` out of `src/oakum/decisions/criteria/`; each
criterion is [one file](../contributing/add-a-criterion.md) there.
"""

_LEVELS = {
    FINDING: ("Of a finding", "A condition with one of these is asked about each vulnerability by itself."),
    PACKAGE: ("Of a package", "In a condition about findings it is asked of the finding's package."),
    CONTAINER: ("Of a container", "Every container of the workload that is to run, init and ephemeral ones included."),
    SUBJECT: ("Of the image, the workload, or what is known of them", "Asked once."),
}


def page() -> str:
    """The page as it should be."""
    criteria = [CRITERIA.load(id_) for id_ in CRITERIA.ids()]
    return HEAD + "".join(
        f"\n## {title}\n\n{what}\n" + "".join(_section(one) for one in criteria if one.level == level)
        for level, (title, what) in _LEVELS.items()
    )


def _section(one: Criterion) -> str:
    body = " ".join((inspect.getdoc(one.make) or "").split("\n\nRaises:")[0].split())
    return f"\n### {one.id}\n\n{body}\n" + "".join(_parameters(one))


def _parameters(one: Criterion) -> Iterator[str]:
    if one.asked is not Nothing:
        yield f"\nTakes {' '.join((inspect.getdoc(one.asked) or '').split())}\n"


if __name__ == "__main__":
    if "--print" in sys.argv:
        sys.stdout.write(page())
    else:
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(page())
