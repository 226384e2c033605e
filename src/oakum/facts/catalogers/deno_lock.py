"""Cataloger of Deno's lock files."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import OPTIONAL, reached
from oakum.facts.files import Files
from oakum.facts.lockfile import table, table_of, text, words
from oakum.facts.node_lock import Locked, locked_packages, shipped, split_name
from oakum.kit.errors import UnreadableError
from oakum.model.fact import Fact

_NPM: Final = "npm:"
_KINDS: Final = (_NPM, "jsr:")
_ALIAS: Final = "@npm:"
_FIRST: Final = ""
_SECOND: Final = "2"
_THIRD: Final = "3"
_KNOWN: Final = frozenset((_FIRST, _SECOND, _THIRD, "4", "5"))
"""Versions of the form; the first has no number, and nothing but addresses."""


@cataloger(version=1, reads=DECLARED, locks="**/deno.lock")
def deno_lock(files: Files) -> Iterator[Fact]:
    """Packages of npm and of JSR that Deno has locked, with what they need (versions 2 to 5 of the form).

    The same package of npm with other peers (``name@1.0.0_peer@2.0.0``) has an entry of its own and is one package.
    Modules that are fetched by their address alone are no packages. What stands in for a package out of a folder of
    the project (``links``) is left out, as is a lock file that came with an installed package. Deno does not
    write what is for development.
    """
    for file in files.locks:
        if not shipped(file.path):
            yield from locked_packages(_locked(table_of(file)), file.path)


def _locked(lock: Mapping[str, Any]) -> dict[str, Locked]:
    """The entries by ``npm:name@version_peers`` and ``jsr:@scope/name@version``.

    Raises:
        UnreadableError: the form is of a version that is not known.
    """
    number = text(lock.get("version"))
    if number not in _KNOWN:
        raise UnreadableError(f"is a lock file of a version that is not known ({number[:20]})")
    entries = _entries(lock, number)
    asked = _asked(lock, number)
    names = _by_name(entries, asked)
    needs = {key: [_place(need, entries, asked, names) for need in _needs(one)] for key, one in entries.items()}
    others = {key: [_place(need, entries, asked, names) for need in _others(one)] for key, one in entries.items()}
    run = reached(asked.values(), needs)
    known = reached(asked.values(), {key: [*needs[key], *others[key]] for key in entries})
    local = _local(lock)
    locked = {}
    for key in entries:
        kind, _, rest = key.partition(":")
        name, version = split_name(rest)
        version = version.partition("_")[0]
        if f"{kind}:{name}@{version}" not in local:
            scope = OPTIONAL if key in known and key not in run else ""
            locked[key] = Locked(name, version, (*needs[key], *others[key]), scope, kind)
    return locked


def _entries(lock: Mapping[str, Any], number: str) -> dict[str, dict[str, Any]]:
    """What is said of each package; the second version knows those of npm alone, the third puts both into a table."""
    if number == _SECOND:
        npm = table(table(lock.get("npm")).get("packages"))
        return {_NPM + key: table(one) for key, one in npm.items()}
    held = table(lock.get("packages")) if number == _THIRD else lock
    return {kind + key: table(one) for kind in _KINDS for key, one in table(held.get(kind[:-1])).items()}


def _asked(lock: Mapping[str, Any], number: str) -> dict[str, str]:
    """Which entry meets what is asked for: ``jsr:@scope/name@1`` or ``npm:name@^1``."""
    if number == _SECOND:
        found = table(table(lock.get("npm")).get("specifiers"))
        return {_NPM + asked: _NPM + text(one) for asked, one in found.items()}
    if number == _THIRD:
        found = table(table(lock.get("packages")).get("specifiers"))
        return {asked: text(one) for asked, one in found.items()}
    return {asked: f"{_named(asked)}@{text(one)}" for asked, one in table(lock.get("specifiers")).items()}


def _named(asked: str) -> str:
    """Kind and name of what is asked for."""
    kind, _, rest = asked.partition(":")
    return f"{kind}:{split_name(rest)[0]}"


def _by_name(entries: Mapping[str, Any], asked: Mapping[str, str]) -> dict[str, str]:
    """The one entry of a name, where there is one; among several of npm the one that is asked for, if one is."""
    found: dict[str, set[str]] = {}
    for key in entries:
        found.setdefault(_named(key), set()).add(key)
    names = {name: keys.pop() for name, keys in found.items() if len(keys) == 1}
    wanted: dict[str, set[str]] = {}
    for one, key in asked.items():
        wanted.setdefault(_named(one), set()).add(key)
    return {**{name: keys.pop() for name, keys in wanted.items() if len(keys) == 1}, **names}


def _needs(entry: Mapping[str, Any]) -> Iterator[str]:
    """What an entry needs: texts since the fourth version, before it whole keys of npm by the name."""
    needs = entry.get("dependencies")
    yield from words(needs) if isinstance(needs, list) else (text(one) for one in table(needs).values())


def _others(entry: Mapping[str, Any]) -> Iterator[str]:
    yield from words(entry.get("optionalDependencies"))
    yield from words(entry.get("optionalPeers"))


def _place(need: str, entries: Mapping[str, Any], asked: Mapping[str, str], names: Mapping[str, str]) -> str:
    """The entry that meets a need; empty where none does.

    A package of JSR asks as the project does (``jsr:@scope/name@1``), one of npm names the entry, or, under
    another name, ``other@npm:name@1.0.0``. Where only one is meant, the name is enough.
    """
    if not need.startswith(_KINDS):
        need = _NPM + (need.partition(_ALIAS)[2] if _ALIAS in need else need)
    for key in (need, asked.get(need, ""), names.get(need, "")):
        if key in entries:
            return key
    return ""


def _local(lock: Mapping[str, Any]) -> set[str]:
    """Packages in whose place a folder of the project is used, by kind, name and version."""
    workspace = table(lock.get("workspace"))
    return {key for part in ("links", "patches") for key in table(workspace.get(part))}
