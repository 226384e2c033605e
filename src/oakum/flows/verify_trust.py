"""Look for what trust rules want of an image: the same rules at every gate."""

from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from oakum.decisions.trust import rule_for
from oakum.flows.verify_image import verify_read
from oakum.flows.verify_signature import Trusted
from oakum.model.signature import Verified
from oakum.model.trust import TrustRule, TrustRules
from oakum.ports.keys import PublicKey
from oakum.ports.registries import Repository
from oakum.ports.trusted_roots import TrustedRoot

_CLAIMED: Final = "its name is its own word, so no place vouches for it"


class Verifiers(Struct, frozen=True):
    """What makes keys and roots of texts.

    Attributes:
        key: PEM and the name of its rule -> the key.
        root: the text of a trusted root, or an empty one for the public root -> the root.
    """

    key: Callable[[bytes, str], PublicKey]
    root: Callable[[bytes, str], TrustedRoot]


class ImagePlace(Struct, frozen=True):
    """Where an image lies.

    Attributes:
        repository: asked for its signatures.
        digest: of the manifest that was read.
        name: the tag or digest by which it was asked for.
        claimed: its names are its own word, as in a layout: no place vouches for it then, only who signed it.
    """

    repository: Repository
    digest: str
    name: str
    claimed: bool = False


def check_trust(rules: TrustRules, verifiers: Verifiers) -> None:
    """Refuse keys and roots that cannot be used, before anything is judged by them.

    Raises:
        ConfigurationError: with the name of the rule.
    """
    for rule in rules.rules:
        _trusted(rule, rules, verifiers)


def verify_trust(names: Iterable[str], place: ImagePlace, rules: TrustRules, verifiers: Verifiers) -> Verified:
    """What trust rules find at an image; where a rule wants no signature, the registry is not asked.

    Args:
        names: of the image, without a prefix.
        place: where it lies.
        rules: the first that fits one of the names speaks of it.
        verifiers: make keys and roots of texts.

    Raises:
        OakumError: the registry cannot be asked; ConfigurationError: a key or the root cannot be used.
    """
    rule = rule_for(names, rules)
    if rule is None or not (rule.keys or rule.identities):
        if rule is not None and place.claimed:
            return Verified(place.digest, (), (_CLAIMED,), ruled=True)
        return Verified(place.digest, ruled=True, rule=rule)
    found = verify_read(place.repository, place.digest, place.name, _trusted(rule, rules, verifiers))
    return replace(found, ruled=True, rule=rule)


def without_bodies(found: Verified) -> Verified:
    """Without what attestations say, which may be whole SBOMs: gates ask for their types."""
    return replace(found, signed=tuple(replace(one, body=b"") for one in found.signed))


def _trusted(rule: TrustRule, rules: TrustRules, verifiers: Verifiers) -> Trusted:
    keys = tuple(verifiers.key(text.encode(), f"trust rule {rule.name!r}") for text in rule.keys)
    root = verifiers.root(rules.root.encode(), "the trusted root") if rule.identities or rules.root else None
    return Trusted(keys, rule.identities, root)
