"""The fleet: what is there, what was, and what an advisory reaches."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from oakum.adapters.store.affected import affected_by, pairs_of
from oakum.adapters.store.containers import Containers
from oakum.adapters.store.database import Database
from oakum.adapters.store.image_trust import Trusts
from oakum.adapters.store.images import Images
from oakum.adapters.store.incidents import Incidents
from oakum.adapters.store.tables import (
    CONTAINER,
    FINDING,
    FINDING_NAME,
    HOST,
    IMAGE,
    IMAGE_NAME,
    IMAGE_PACKAGE,
    PACKAGE,
    TAG,
)
from oakum.adapters.store.values import key, moment, pack
from oakum.model.finding import Finding
from oakum.model.fleet import Affected, TagMove

_move: Final = msgspec.msgpack.Decoder(TagMove).decode


class StoredFleet(Images, Trusts, Containers, Incidents):
    """Implements ``ports.fleet.Fleet``.

    Args:
        place: path of its file, or URL of a PostgreSQL database.
        looking: only look.
    """

    def __init__(self, place: str, *, looking: bool = False) -> None:
        """Open it; see ``Database`` for what can be wrong."""
        self._database = Database(place, "fleet", looking=looking)

    def rejudge(self, judged: Mapping[str, Sequence[Finding]]) -> list[Affected]:
        """Take in all findings, or none, of packages by their ids; give what is newly affected, in every image."""
        with self._database.write() as connection:
            return affected_by(connection, self._keep_judged(judged))

    def affected(self, *, packages: Collection[str] = (), finding: str = "") -> list[Affected]:
        """Images that hold packages, or have a finding, with what runs now."""
        with self._database.read() as connection:
            return affected_by(connection, pairs_of(connection, packages, finding))

    def move_tag(self, move: TagMove) -> TagMove | None:
        """Note what a tag points at; give the move, with what was before, when that is something else or nothing."""
        which = (TAG.c.repository == key(move.repository)) & (TAG.c.tag == key(move.tag))
        with self._database.write() as connection:
            had = connection.execute(sa.select(TAG.c.digest).where(which)).scalar()
            if had == key(move.digest):
                return None
            moved = msgspec.structs.replace(move, before=had or "")
            row = {"repository": key(move.repository), "tag": key(move.tag), "digest": key(move.digest)}
            connection.execute(TAG.delete().where(which))
            connection.execute(TAG.insert().values(**row, body=pack(moved)))
        return moved

    def tagged(self, repository: str, tag: str) -> str:
        """The digest that a tag was last seen to point at, or empty."""
        which = (TAG.c.repository == key(repository)) & (TAG.c.tag == key(tag))
        with self._database.read() as connection:
            return connection.execute(sa.select(TAG.c.digest).where(which)).scalar() or ""

    def tags(self, image_id: str) -> list[TagMove]:
        """The tags that point at an image now."""
        joined = TAG.join(IMAGE, (TAG.c.digest == IMAGE.c.digest) & (IMAGE.c.image_id == key(image_id)))
        asked = sa.select(TAG.c.body).select_from(joined).order_by(TAG.c.repository, TAG.c.tag)
        with self._database.read() as connection:
            return [_move(row.body) for row in connection.execute(asked)]

    def totals(self) -> dict[str, int]:
        """How many images, containers that run now, and hosts there are."""
        asked = {"images": sa.select(sa.func.count()).select_from(IMAGE)}
        asked["containers"] = sa.select(sa.func.count()).select_from(CONTAINER).where(CONTAINER.c.runs == 1)
        asked["hosts"] = sa.select(sa.func.count()).select_from(HOST)
        with self._database.read() as connection:
            return {name: int(connection.execute(one).scalar() or 0) for name, one in asked.items()}

    def forget(self, before: str) -> int:
        """Remove containers that ended, incidents that were closed, and images that nothing names, before a moment."""
        at = moment(before)
        with self._database.write():
            ended = self._forget_containers(at) + self._forget_incidents(at)
            return ended + self._forget_images(at)

    def close(self) -> None:
        """Let the database go."""
        self._database.close()

    def _forget_images(self, before: int) -> int:
        """Remove images that no tag and no container names, and packages that no image holds any more."""
        with self._database.write() as connection:
            tagged = sa.exists().where(TAG.c.digest == IMAGE.c.digest, IMAGE.c.digest != "")
            ran = sa.exists().where(
                (CONTAINER.c.image_id == IMAGE.c.image_id)
                | ((CONTAINER.c.digest == IMAGE.c.digest) & (IMAGE.c.digest != ""))
            )
            old = (IMAGE.c.assessed_at > 0) & (IMAGE.c.assessed_at < before)
            gone = list(connection.execute(sa.select(IMAGE.c.number).where(old, ~tagged, ~ran)).scalars())
            for table, column in ((IMAGE_PACKAGE, "image"), (IMAGE_NAME, "image"), (IMAGE, "number")):
                for number in gone:
                    connection.execute(table.delete().where(table.c[column] == number))
            _forget_packages(connection)
        return len(gone)


def _forget_packages(connection: Any) -> None:  # noqa: ANN401 - a connection
    unheld = sa.select(PACKAGE.c.number).where(~sa.exists().where(IMAGE_PACKAGE.c.package == PACKAGE.c.number))
    for table in (FINDING_NAME, FINDING):
        connection.execute(table.delete().where(table.c.package.in_(unheld)))
    connection.execute(PACKAGE.delete().where(PACKAGE.c.number.in_(unheld)))
