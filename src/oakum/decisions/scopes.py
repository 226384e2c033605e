"""Whether a policy speaks of a subject."""

import re
from collections.abc import Iterable
from functools import lru_cache

from oakum.decisions.globs import expression
from oakum.decisions.names import references
from oakum.model.policy import Scope
from oakum.model.subject import Subject


def speaks_of(scope: Scope, subject: Subject) -> bool:
    """Whether every part of the scope fits; an image without a name is in no scope of names."""
    place = subject.placement
    if scope.images and not _any(scope.images, references(subject)):
        return False
    if scope.environments and place.environment not in scope.environments:
        return False
    if scope.clusters and not _any(scope.clusters, (place.cluster,)):
        return False
    if scope.namespaces and not _any(scope.namespaces, (place.namespace,)):
        return False
    return all(place.labels.get(name) == value for name, value in scope.labels.items())


def _any(globs: Iterable[str], names: Iterable[str]) -> bool:
    return any(_compiled(glob).fullmatch(name) for glob in globs for name in names)


@lru_cache(maxsize=1024)
def _compiled(glob: str) -> re.Pattern[str]:
    return re.compile(expression(glob), re.DOTALL)
