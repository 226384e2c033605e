"""Cataloger of the actions that GitHub workflows use."""

import re
from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release, rows, table, text, yaml_of
from oakum.model.fact import Fact, Package

_USES = re.compile(r"(?P<name>[\w.-]+/[\w.-]+)(?P<path>/[^@\s]*)?@(?P<ref>\S+)")
_PINNED = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_COMMENT = re.compile(r"@(?P<ref>[0-9a-f]{40,64})['\"]?[ \t]+#[ \t]*(?:tag=|pin@)?(?P<version>v?\d[\w.+-]*)")


@cataloger(
    version=1,
    reads=DECLARED,
    workflows="**/.github/workflows/*.yml",
    others="**/.github/workflows/*.yaml",
    actions="**/action.yml",
    composites="**/action.yaml",
)
def github_actions(files: Files) -> Iterator[Fact]:
    """Actions and reusable workflows that a repository's workflows use.

    The version is the tag or branch that is named. Where a commit is named, it is the version that the comment
    behind it states, as update tools write it, and the package is marked as guessed; without one, the commit.
    Actions of the same repository and container images are no packages.
    """
    for file in files.every():
        stated = {found["ref"]: found["version"] for found in _COMMENT.finditer(file.text())}
        for uses in dict.fromkeys(_uses(yaml_of(file))):
            found = _USES.fullmatch(uses)
            if found:
                name, ref = found["name"], found["ref"]
                version = stated.get(ref, ref) if _PINNED.fullmatch(ref) else ref
                guessed = "comment" if version != ref else ""
                yield release(Package("githubactions", name, version, file.path, guessed=guessed))


def _uses(document: dict[str, object]) -> Iterator[str]:
    """Every ``uses``: of jobs, of their steps, and of the steps of a composite action."""
    jobs = [table(job) for job in table(document.get("jobs")).values()]
    runs = table(document.get("runs"))
    for job in (*jobs, runs):
        yield text(job.get("uses"))
        yield from (text(step.get("uses")) for step in rows(job.get("steps")))
