"""What was found at images by trust rules."""

from collections.abc import Collection
from typing import Final

import msgspec
import sqlalchemy as sa

from oakum.adapters.store.database import Database
from oakum.adapters.store.tables import IMAGE_TRUST
from oakum.adapters.store.values import bounded, key, pack, some
from oakum.kit.limits import INVENTORY_BYTES
from oakum.model.fleet import ImageTrust

_trust: Final = msgspec.msgpack.Decoder(ImageTrust).decode


class Trusts:
    """The part of ``ports.fleet.Fleet`` that keeps who vouches for images."""

    _database: Database

    def keep_trust(self, image_id: str, trust: ImageTrust) -> None:
        """Keep what was found at an image by trust rules."""
        which = IMAGE_TRUST.c.image_id == key(image_id)
        body = bounded(pack(trust), INVENTORY_BYTES, "what was found at an image")
        with self._database.write() as connection:
            connection.execute(IMAGE_TRUST.delete().where(which))
            connection.execute(IMAGE_TRUST.insert().values(image_id=key(image_id), body=body))

    def trust(self, image_ids: Collection[str]) -> dict[str, ImageTrust]:
        """What was found at each of these images; those at which nobody looked are left out."""
        found: dict[str, ImageTrust] = {}
        with self._database.read() as connection:
            for part in some(sorted(map(key, image_ids))):
                asked = sa.select(IMAGE_TRUST).where(IMAGE_TRUST.c.image_id.in_(part))
                found |= {row.image_id: _trust(row.body) for row in connection.execute(asked)}
        return found
