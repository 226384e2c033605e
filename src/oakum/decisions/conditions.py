"""Conditions made ready to be asked: trees of criteria with three answers.

Unknown is an answer of its own (Kleene's logic): ``all`` is false as soon as one part is,
``any`` true as soon as one part is, and what cannot be known stays unknown otherwise.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, ValidationError, convert

from oakum.decisions.criterion import CONTAINER, FINDING, PACKAGE, SUBJECT, Criterion
from oakum.kit.errors import ConfigurationError
from oakum.model.finding import Finding
from oakum.model.inventory import Installed
from oakum.model.policy import All, Check, Condition, Not
from oakum.model.subject import Subject
from oakum.model.workload import ContainerSpec

Candidate = Finding | Installed | ContainerSpec | Subject
Ask = Callable[[Any], bool | None]

_ORDER = (SUBJECT, CONTAINER, PACKAGE, FINDING)


class Ready(Struct, frozen=True):
    """A condition for one subject.

    Attributes:
        level: what it is asked about: the finest level of its criteria.
        ask: candidate of that level -> whether it holds.
    """

    level: str
    ask: Ask


def leaves(condition: Condition) -> Iterable[Check]:
    """Every criterion of a condition, in the order in which it is written."""
    if isinstance(condition, Check):
        yield condition
    elif isinstance(condition, Not):
        yield from leaves(condition.of)
    else:
        for part in condition.of:
            yield from leaves(part)


def checked(check: Check, criteria: Mapping[str, Criterion]) -> Struct:
    """The parameters of a criterion, held to its struct.

    Raises:
        ConfigurationError: there is no such criterion, or it cannot have these parameters; with their place.
    """
    found = criteria.get(check.criterion)
    if found is None:
        there = ", ".join(sorted(criteria))
        raise ConfigurationError(
            f"{check.place}: no criterion is named {check.criterion!r}", hint=f"there are: {there}"
        )
    try:
        return convert(check.asked, found.asked, strict=False)
    except ValidationError as error:
        raise ConfigurationError(f"{check.place}: {check.criterion}: {error}") from None


def ready(condition: Condition, criteria: Mapping[str, Criterion], subject: Subject, now: datetime) -> Ready:
    """Make a condition ready for a subject.

    A condition of several levels is asked about the finest one. A criterion of a coarser level answers then
    for what the candidate belongs to: a package's for the package of a finding, a container's when it
    holds for some container, the subject's once and for all.
    """
    level = max((criteria[leaf.criterion].level for leaf in leaves(condition)), key=_ORDER.index, default=SUBJECT)
    return Ready(level, _made(condition, criteria, _Setting(level, subject, now)))


class _Setting(Struct, frozen=True):
    level: str
    subject: Subject
    now: datetime


def _made(condition: Condition, criteria: Mapping[str, Criterion], setting: _Setting) -> Ask:
    if isinstance(condition, Check):
        return _leaf(criteria[condition.criterion], checked(condition, criteria), setting)
    if isinstance(condition, Not):
        inner = _made(condition.of, criteria, setting)
        return lambda candidate: None if (answer := inner(candidate)) is None else not answer
    parts = tuple(_made(part, criteria, setting) for part in condition.of)
    return _all(parts) if isinstance(condition, All) else _any(parts)


def _all(parts: tuple[Ask, ...]) -> Ask:
    def ask(candidate: Candidate) -> bool | None:
        answer: bool | None = True
        for part in parts:
            said = part(candidate)
            if said is False:
                return False
            answer = None if said is None else answer
        return answer

    return ask


def _any(parts: tuple[Ask, ...]) -> Ask:
    def ask(candidate: Candidate) -> bool | None:
        answer: bool | None = False
        for part in parts:
            said = part(candidate)
            if said:
                return True
            answer = None if said is None else answer
        return answer

    return ask


def _leaf(criterion: Criterion, asked: Struct, setting: _Setting) -> Ask:
    """A criterion for candidates of the condition's level."""
    test: Ask = criterion.make(asked, setting.now) if criterion.timed else criterion.make(asked)
    if criterion.level == setting.level:
        return test
    if criterion.level == PACKAGE:  # and the candidates are findings
        return lambda finding: test(finding.installed)
    once = test(setting.subject) if criterion.level == SUBJECT else _some(test, setting.subject)
    return lambda _: once


def _some(test: Ask, subject: Subject) -> bool | None:
    """Whether a test holds for some container."""
    if subject.workload is None:
        return None
    answers = [test(container) for container in subject.workload.containers]
    return True if True in answers else None if None in answers else False
