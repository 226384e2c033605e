"""What would make a refused subject pass: the fewest packages to replace, and what no upgrade ends.

A condition is asked about each finding, or each package, by itself. So whether a package has to be replaced
never depends on another one: the packages whose replacement ends a breach are the fewest that do, and
leaving one of them out leaves its breach. Where a condition asks about several together, that is not so: no upgrade is
offered for it.
"""

from collections.abc import Container, Iterable
from typing import Final

from msgspec.structs import replace

from oakum.decisions.breaches import ImageAnswers, refusals_of
from oakum.decisions.rules import ReadyPolicy
from oakum.model.inventory import Installed
from oakum.model.judgement import Acceptance, Flip, Proof, Upgrade
from oakum.model.subject import Subject

Place = tuple[str, int]
"""A package: its purl, and the layer that brought it."""

_NOTHING: Final = frozenset[tuple[str, str]]()


def flip(subject: Subject, policies: Iterable[ReadyPolicy], image: ImageAnswers) -> Flip:
    """The least change that ends every breach that upgrades can end.

    Args:
        subject: what was refused.
        policies: those of its stage.
        image: what its image answers.
    """
    policies = tuple(policies)
    refusals = refusals_of(subject, policies, image)
    each = {one.policy.name: one for one in policies if not one.when.whole}
    ours = [(name, proof) for name, proof in refusals if name in each]
    takes = _takes(subject, {_place(proof) for _, proof in ours})
    before, after = _by_place(ours), _by_place(_after(subject, takes, each.values(), image))
    needed = {place: take for place, take in takes.items() if after.get(place, _NOTHING) < before[place]}
    open_ = [
        (name, proof)
        for name, proof in refusals
        if name not in each
        or _place(proof) not in needed
        or (name, proof.finding) in after.get(_place(proof), _NOTHING)
    ]
    mends = {place: len(before[place]) - len(after.get(place, _NOTHING)) for place in needed}
    upgrades = [
        _upgrade(installed, takes[place], subject, mends[place]) for place, installed in _installed(subject, needed)
    ]
    return Flip(
        tuple(sorted(upgrades, key=lambda one: -one.mends)),
        tuple(dict.fromkeys(f"{name}: {proof.what}" for name, proof in open_)),
        tuple(dict.fromkeys(Acceptance(proof.finding, proof.purl) for _, proof in open_ if proof.finding)),
    )


def upgraded(subject: Subject, takes: dict[Place, str]) -> Subject:
    """The subject after some packages were replaced: what their new version mends is gone; the rest stays."""

    def new(installed: Installed) -> Installed:
        take = takes.get((installed.purl, installed.layer))
        return replace(installed, package=replace(installed.package, version=take)) if take else installed

    findings = [
        replace(finding, installed=new(finding.installed))
        for finding in subject.findings or ()
        if not (finding.fixed_versions and (finding.installed.purl, finding.installed.layer) in takes)
    ]
    inventory = subject.inventory
    if inventory is not None:
        inventory = replace(inventory, packages=tuple(new(installed) for installed in inventory.packages))
    return replace(subject, findings=None if subject.findings is None else tuple(findings), inventory=inventory)


def _takes(subject: Subject, refused: Container[Place]) -> dict[Place, str]:
    """The refused packages for which a version is known that mends something, and that version."""
    takes: dict[Place, str] = {}
    for finding in subject.findings or ():
        place = (finding.installed.purl, finding.installed.layer)
        if place in refused and finding.fixed_versions:
            takes.setdefault(place, finding.take or finding.fixed_versions[0])
    return takes


def _after(
    subject: Subject, takes: dict[Place, str], policies: Iterable[ReadyPolicy], image: ImageAnswers
) -> list[tuple[str, Proof]]:
    """What is refused of the packages alone, once all of them are replaced."""
    if not takes:
        return []
    inventory = subject.inventory
    alone = replace(
        subject,
        findings=tuple(one for one in subject.findings or () if (one.installed.purl, one.installed.layer) in takes),
        inventory=inventory
        and replace(inventory, packages=tuple(one for one in inventory.packages if (one.purl, one.layer) in takes)),
    )
    changed = upgraded(alone, takes)
    return refusals_of(changed, policies, ImageAnswers(changed, image.accepted))


def _by_place(refusals: Iterable[tuple[str, Proof]]) -> dict[Place, frozenset[tuple[str, str]]]:
    """What is refused of each package: policies, and findings where there are some."""
    found: dict[Place, set[tuple[str, str]]] = {}
    for name, proof in refusals:
        found.setdefault(_place(proof), set()).add((name, proof.finding))
    return {place: frozenset(said) for place, said in found.items()}


def _place(proof: Proof) -> Place:
    return proof.purl, proof.layer


def _installed(subject: Subject, needed: dict[Place, str]) -> Iterable[tuple[Place, Installed]]:
    seen: dict[Place, Installed] = {}
    for finding in subject.findings or ():
        place = (finding.installed.purl, finding.installed.layer)
        if place in needed:
            seen.setdefault(place, finding.installed)
    return seen.items()


def _upgrade(installed: Installed, take: str, subject: Subject, mends: int) -> Upgrade:
    package = installed.package
    layers = subject.artifact.layers if subject.artifact else ()
    where = layers[installed.layer].instruction if 0 <= installed.layer < len(layers) else ""
    return Upgrade(package.name, package.type, package.version, take, installed.layer, where, mends)
