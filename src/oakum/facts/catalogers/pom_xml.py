"""Cataloger of Maven's project files."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import DEV, OPTIONAL, merged
from oakum.facts.files import Files
from oakum.facts.xml_tree import Element, tree_of
from oakum.kit.errors import LimitError
from oakum.kit.limits import FIELD_CHARACTERS, MANIFEST_BYTES
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package

_REFERENCE = re.compile(r"\$\{([^${}]{1,200})\}")
_ROUNDS = 8
"""How often what a property says is looked up anew, since one may name another."""

_EXACT = re.compile(r"\[\s*([^\[\](),]+?)\s*\]")
_FLOATING = frozenset({"LATEST", "RELEASE"})


class _Dependency(Struct, frozen=True):
    group: str
    artifact: str
    version: str
    scope: str
    optional: bool

    @property
    def name(self) -> str:
        return f"{self.group}:{self.artifact}"


@cataloger(version=1, reads=DECLARED, projects="**/pom.xml")
def pom_xml(files: Files) -> Iterator[Fact]:
    """Java packages that a Maven project depends on directly.

    Properties and managed versions of the file itself are followed. What a parent, an imported list of versions or a
    dependency brings is in other files, which Maven would fetch: a version that comes from there is unknown, and a gap
    says that the file does not name everything (Maven's POM reference).
    """
    for file in files.projects:
        if file.size > MANIFEST_BYTES:  # small elements take fifty times their size as a tree
            raise LimitError(f"is larger than {MANIFEST_BYTES} bytes")
        project = tree_of(file.data)
        said = _properties(project)
        parts = (project, *project.child("profiles").every("profile"))
        found = [one for part in parts for one in _dependencies(part, said)]
        managed = {one.name: one for part in parts for one in _dependencies(part.child("dependencyManagement"), said)}
        named = [one for one in found if one.group and one.artifact]
        yield from merged(_package(one, managed.get(one.name), file.path) for one in named)
        if found or project.child("parent").children:
            yield Gap(gaps.UNIDENTIFIED_PACKAGE, _unread(project, len(found) - len(named)), file.path)


def _unread(project: Element, nameless: int) -> str:
    parent = project.child("parent").child("artifactId").text
    also = f" and those of its parent {parent[:100]}" if parent else ""
    lost = f"; {nameless} of them cannot even be named" if nameless else ""
    return f"a pom.xml names direct dependencies alone: what they need{also} is not known{lost}"


def _properties(project: Element) -> dict[str, str]:
    """What ``${...}`` may stand for: the file's properties, and its own coordinates, which may be the parent's."""
    parent = project.child("parent")
    said = {one.tag: one.text for one in project.child("properties").children}
    for tag in ("groupId", "version", "artifactId"):
        said[f"project.parent.{tag}"] = said[f"parent.{tag}"] = parent.child(tag).text
        own = project.child(tag).text or (parent.child(tag).text if tag != "artifactId" else "")
        said[f"project.{tag}"] = said[f"pom.{tag}"] = own
    return said


def _dependencies(part: Element, said: Mapping[str, str]) -> Iterator[_Dependency]:
    for one in part.child("dependencies").every("dependency"):
        group, artifact, version, scope, optional = (
            _resolved(one.child(tag).text, said) for tag in ("groupId", "artifactId", "version", "scope", "optional")
        )
        yield _Dependency(group, artifact, _exact(version), scope, optional == "true")


def _resolved(text: str, said: Mapping[str, str]) -> str:
    """The text with what its references stand for; empty when one of them stands for nothing that is known."""
    for _ in range(_ROUNDS):
        if "${" not in text or len(text) > FIELD_CHARACTERS:
            break
        text = _REFERENCE.sub(lambda found: said.get(found[1], "") or "${}", text)
    return "" if "${" in text else text


def _exact(version: str) -> str:
    """A version that stands for itself; a range (``[1,2)``) does not, except one of a single version."""
    single = _EXACT.fullmatch(version)
    if single:
        return single[1]
    return "" if version in _FLOATING or version[:1] in {"[", "("} else version


def _package(one: _Dependency, managed: _Dependency | None, path: str) -> Package:
    version = one.version or (managed.version if managed else "")
    scope = one.scope or (managed.scope if managed else "")
    kind = DEV if scope == "test" else OPTIONAL if one.optional else ""
    return Package("maven", one.name, version, path, scope=kind)
