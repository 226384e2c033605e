"""The distribution by a document's component for it, in the words of those who write documents."""

from typing import Final

from oakum.facts.stated import StatedPackage
from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model import sbom_words as words
from oakum.model.fact import Distribution

_IDS: Final = {
    "redhat": "rhel", "amazon": "amzn", "oracle": "ol", "alma": "almalinux", "opensuse.leap": "opensuse-leap",
    "opensuse.tumbleweed": "opensuse-tumbleweed", "suse linux enterprise server": "sles",
    "suse linux enterprise micro": "sle-micro", "cbl-mariner": "mariner",
}  # fmt: skip
"""Trivy's names of distributions whose os-release has another id."""


def distribution_of(stated: StatedPackage, description: str, document: str) -> Distribution:
    """What os-release said, as far as the component has it; Syft keeps its fields as properties."""
    identity = stated.value("syft:distro:id") or stated.name.lower()
    return Distribution(
        _IDS.get(identity, identity)[:FIELD_CHARACTERS],
        (stated.value("syft:distro:versionID") or stated.version)[:FIELD_CHARACTERS],
        (stated.value("syft:distro:prettyName") or description or f"{stated.name} {stated.version}")[:FIELD_CHARACTERS],
        document,
        like=tuple(like[:FIELD_CHARACTERS] for like in _likes(stated)[:20]),
        codename=stated.value(words.DISTRIBUTION + ":codename", "syft:distro:versionCodename")[:FIELD_CHARACTERS],
    )


def _likes(stated: StatedPackage) -> list[str]:
    found = [given for name, every in stated.values.items() if name.startswith("syft:distro:idLike") for given in every]
    return [*stated.values.get(words.DISTRIBUTION + ":like", ()), *found]
