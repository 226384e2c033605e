"""Images with what is in them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from oakum.adapters.store.database import Database, bulk
from oakum.adapters.store.image_counts import counts_of
from oakum.adapters.store.image_packages import (
    by_package,
    findings_in,
    keep_findings,
    keep_packages,
    named,
    numbers_of,
    package_of,
)
from oakum.adapters.store.tables import IMAGE, IMAGE_NAME, IMAGE_PACKAGE, PACKAGE
from oakum.adapters.store.values import bounded, cursor, key, moment, pack, place, some, storable
from oakum.kit.archive import zstd
from oakum.kit.errors import UsageError
from oakum.kit.limits import INVENTORY_BYTES
from oakum.model.artifact import OWNERS, Artifact
from oakum.model.finding import Finding
from oakum.model.fleet import FleetImage, FleetPackage, ImageCounts
from oakum.model.inventory import Inventory

artifact_of: Final = msgspec.msgpack.Decoder(Artifact).decode
_inventory: Final = msgspec.msgpack.Decoder(Inventory).decode
_HEX: Final = "0123456789abcdef"
_SHORTEST: Final = 4
"""Digits of an id that name an image."""


class Images:
    """The part of ``ports.fleet.Fleet`` that keeps images and packages."""

    _database: Database

    def keep_image(self, image: FleetImage, findings: Iterable[Finding]) -> None:
        """Keep an image with its packages and their findings."""
        if not image.artifact.image_id:
            raise UsageError(f"{image.artifact.reference[:200]} is no image")
        with self._database.write() as connection:
            number = _keep_head(connection, image)
            numbers = keep_packages(connection, number, image.inventory)
            keep_findings(connection, by_package(findings, numbers, image.inventory))

    def image(self, image_id: str) -> tuple[FleetImage, list[Finding]] | None:
        """An image by its id (any unambiguous beginning), a name or a manifest digest; its findings by package."""
        with self._database.read() as connection:
            number = _find(connection, storable(image_id))
            if number is None:
                return None
            row = connection.execute(sa.select(IMAGE).where(IMAGE.c.number == number)).one()
            body = zstd.ZstdDecompressor().decompress(row.inventory, INVENTORY_BYTES)
            image = FleetImage(artifact_of(row.head), _inventory(body), row.assessed, row.source)
            return image, findings_in(connection, number, image.inventory)

    def images(self, *, after: str = "", limit: int = 100, search: str = "") -> tuple[list[FleetImage], str]:
        """By name, without inventories, with the cursor of the next page."""
        asked = sa.select(IMAGE.c.number, IMAGE.c.name, IMAGE.c.head, IMAGE.c.assessed, IMAGE.c.source)
        if search:
            fits = IMAGE_NAME.c.name.contains(storable(search), autoescape=True)
            asked = asked.where(IMAGE.c.number.in_(sa.select(IMAGE_NAME.c.image).where(fits)))
        if after:
            number, name = place(after)
            later = (IMAGE.c.name == name) & (IMAGE.c.number > number)
            asked = asked.where((IMAGE.c.name > name) | later)
        with self._database.read() as connection:
            rows = connection.execute(asked.order_by(IMAGE.c.name, IMAGE.c.number).limit(limit + 1)).all()
        following = cursor(rows[limit - 1].number, rows[limit - 1].name) if len(rows) > limit else ""
        return [_head(row) for row in rows[:limit]], following

    def counts(self, image_ids: Collection[str]) -> dict[str, ImageCounts]:
        """How much is in each of these images that is known."""
        found: dict[str, ImageCounts] = {}
        with self._database.read() as connection:
            for part in some(sorted(map(key, image_ids))):
                found |= counts_of(connection, part)
        return found

    def packages(self, *, name: str = "") -> Iterator[FleetPackage]:
        """Every package of any image, each once; with a name those that bear it, or whose source does."""
        held = sa.exists().where(IMAGE_PACKAGE.c.package == PACKAGE.c.number)
        asked = sa.select(PACKAGE.c.body).where(held).order_by(PACKAGE.c.number)
        with self._database.read() as connection:
            for row in connection.execute(asked.where(named(name)) if name else asked):
                yield package_of(row.body)

    def _keep_judged(self, judged: Mapping[str, Sequence[Finding]]) -> set[tuple[int, str]]:
        """Take in the findings of packages by their ids; give which are new."""
        with self._database.write() as connection:
            known = numbers_of(connection, list(judged))
            return keep_findings(connection, {known[id_]: said for id_, said in judged.items() if id_ in known})


def _head(row: Any) -> FleetImage:  # noqa: ANN401 - a row of the table
    return FleetImage(artifact_of(row.head), Inventory(), row.assessed, row.source)


def _keep_head(connection: Connection, image: FleetImage) -> int:
    artifact = image.artifact
    names = [key(name) for name in (*artifact.names, artifact.reference) if name]
    row: dict[str, Any] = {"image_id": key(artifact.image_id), "digest": key(artifact.digest), "name": names[0]}
    row |= {"owner": _owner(artifact), "assessed": storable(image.assessed), "source": key(image.source)}
    row |= {"assessed_at": moment(image.assessed), "head": pack(artifact)}
    row["inventory"] = zstd.compress(bounded(pack(image.inventory), INVENTORY_BYTES, "an inventory"), 3)
    had = connection.execute(sa.select(IMAGE.c.number).where(IMAGE.c.image_id == row["image_id"])).scalar()
    if had is None:
        made = connection.execute(IMAGE.insert().values(row)).inserted_primary_key
        had = int(made[0]) if made else 0
    else:
        connection.execute(IMAGE.update().where(IMAGE.c.number == had).values(row))
        connection.execute(IMAGE_NAME.delete().where(IMAGE_NAME.c.image == had))
    bulk(
        connection, "insert into image_name (name, image) values (?, ?)", [(name, had) for name in dict.fromkeys(names)]
    )
    return had


def _owner(artifact: Artifact) -> str:
    labels = artifact.config.labels if artifact.config else {}
    return next((storable(labels[name]) for name in OWNERS if labels.get(name)), "")


def _find(connection: Connection, text: str) -> int | None:
    """The number of the image that a text names: an id, a digest, a name (the newest of several), an id's beginning."""
    for column in (IMAGE.c.image_id, IMAGE.c.digest):
        exact = sa.select(IMAGE.c.number).where(column == text).order_by(IMAGE.c.number.desc())
        found = connection.execute(exact.limit(1)).scalar()
        if text and found is not None:
            return int(found)
    bears = sa.select(IMAGE_NAME.c.image).where(IMAGE_NAME.c.name == key(text))
    found = connection.execute(bears.order_by(IMAGE_NAME.c.image.desc()).limit(1)).scalar()
    if found is not None:
        return int(found)
    digits = text.removeprefix("sha256:")
    if len(digits) < _SHORTEST or not set(digits) <= set(_HEX):
        return None
    start = f"sha256:{digits}"
    between = IMAGE.c.image_id.between(start, start + "g")  # after every hexadecimal digit
    several = connection.execute(sa.select(IMAGE.c.number).where(between).limit(2)).scalars().all()
    return int(several[0]) if len(several) == 1 else None
