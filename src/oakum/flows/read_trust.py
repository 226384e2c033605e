"""Read trust rules from the file that people write: whole, or not at all, with the place of every mistake."""

import hashlib
import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct, ValidationError, convert
from msgspec.structs import replace

from oakum.kit import yaml
from oakum.kit.errors import ConfigurationError, OakumError
from oakum.model.signature import PREDICATES
from oakum.model.trust import Identity, TrustRule, TrustRules

SCHEMA: Final = "trust/1"

_PATH: Final = re.compile(r" - at `\$([^`]*)`$")
_PEM: Final = "-----BEGIN "
_MOST: Final = 1_000

ReadFile = Callable[[str], str]
"""A path beside the trust file -> its text."""


class TrustDocument(Struct, frozen=True, forbid_unknown_fields=True):
    """Trust rules as they are written (docs/reference/trust.md)."""

    oakum: Literal["trust/1"]
    rules: Annotated[tuple[TrustRule, ...], Meta(min_length=1, max_length=_MOST)]
    trusted_root: str = ""


def read_trust(data: bytes, name: str, read_file: ReadFile) -> TrustRules:
    """The rules of a file, with the keys and the root that it names in them, so that they stand for themselves.

    Args:
        data: YAML.
        name: of the file, for people.
        read_file: gives the files that it names; keys and the root may also stand in it.

    Raises:
        ConfigurationError: a mistake, with file, line and column; nothing of the file counts then.
    """
    try:
        documents, places = yaml.placed(data)
    except OakumError as error:
        raise ConfigurationError(f"{name}: {error}") from None
    if len(documents) != 1:
        raise ConfigurationError(f"{name} holds {len(documents)} documents; trust rules are one")

    def place(path: str) -> str:
        while path and f"$[0]{path}" not in places:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return f"{name}:{places.get(f'$[0]{path}', '1:1')}"

    try:
        said = convert(documents[0], TrustDocument, strict=False)
    except ValidationError as error:
        raise _mistake(error, place) from None
    rules = tuple(_rule(rule, read_file, place(f".rules[{number}].keys")) for number, rule in enumerate(said.rules))
    root = said.trusted_root
    if root and not root.lstrip().startswith("{"):
        root = _file(root, read_file, place(".trusted_root"))
    return sealed(TrustRules(rules, root))


def sealed(rules: TrustRules) -> TrustRules:
    """The rules with their digest.

    Raises:
        ConfigurationError: two have one name.
    """
    names = [rule.name for rule in rules.rules]
    twice = next((one for one in names if names.count(one) > 1), "")
    if twice:
        raise ConfigurationError(f"two trust rules have the name {twice!r}")
    digest = hashlib.sha256(msgspec.msgpack.encode(replace(rules, digest=""))).hexdigest()
    return replace(rules, digest=f"sha256:{digest}")


def _rule(rule: TrustRule, read_file: ReadFile, place: str) -> TrustRule:
    keys = tuple(key if _PEM in key else _file(key, read_file, place) for key in rule.keys)
    return replace(rule, keys=keys, attested=tuple(PREDICATES.get(kind, kind) for kind in rule.attested))


def _file(path: str, read_file: ReadFile, place: str) -> str:
    try:
        return read_file(path)
    except OakumError as error:
        raise ConfigurationError(f"{place}: {error}") from None


def _mistake(error: ValidationError, place: Callable[[str], str]) -> ConfigurationError:
    said = str(error)
    found = _PATH.search(said)
    path = found.group(1) if found else ""
    unknown = re.search(r"unknown field `([^`]*)`", said)
    if unknown is None:
        return ConfigurationError(f"{place(path)}: {_PATH.sub('', said)}")
    kind = Identity if ".identities" in path else TrustRule if ".rules" in path else TrustDocument
    fields = kind.__struct_fields__
    near = get_close_matches(unknown[1], fields, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(fields)}"
    return ConfigurationError(f"{place(f'{path}.{unknown[1]}')}: no field is named {unknown[1]!r}", hint)
