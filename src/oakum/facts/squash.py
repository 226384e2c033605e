"""The layers' facts seen as one file system: what is visible, what brought it, who owns it.

A fact of a lower layer is hidden when a layer above it names the same path, removes it or
one of the folders it lies in, or puts something that is no folder in such a folder's place
(OCI image specification, "Layer Filesystem Changeset").
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from oakum.facts.claimed import without_claimed, without_recorded
from oakum.facts.hiding import Above, folders_of
from oakum.model.distributions import SYSTEM_TYPES
from oakum.model.fact import Distribution, Document, Fact, Gap, Owns, Package
from oakum.model.inventory import ImageFile, Installed, Inventory
from oakum.model.layer_facts import LayerFacts, Tree
from oakum.model.package_note import is_noted

_MERGED: Final = ("usr/lib", "usr/bin/", "usr/sbin/")

_encode = msgspec.msgpack.Encoder().encode

Purl = Callable[[Package, Distribution | None], str]


def squash(layers: Sequence[tuple[str, LayerFacts]], purl: Purl, distribution: Distribution | None = None) -> Inventory:
    """One inventory from the facts of all layers.

    Args:
        layers: digest and facts of each layer, from the base upward.
        purl: gives a package's purl.
        distribution: whose packages these are, whatever the files say; None: what they say.
    """
    seen = [_facts(facts) for _, facts in layers]
    trees = [facts.tree for _, facts in layers]
    visible, special = _visible(trees, seen)
    distribution = distribution or _distribution(visible)
    found = without_claimed(fact for _, fact in visible if isinstance(fact, Package))
    owners = _owners(visible, found, lambda package: purl(package, distribution))
    found = without_recorded(found, lambda path: _owner(path, owners))
    gone = [frozenset((*facts.tree.whiteouts, *facts.tree.opaque)) for _, facts in layers]
    brought = _brought(seen, visible, gone)
    installed = _installed(found, brought, lambda package: purl(package, distribution), owners)
    trouble = [_placed(gap, digest) for digest, facts in layers for gap in _gaps(facts)]
    documents = tuple(fact for _, fact in visible if isinstance(fact, Document))
    known = all(tree.special is not None for tree in trees)
    return Inventory(distribution, tuple(installed), tuple(trouble), documents, special if known else None)


def hidden_by(fact: Fact, trees: Sequence[Tree], layer: int) -> int:
    """The first layer above the given one that hides what a fact was read from, or -1."""
    path = _file(fact)
    for number in range(layer + 1, len(trees)):
        above = Above({path})
        above.add(trees[number])
        if above.hides({path}):
            return number
    return -1


def _facts(layer: LayerFacts) -> list[Fact]:
    return [fact for outcome in layer.outcomes for fact in outcome.facts]


def _gaps(layer: LayerFacts) -> Iterable[Gap]:
    every = [*layer.gaps, *_facts(layer)]
    return dict.fromkeys(fact for fact in every if isinstance(fact, Gap))


def _placed(gap: Gap, digest: str) -> Gap:
    return Gap(gap.kind, gap.what, gap.path, digest)


def _visible(trees: Sequence[Tree], seen: Sequence[list[Fact]]) -> tuple[list[tuple[int, Fact]], tuple[ImageFile, ...]]:
    """The facts and the special files that no layer above hides, each with its layer, from the top down."""
    visible: list[tuple[int, Fact]] = []
    special: list[ImageFile] = []
    files = [[ImageFile(*one[:1], layer, *one[1:]) for one in tree.special or ()] for layer, tree in enumerate(trees)]
    kept = [[fact for fact in facts if not isinstance(fact, Gap)] for facts in seen]
    above = Above({_file(fact) for facts in kept[:-1] for fact in facts} | {one.path for some in files for one in some})
    for layer in range(len(seen) - 1, -1, -1):
        facts = kept[layer]
        hidden = above.hides({_file(fact) for fact in facts} | {one.path for one in files[layer]})
        visible.extend((layer, fact) for fact in facts if _file(fact) not in hidden)
        special.extend(one for one in files[layer] if one.path not in hidden)
        if layer:
            above.add(trees[layer])
    return visible, tuple(sorted(special, key=lambda one: one.path))


def _file(fact: Fact) -> str:
    """The file that says so, in the layer: an archive when the fact lies in one."""
    return fact.path.split("!/", 1)[0]


def _distribution(visible: Iterable[tuple[int, Fact]]) -> Distribution | None:
    found = [fact for _, fact in visible if isinstance(fact, Distribution)]
    return min(found, key=lambda fact: fact.path, default=None)  # etc/os-release before usr/lib/os-release


def _owners(
    visible: Iterable[tuple[int, Fact]], found: Iterable[Package], purl: Callable[[Package], str]
) -> dict[str, str]:
    """Which distribution package owns a file that another package was read from: path -> purl."""
    every = list(found)
    recorded = [package for package in every if package.type in SYSTEM_TYPES and not is_noted(package)]
    others = [package for package in every if package.type not in SYSTEM_TYPES or is_noted(package)]
    asked = {_file(package) for package in others} | {package.path for package in others}
    asked |= {path[4:] for path in asked if path.startswith(_MERGED)}
    packages = {(package.type, package.name): package for package in recorded}
    owned: dict[str, str] = {}
    for _, fact in visible:
        owner = packages.get((fact.type, fact.name)) if isinstance(fact, Owns) and asked else None
        if owner is not None and isinstance(fact, Owns):
            files = asked.intersection(fact.files.split("\n"))
            owned.update(dict.fromkeys(files, purl(owner)) if files else {})
    return owned


def _owner(path: str, owners: dict[str, str]) -> str:
    """The owner of a file; package lists still say ``lib/`` where ``/lib`` has become a link to ``/usr/lib``."""
    if path.startswith(_MERGED):
        return owners.get(path) or owners.get(path[4:], "")
    return owners.get(path, "")


def _brought(
    seen: Sequence[list[Fact]], visible: Iterable[tuple[int, Fact]], gone: Sequence[frozenset[str]]
) -> dict[Package, int]:
    """The lowest layer from which on a package was there without interruption.

    A package database is written anew by every layer that installs something, so the layer
    whose copy is visible is not the one that brought an older package.
    """
    packages = [{fact for fact in facts if isinstance(fact, Package)} for facts in seen]
    shared: dict[str, list[int]] = {}
    for layer, facts in enumerate(packages):
        for path in {fact.path for fact in facts}:
            shared.setdefault(path, []).append(layer)
    brought: dict[Package, int] = {}
    for layer, fact in visible:
        if isinstance(fact, Package):
            first = layer
            for below in reversed([at for at in shared[fact.path] if at < layer]):
                if fact not in packages[below] or _removed(fact, gone[below + 1 : first + 1]):
                    break
                first = below
            brought[fact] = min(first, brought.get(fact, first))
    return brought


def _removed(fact: Fact, gone: Iterable[frozenset[str]]) -> bool:
    """Whether a layer in between removed the file, or one of its folders, so that a later one brought it anew."""
    path = _file(fact)
    return any(removed and not removed.isdisjoint(["", path, *folders_of(path)]) for removed in gone)


def _repeats(package: Package, owner: str, documented: Iterable[tuple[str, str]]) -> bool:
    """Whether a program is what its distribution's package, Bitnami's document in its folder, or its own note says.

    Where the versions differ, another was put in its place.
    """
    version = package.version.partition("+")[0]
    if owner:
        return version in owner  # a kernel's release is part of its package's name
    return any(package.path.startswith(folder) and said.startswith(version) for folder, said in documented)


def _installed(
    found: Iterable[Package], brought: dict[Package, int], purl: Callable[[Package], str], owners: dict[str, str]
) -> list[Installed]:
    """The packages, those that several files of a layer name alike put together."""
    together: dict[tuple[str, int, str], list[Package]] = {}
    documented = [(one.path.rpartition("/")[0] + "/", one.version) for one in found if one.type == "bitnami"]
    noted = {one.path: one.version.rpartition(":")[2] for one in found if is_noted(one)}
    for package in sorted(set(found), key=lambda one: (one.path, _encode(one))):  # the order of a set is chance
        owner = "" if package.type in SYSTEM_TYPES else _owner(_file(package), owners) or owners.get(package.path, "")
        said = [*documented, (package.path, noted[package.path])] if package.path in noted else documented
        if package.type == "generic" and _repeats(package, owner, said):
            continue
        together.setdefault((purl(package), brought[package], owner), []).append(package)
    installed = [
        Installed(packages[0], name, layer, tuple(package.path for package in packages), owner)
        for (name, layer, owner), packages in together.items()
    ]
    return sorted(installed, key=lambda one: (one.package.type, one.package.name, one.package.version, one.paths))
