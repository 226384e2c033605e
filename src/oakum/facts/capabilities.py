"""Who of a package database provides what the others need.

A distribution's package needs a *capability*: the name of a package, or of something that one or several packages
provide (``mail-transport-agent``, ``libc.so.6()(64bit)``, ``so:libc.musl-x86_64.so.1``). What is installed together
is in one database, so that an edge leads to packages that are there; what nobody there provides leads nowhere.
"""

from collections.abc import Iterable

from oakum.kit.limits import CAPABILITIES, CAPABILITY_PROVIDERS, PACKAGE_DEPENDS

_Key = tuple[str, str]


class Capabilities:
    """The packages of one database and what they provide."""

    def __init__(self) -> None:
        """Nothing is installed yet."""
        self._versions: dict[str, set[str]] = {}
        self._providers: dict[str, tuple[_Key, ...]] = {}

    def add(self, name: str, version: str, provides: Iterable[str] = ()) -> None:
        """Note a package, its own name being one of its capabilities."""
        self._versions.setdefault(name, set()).add(version)
        key = (name, version)
        for capability in (name, *provides):
            providers = self._providers.get(capability, ())
            if key in providers or len(providers) > CAPABILITY_PROVIDERS:
                continue
            if providers or len(self._providers) < CAPABILITIES:
                self._providers[capability] = (*providers, key)

    def depends(self, name: str, version: str, needs: Iterable[str]) -> tuple[str, ...]:
        """The packages that provide what a package needs, sorted, itself left out.

        ``name version`` where several versions of one name are installed, as ``Package.depends`` has it.
        """
        found: set[_Key] = set()
        for capability in needs:
            providers = self._providers.get(capability, ())
            if len(providers) <= CAPABILITY_PROVIDERS and len(found) < PACKAGE_DEPENDS:
                found.update(providers)
        found.discard((name, version))
        return tuple(sorted(self._label(*one) for one in found))

    def _label(self, name: str, version: str) -> str:
        return name if len(self._versions[name]) == 1 else f"{name} {version}"
