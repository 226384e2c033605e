"""The kind of plug-in that answers a part of the API."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, Generic, TypeVar

from litestar.handlers import HTTPRouteHandler
from litestar.params import PathParameter, QueryParameter
from msgspec import Struct

from oakum.apps.server.backing import Backing
from oakum.kit.plugin import Kind

T = TypeVar("T")

MOST: Final = 500
Id = Annotated[str, PathParameter(max_length=300, description="What is meant: its id, or what else names it.")]
Text = Annotated[str, QueryParameter(max_length=300)]
At = Annotated[str, QueryParameter(max_length=40, description="A moment (ISO 8601).")]
Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description="How many at most.")]
After = Annotated[str, QueryParameter(max_length=600, description="The cursor that the page before gave.")]

Standing = Annotated[str, QueryParameter(name="state", max_length=40, description="Only those in this state.")]
"""``state`` in the query; a parameter of that name is Litestar's own."""

Make = Callable[[Backing], Sequence[HTTPRouteHandler]]


class Page(Struct, Generic[T], frozen=True):
    """Part of a list; ``next`` is the cursor of what follows, or empty."""

    items: list[T]
    next: str = ""


class Resource(Struct, frozen=True):
    """A decorated resource.

    Attributes:
        id: the file's name.
        title: first line of the docstring.
        version: counts changes that callers notice.
        make: gives the handlers, over what the API answers from.
    """

    id: str
    title: str
    version: int
    make: Make


def resource(*, version: int) -> Callable[[Make], Resource]:
    """Declare a resource."""

    def declare(make: Make) -> Resource:
        title = (make.__doc__ or "").strip().split("\n", 1)[0]
        return Resource(make.__name__, title, version, make)

    return declare


def _describe(plugin: Resource) -> dict[str, Any]:
    return {"title": plugin.title, "version": plugin.version}


RESOURCES: Kind[Resource] = Kind("API resource", "oakum.apps.server.api", _describe)
"""All resources."""
