"""What would make a refused subject pass: the packages to replace, and what no upgrade ends."""

from collections.abc import Sequence

from oakum.model.finding import Finding
from oakum.model.judgement import Breach, Flip, Upgrade
from oakum.model.subject import Subject


def flip(subject: Subject, breaches: Sequence[Breach]) -> Flip:
    """The upgrades that end every breach that upgrades can end."""
    upgrades: dict[str, Upgrade] = {}
    open_: dict[str, None] = {}
    findings = {(one.id, one.installed.purl, one.installed.layer): one for one in subject.findings or ()}
    for breach in breaches:
        if breach.action == "warn":
            continue
        for proof in breach.proofs:
            finding = findings.get((proof.finding, proof.purl, proof.layer))
            if finding is None or not finding.fixed_versions:
                open_[f"{breach.policy}: {proof.what}"] = None
            else:
                upgrade = _upgrade(finding, proof.instruction)
                upgrades[f"{proof.purl} {proof.layer} {upgrade.take}"] = upgrade
    return Flip(tuple(upgrades.values()), tuple(open_))


def _upgrade(finding: Finding, instruction: str) -> Upgrade:
    installed = finding.installed
    take = finding.take or finding.fixed_versions[0]
    package = installed.package
    return Upgrade(package.name, package.type, package.version, take, installed.layer, instruction)
