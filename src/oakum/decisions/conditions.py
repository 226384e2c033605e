"""Conditions made ready to be asked: trees of criteria, each of which is asked about every candidate once.

Policies share criteria. So a criterion with its parameters is asked once for all policies, and a
policy only joins what was answered.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct, ValidationError, convert

from oakum.decisions.answers import Answers, Said, answers, both, either, same, turned
from oakum.decisions.criterion import CONTAINER, FINDING, PACKAGE, SUBJECT, Criterion
from oakum.kit.errors import ConfigurationError
from oakum.model.finding import Finding
from oakum.model.inventory import Installed
from oakum.model.policy import All, Check, Condition, Not
from oakum.model.subject import Subject
from oakum.model.workload import ContainerSpec

Candidate = Finding | Installed | ContainerSpec | Subject
Ask = Callable[[Any], Said]
Key = tuple[str, str, bytes]
"""The level of the candidates, and the criterion with its parameters."""

_ORDER: Final = (SUBJECT, CONTAINER, PACKAGE, FINDING)
_OF_THE_IMAGE: Final = frozenset({PACKAGE, FINDING})


class Leaf(Struct, frozen=True):
    """A criterion with its parameters, ready to be asked."""

    level: str
    key: tuple[str, bytes]
    test: Ask
    of_image: bool = False


class Asked:
    """What a subject answers; each leaf is asked once.

    Args:
        subject: what is asked.
        of_image: answers about the image alone, which other subjects of the same image share.
    """

    def __init__(self, subject: Subject, of_image: dict[Key, Answers] | None = None) -> None:
        """Nothing is asked yet."""
        self.subject = subject
        self._of_image: dict[Key, Answers] = {} if of_image is None else of_image
        self._own: dict[Key, Answers] = {}

    def candidates(self, level: str) -> Sequence[Candidate] | None:
        """What a condition is asked about; None when that part was not collected."""
        subject = self.subject
        if level == FINDING:
            return subject.findings
        if level == PACKAGE:
            return subject.inventory.packages if subject.inventory else None
        if level == CONTAINER:
            return subject.workload.containers if subject.workload else None
        return (subject,)

    def answers(self, leaf: Leaf, level: str) -> Answers:
        """What the candidates of a level answer to a leaf of that level, or of a coarser one."""
        kept = self._of_image if leaf.of_image and level != CONTAINER else self._own
        key = (level, *leaf.key)
        found = kept.get(key)
        if found is None:
            found = kept[key] = self._ask(leaf, level)
        return found

    def _ask(self, leaf: Leaf, level: str) -> Answers:
        """A leaf of a coarser level answers for what the candidate belongs to.

        A package's for the package of a finding, a container's when it holds for some container, the
        subject's once and for all. Where the candidates were not collected, one of which nothing is known answers.
        """
        test, candidates = leaf.test, self.candidates(level)
        if leaf.level == SUBJECT:
            return same(test(self.subject), 1 if candidates is None else len(candidates))
        if candidates is None:
            return same(None, 1)
        if leaf.level == level:
            return answers([test(one) for one in candidates])
        if leaf.level == PACKAGE:  # and the candidates are findings
            return answers([test(finding.installed) for finding in self.subject.findings or ()])
        return same(self._some(test), len(candidates))

    def _some(self, test: Ask) -> bool | None:
        """Whether a test holds for some container."""
        workload = self.subject.workload
        if workload is None:
            return None
        said = [test(container) for container in workload.containers]
        return True if True in said else None if None in said else False


class Ready(Struct, frozen=True):
    """A condition that is ready to be asked.

    Attributes:
        level: what it is asked about: the finest level of its criteria.
        of_image: it asks of the image alone, so that every workload of it has the same answer.
        whole: it may ask several findings or packages together.
        join: what the candidates of that level answer.
    """

    level: str
    of_image: bool
    whole: bool
    join: Callable[[Asked], Answers]


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
        takes = ", ".join(found.asked.__struct_fields__)
        hint = f"{check.criterion} takes: {takes}" if takes else f"{check.criterion} takes nothing"
        raise ConfigurationError(f"{check.place}: {check.criterion}: {error}", hint) from None


def _is_of_image(criterion: Criterion) -> bool:
    return criterion.level in _OF_THE_IMAGE or criterion.of_image


def level_of(condition: Condition, criteria: Mapping[str, Criterion]) -> str:
    """What a condition is asked about: the finest level of its criteria."""
    return max((criteria[leaf.criterion].level for leaf in leaves(condition)), key=_ORDER.index, default=SUBJECT)


def ready(condition: Condition, criteria: Mapping[str, Criterion], make: Callable[[Criterion, Struct], Ask]) -> Ready:
    """Make a condition ready.

    Args:
        condition: the tree.
        criteria: every criterion that it names.
        make: criterion and parameters -> its test.

    Raises:
        ConfigurationError: a criterion is not there, or cannot have its parameters; with their place.
    """
    for check in leaves(condition):
        checked(check, criteria)
    level = level_of(condition, criteria)

    def joined(part: Condition) -> Callable[[Asked], Answers]:
        if isinstance(part, Check):
            criterion, asked = criteria[part.criterion], checked(part, criteria)
            key = (criterion.id, msgspec.msgpack.encode(asked, order="deterministic"))
            leaf = Leaf(criterion.level, key, _test(part, lambda: make(criterion, asked)), _is_of_image(criterion))
            return lambda subject: subject.answers(leaf, level)
        if isinstance(part, Not):
            inner = joined(part.of)
            return lambda subject: turned(inner(subject))
        inners = tuple(joined(one) for one in part.of)
        join = both if isinstance(part, All) else either
        return lambda subject: join([inner(subject) for inner in inners])

    named = [criteria[check.criterion] for check in leaves(condition)]
    of_image = all(map(_is_of_image, named))
    return Ready(level, of_image, any(one.whole for one in named), joined(condition))


def _test(check: Check, make: Callable[[], Ask]) -> Ask:
    """What a criterion makes of its parameters; what it has against them is said with their place."""
    try:
        return make()
    except ConfigurationError as error:
        raise ConfigurationError(f"{check.place}: {check.criterion}: {error}", error.hint) from None
