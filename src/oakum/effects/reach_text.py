"""What is affected, for a reader: each image with what to change in its build, and what runs of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from oakum.effects.escape import visible
from oakum.model.fleet import Affected

_CONTAINERS: Final = 5
"""Containers that are named; the others are counted."""
_ID: Final = 12
"""Digits of a container's id that a reader needs."""


def reach_text(affected: Sequence[Affected], unknown: Sequence[str]) -> str:
    """The whole text, ending with the numbers."""
    lines = [line for _, rows in groupby(affected, _image) for line in _lines(list(rows))]
    if unknown:
        lines += ["Unknown, because versions cannot be compared:", *(f"  {visible(one)}" for one in unknown), ""]
    images = {one.image_id for one in affected}
    containers = {container for one in affected for container in one.containers}
    hosts = {host for one in affected for host in one.hosts}
    lines.append(f"{_many(images, 'image')}, {_many(containers, 'running container')}, {_many(hosts, 'host')}")
    return "\n".join(lines) + "\n"


def _image(row: Affected) -> tuple[str, str]:
    return row.image, row.image_id


def _lines(rows: Sequence[Affected]) -> Iterator[str]:
    first = rows[0]
    yield visible(first.image)
    yield f"  image    {visible(first.image_id)}"
    for row in rows:
        yield f"  package  {visible(row.package)}" + (f", {visible(row.finding)}" if row.finding else "")
        if row.instruction:
            yield f"  layer    {row.layer}: {visible(row.instruction)}"
        if row.finding:
            yield f"  take     {visible(', '.join(row.fixed_versions)) or 'no fix is known'}"
    if first.owner:
        yield f"  owner    {visible(first.owner)}"
    yield f"  runs     {_running(first)}"
    yield ""


def _running(row: Affected) -> str:
    if not row.containers:
        return "nowhere"
    named = ", ".join(visible(one[:_ID]) for one in row.containers[:_CONTAINERS])
    more = len(row.containers) - _CONTAINERS
    return f"{named}{f' and {more} more' if more > 0 else ''} on {_many(row.hosts, 'host')}"


def _many(things: Sequence[str] | set[str], name: str) -> str:
    return f"{len(things):,} {name}{'' if len(things) == 1 else 's'}"
