"""Read policies from the files that people write: whole, or not at all, with the place of every mistake."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct, ValidationError, convert

from oakum.decisions.conditions import leaves
from oakum.decisions.criterion import Criterion
from oakum.decisions.rules import ready_on
from oakum.flows.kinds import CRITERIA
from oakum.kit import yaml
from oakum.kit.errors import ConfigurationError, OakumError
from oakum.model.policy import All, Check, Condition, Not, Policy, Scope, Some

SCHEMA: Final = "policy/1"

_NAME: Final = r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
_DEPTH: Final = 20
_PATH: Final = re.compile(r" - at `\$([^`]*)`$")

_STAGES: Final = ("build", "registry", "deploy", "run")
_WORDS: Final = {
    ".severity": ("critical", "high", "medium", "low"),
    ".waivers": ("any", "proven"),
    ".unknown": ("deny", "warn", "allow"),
    ".then": (*_STAGES, "deny", "warn", "observe", "pause", "kill"),
}
"""What can stand in a field, for whoever wrote something else."""

_SOME_DAY: Final = date(2000, 1, 1)
"""For which conditions are made ready while they are read: whether they can be is the same on every day."""

Place = Callable[[str], str]
"""A path in a document -> file, line and column."""


class PolicyDocument(Struct, frozen=True, forbid_unknown_fields=True):
    """A policy as it is written (docs/reference/policy.md)."""

    oakum: Literal["policy/1"]
    name: Annotated[str, Meta(pattern=_NAME)]
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    severity: Literal["critical", "high", "medium", "low"]
    when: Any
    then: dict[Literal["build", "registry", "deploy", "run"], Literal["deny", "warn", "observe", "pause", "kill"]]
    rationale: Annotated[str, Meta(max_length=4000)] = ""
    remediation: Annotated[str, Meta(max_length=4000)] = ""
    scope: Scope = Scope()
    unknown: Literal["deny", "warn", "allow"] = "deny"
    attack: tuple[Annotated[str, Meta(pattern=r"^T\d{4}(\.\d{3})?$")], ...] = ()
    waivers: Literal["any", "proven"] = "any"
    sets: tuple[Annotated[str, Meta(pattern=_NAME)], ...] = ()
    tests: tuple[dict[str, Any], ...] = ()


class Written(Struct, frozen=True):
    """A policy with what its author wrote besides.

    Attributes:
        policy: what is held against subjects.
        sets: names of sets that it belongs to.
        tests: what it must match and must not (``flows.policy_tests``).
        place: file, line and column of a part.
    """

    policy: Policy
    sets: tuple[str, ...]
    tests: tuple[dict[str, Any], ...]
    place: Place


def read_policies(files: Mapping[str, bytes]) -> tuple[Policy, ...]:
    """The policies of some files, each of which may hold several documents.

    Raises:
        ConfigurationError: one of them has a mistake, or two have one name; nothing of any file counts then.
    """
    return tuple(written.policy for written in read_written(files))


def read_written(files: Mapping[str, bytes]) -> tuple[Written, ...]:
    """The policies of some files with what their authors wrote besides.

    Raises:
        ConfigurationError: as of ``read_policies``.
    """
    policies: dict[str, Policy] = {}
    written = []
    for name, data in files.items():
        for one in _of_file(name, data):
            policy = one.policy
            if policy.name in policies:
                other = policies[policy.name].origin
                raise ConfigurationError(f"{policy.origin}: the policy {policy.name!r} is there already, in {other}")
            policies[policy.name] = policy
            written.append(one)
    return tuple(written)


def criteria_of(policies: tuple[Policy, ...]) -> dict[str, Criterion]:
    """Every criterion that the policies name, loaded."""
    return {leaf.criterion: CRITERIA.load(leaf.criterion) for policy in policies for leaf in leaves(policy.when)}


def _of_file(name: str, data: bytes) -> Iterator[Written]:
    try:
        documents, places = yaml.placed(data)
    except OakumError as error:
        raise ConfigurationError(f"{name}: {error}") from None
    if not any(document is not None for document in documents):
        raise ConfigurationError(f"{name} holds no policy")
    for number, document in enumerate(documents):
        if document is not None:
            yield _policy(document, _place(name, number, places))


def _place(name: str, number: int, places: Mapping[str, str]) -> Place:
    def place(path: str) -> str:
        """The place of a part, or of the nearest part around it."""
        while path and f"$[{number}]{path}" not in places:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return f"{name}:{places.get(f'$[{number}]{path}', '1:1')}"

    return place


def _policy(document: object, place: Place) -> Written:
    try:
        said = convert(document, PolicyDocument, strict=False)
    except ValidationError as error:
        raise _mistake(error, place) from None
    condition = _condition(said.when, ".when", place, 0)
    ready_on(_SOME_DAY, condition, {id_: CRITERIA.load(id_) for id_ in {leaf.criterion for leaf in leaves(condition)}})
    _refuse_responses(said, place)
    policy = Policy(
        name=said.name,
        title=said.title,
        rationale=said.rationale,
        remediation=said.remediation,
        severity=said.severity,
        when=condition,
        then={str(stage): str(action) for stage, action in said.then.items()},
        scope=said.scope,
        unknown=said.unknown,
        attack=said.attack,
        origin=place(""),
        waivers=said.waivers,
    )
    return Written(policy, said.sets, said.tests, place)


def _refuse_responses(said: PolicyDocument, place: Place) -> None:
    """A gate lets pass, warns or denies; only what runs already can be paused or killed."""
    if not said.then:
        raise ConfigurationError(f"{place('.then')}: no stage is named, so the policy would do nothing")
    for stage, action in said.then.items():
        allowed = ("warn", "observe", "pause", "kill") if stage == "run" else ("warn", "deny")
        if action not in allowed:
            raise ConfigurationError(f"{place(f'.then.{stage}')}: {stage} takes {', '.join(allowed)}, not {action!r}")


def _condition(value: object, path: str, place: Place, depth: int) -> Condition:
    if depth > _DEPTH:
        raise ConfigurationError(f"{place(path)}: conditions are nested deeper than {_DEPTH}")
    if isinstance(value, str):  # a criterion without parameters may stand alone
        value = {value: None}
    if not isinstance(value, dict) or len(value) != 1:
        raise ConfigurationError(f"{place(path)}: one of all, any, not, or one criterion stands here")
    ((word, inner),) = value.items()
    below = f"{path}.{word}"
    if word in {"all", "any"}:
        if not isinstance(inner, list) or not inner:
            raise ConfigurationError(f"{place(below)}: {word} takes a list of conditions")
        parts = tuple(_condition(part, f"{below}[{index}]", place, depth + 1) for index, part in enumerate(inner))
        return All(parts) if word == "all" else Some(parts)
    if word == "not":
        return Not(_condition(inner, below, place, depth + 1))
    return _check(word, inner, place(below))


def _check(word: str, inner: object, place: str) -> Check:
    if word not in CRITERIA.ids():
        raise ConfigurationError(f"{place}: no criterion is named {word!r}", _near(word, CRITERIA.ids()))
    if inner is not None and not isinstance(inner, dict):
        raise ConfigurationError(f"{place}: {word} takes parameters by name")
    return Check(word, inner or {}, place)


def _mistake(error: ValidationError, place: Place) -> ConfigurationError:
    """The error with its place; for a field that is not there, the nearest that is."""
    said = str(error)
    found = _PATH.search(said)
    path = found.group(1) if found else ""
    unknown = re.search(r"unknown field `([^`]*)`", said)
    if unknown:
        fields = PolicyDocument.__struct_fields__ if not path else Scope.__struct_fields__
        return ConfigurationError(
            f"{place(f'{path}.{unknown[1]}')}: no field is named {unknown[1]!r}", _near(unknown[1], fields)
        )
    words = _WORDS.get(path.partition("[")[0], ())
    wrong = re.search(r"Invalid enum value '([^']*)'", said)
    hint = _near(wrong[1], words) if wrong and words else ""
    return ConfigurationError(f"{place(path)}: {_PATH.sub('', said)}", hint)


def _near(word: str, there: tuple[str, ...]) -> str:
    near = get_close_matches(word, there, 1)
    return f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(there)}"
