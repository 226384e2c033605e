"""What a .NET program's list of libraries (``*.deps.json``) says, wherever the list lies.

Sources: "Runtime Configuration Files" for the list and for what ``*.runtimeconfig.json`` says of included frameworks.
"""

from collections.abc import Iterator
from typing import Any, Final

from oakum.facts.declared import reached
from oakum.facts.lockfile import edges, release, rows, table, text
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package

_RUNTIME_PACK: Final = "runtimepack."
_FILES: Final = ("runtime", "runtimeTargets", "native", "resources")
"""Where a target lists the files that a library brings to the program."""

_WITHOUT_PACKAGE: Final = frozenset(("reference", "referenceassembly"))


def libraries(document: dict[str, Any], path: str) -> Iterator[Fact]:
    """Each library of the list that is a package, with what it needs; at that path.

    A package that brings no file, and leads to none that does, only took part in the build: it has the scope ``dev``.
    """
    needs = _needs(document)
    idle = _idle(document, needs)
    for key, library in table(document.get("libraries")).items():
        if text(table(library).get("type")).lower() not in _WITHOUT_PACKAGE:
            name, version = _named(key)
            scope = "dev" if name in idle else ""
            yield release(Package("nuget", name, version, path, depends=needs.get(key, ()), scope=scope))


def included_frameworks(document: dict[str, Any], configuration: dict[str, Any], path: str) -> Iterator[Fact]:
    """The runtime that a self-contained program carries, as far as its list of libraries does not name it.

    The configuration says framework and version; the package has the name of the system behind it, which the target of
    the list says (``.NETCoreApp,Version=v8.0/linux-x64``). Without a list it is a gap.
    """
    _, _, system = text(table(document.get("runtimeTarget")).get("name")).partition("/")
    listed = {_named(key)[0].lower() for key in table(document.get("libraries"))}
    for framework in rows(table(configuration.get("runtimeOptions")).get("includedFrameworks")):
        name, version = text(framework.get("name")), text(framework.get("version"))
        if any(one.startswith(f"{name}.Runtime.".lower()) for one in listed):
            continue
        if system:
            yield release(Package("nuget", f"{name}.Runtime.{system}", version, path))
        else:
            what = f"carries {name[:100]} {version[:100]}, and does not say for which system: no package can be named"
            yield Gap(gaps.UNREADABLE_FILE, what, path)


def _needs(document: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """What each library needs, over all targets (one for the framework, one for each runtime)."""
    found: dict[str, list[str]] = {}
    for target in table(document.get("targets")).values():
        for key, library in table(target).items():
            names = table(table(library).get("dependencies"))
            found.setdefault(key, []).extend(_named(name)[0] for name in names)
    return {key: edges(names) for key, names in found.items()}


def _idle(document: dict[str, Any], needs: dict[str, tuple[str, ...]]) -> set[str]:
    """Names of libraries that the targets list without a file, and whose needs bring none either."""
    busy: set[str] = set()
    for target in table(document.get("targets")).values():
        for key, library in table(target).items():
            if any(table(table(library).get(kind)) for kind in _FILES):
                busy.add(_named(key)[0])
    wanted_by: dict[str, list[str]] = {}
    for key, names in needs.items():
        for name in names:
            wanted_by.setdefault(name, []).append(_named(key)[0])
    return {_named(key)[0] for key in needs} - reached(busy, wanted_by)


def _named(key: str) -> tuple[str, str]:
    """Name and version of ``name/version``."""
    name, _, version = key.removeprefix(_RUNTIME_PACK).partition("/")
    return name, version
