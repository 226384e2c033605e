"""Judgements, each with the subject that it rests on, which is kept once however many rest on it."""

from collections.abc import Collection
from typing import Final

import msgspec
import sqlalchemy as sa

from oakum.adapters.store.database import Database
from oakum.adapters.store.tables import JUDGEMENT, SUBJECT_BLOB
from oakum.adapters.store.values import cursor, digest_of, key, moment, pack, place, some
from oakum.model.judgement import Judgement

_RUN: Final = "run"
"""The stage at which containers are judged; what is asked of images leaves it out."""
_decode: Final = msgspec.msgpack.Decoder(Judgement).decode


class Judgements:
    """The part of ``ports.ledger.Ledger`` that keeps judgements."""

    _database: Database

    def keep_judgement(self, judgement: Judgement, subject: bytes) -> None:
        """Keep a judgement with its subject (zstd msgpack), once."""
        digest = digest_of(subject)
        with self._database.write() as connection:
            known = sa.select(JUDGEMENT.c.number).where(JUDGEMENT.c.id == judgement.id)
            if connection.execute(known).first() is not None:
                return
            kept = sa.select(SUBJECT_BLOB.c.digest).where(SUBJECT_BLOB.c.digest == digest)
            if connection.execute(kept).first() is None:
                connection.execute(SUBJECT_BLOB.insert().values(digest=digest, body=subject))
            row = {"id": judgement.id, "at": moment(judgement.made or judgement.at), "stage": judgement.stage}
            row |= {"outcome": judgement.outcome, "subject_blob": digest, "body": pack(judgement)}
            row["image_id"] = key(judgement.image_id)
            connection.execute(JUDGEMENT.insert().values(row))

    def judgement(self, id_: str) -> tuple[Judgement, bytes] | None:
        """A judgement with its subject, or None."""
        joined = JUDGEMENT.join(SUBJECT_BLOB, JUDGEMENT.c.subject_blob == SUBJECT_BLOB.c.digest)
        asked = sa.select(JUDGEMENT.c.body, SUBJECT_BLOB.c.body).select_from(joined).where(JUDGEMENT.c.id == id_)
        with self._database.read() as connection:
            found = connection.execute(asked).first()
        return (_decode(found[0]), bytes(found[1])) if found else None

    def judgements(
        self, *, after: str = "", limit: int = 100, outcome: str = "", image_id: str = ""
    ) -> tuple[list[Judgement], str]:
        """The newest first, with the cursor of the next page."""
        asked = sa.select(JUDGEMENT.c.number, JUDGEMENT.c.body).order_by(JUDGEMENT.c.number.desc()).limit(limit + 1)
        if outcome:
            asked = asked.where(JUDGEMENT.c.outcome == outcome)
        if image_id:
            asked = asked.where(JUDGEMENT.c.image_id == key(image_id))
        if after:
            asked = asked.where(JUDGEMENT.c.number < place(after)[0])
        with self._database.read() as connection:
            rows = connection.execute(asked).all()
        following = cursor(rows[limit - 1].number) if len(rows) > limit else ""
        return [_decode(row.body) for row in rows[:limit]], following

    def count_judgements(self, outcome: str, since: str) -> int:
        """How many judgements before anything ran had this outcome since a moment."""
        asked = sa.select(sa.func.count()).select_from(JUDGEMENT)
        with self._database.read() as connection:
            which = (JUDGEMENT.c.outcome == outcome) & (JUDGEMENT.c.at >= moment(since)) & (JUDGEMENT.c.stage != _RUN)
            return int(connection.execute(asked.where(which)).scalar() or 0)

    def outcomes(self, image_ids: Collection[str]) -> dict[str, str]:
        """The outcome of the newest judgement of each image before it ran."""
        newest = sa.select(JUDGEMENT.c.image_id, sa.func.max(JUDGEMENT.c.number).label("number"))
        found: dict[str, str] = {}
        with self._database.read() as connection:
            for part in some(sorted(map(key, image_ids))):
                last = (
                    newest.where(JUDGEMENT.c.image_id.in_(part), JUDGEMENT.c.stage != _RUN)
                    .group_by(JUDGEMENT.c.image_id)
                    .subquery()
                )
                asked = sa.select(JUDGEMENT.c.image_id, JUDGEMENT.c.outcome).join(
                    last, JUDGEMENT.c.number == last.c.number
                )
                found.update((row.image_id, row.outcome) for row in connection.execute(asked))
        return found

    def _forget_judgements(self, before: int) -> int:
        """Remove old judgements, and the subjects that no kept one rests on."""
        named = sa.select(JUDGEMENT.c.subject_blob)
        with self._database.write() as connection:
            removed = connection.execute(JUDGEMENT.delete().where(JUDGEMENT.c.at < before)).rowcount
            connection.execute(SUBJECT_BLOB.delete().where(SUBJECT_BLOB.c.digest.not_in(named)))
        return removed
