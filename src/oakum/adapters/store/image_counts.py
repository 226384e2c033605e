"""How much is in images, counted by the database."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from oakum.adapters.store.tables import CONTAINER, FINDING, IMAGE, IMAGE_PACKAGE
from oakum.model.fleet import ImageCounts

_UNSCORED = "unscored"


def counts_of(connection: Connection, image_ids: Sequence[str]) -> dict[str, ImageCounts]:
    """Packages, findings by rating, and running containers of each of these images that is known."""
    known = {row.number: row for row in connection.execute(sa.select(IMAGE).where(IMAGE.c.image_id.in_(image_ids)))}
    held = sa.select(IMAGE_PACKAGE.c.image, sa.func.count()).where(IMAGE_PACKAGE.c.image.in_(list(known)))
    packages = dict(_pairs(connection, held.group_by(IMAGE_PACKAGE.c.image)))
    findings: dict[int, dict[str, int]] = {}
    for image, rating, many in connection.execute(_rated(list(known))):
        of = findings.setdefault(image, {})
        of[rating or _UNSCORED] = of.get(rating or _UNSCORED, 0) + many
    running = dict(_pairs(connection, _running(image_ids)))
    return {
        row.image_id: ImageCounts(packages.get(number, 0), findings.get(number, {}), running.get(row.image_id, 0))
        for number, row in known.items()
    }


def _rated(numbers: Sequence[int]) -> "sa.Select[Any]":
    joined = IMAGE_PACKAGE.join(FINDING, IMAGE_PACKAGE.c.package == FINDING.c.package)
    asked = sa.select(IMAGE_PACKAGE.c.image, FINDING.c.rating, sa.func.count()).select_from(joined)
    return asked.where(IMAGE_PACKAGE.c.image.in_(numbers)).group_by(IMAGE_PACKAGE.c.image, FINDING.c.rating)


def _running(image_ids: Sequence[str]) -> "sa.Select[Any]":
    asked = sa.select(CONTAINER.c.image_id, sa.func.count())
    return asked.where(CONTAINER.c.image_id.in_(image_ids), CONTAINER.c.runs == 1).group_by(CONTAINER.c.image_id)


def _pairs(connection: Connection, asked: "sa.Select[Any]") -> "list[tuple[Any, int]]":
    return [(row[0], int(row[1])) for row in connection.execute(asked)]
