"""Who may ask the server, and how it is set."""

from typing import Final

import msgspec
import sqlalchemy as sa

from oakum.adapters.store.database import Database
from oakum.adapters.store.tables import SETTING, TOKEN
from oakum.adapters.store.values import pack, storable
from oakum.model.ledger import Token

_decode: Final = msgspec.msgpack.Decoder(Token).decode


class Access:
    """The part of ``ports.ledger.Ledger`` that keeps tokens and settings."""

    _database: Database

    def keep_token(self, token: Token) -> None:
        """Keep a token, or its change."""
        with self._database.write() as connection:
            connection.execute(TOKEN.delete().where(TOKEN.c.name == token.name))
            connection.execute(TOKEN.insert().values(name=token.name, hash=token.hash, body=pack(token)))

    def token(self, hash_: str) -> Token | None:
        """The token with this hash, also when it is revoked or has expired."""
        with self._database.read() as connection:
            found = connection.execute(sa.select(TOKEN.c.body).where(TOKEN.c.hash == storable(hash_))).scalar()
        return None if found is None else _decode(found)

    def drop_token(self, name: str) -> None:
        """Keep a token no longer."""
        with self._database.write() as connection:
            connection.execute(TOKEN.delete().where(TOKEN.c.name == storable(name)))

    def tokens(self) -> list[Token]:
        """Every token, by name."""
        with self._database.read() as connection:
            return [_decode(row.body) for row in connection.execute(sa.select(TOKEN.c.body).order_by(TOKEN.c.name))]

    def setting(self, name: str) -> str:
        """A setting of the server, or empty."""
        with self._database.read() as connection:
            found = connection.execute(sa.select(SETTING.c.value).where(SETTING.c.name == name)).scalar()
        return found or ""

    def settings(self, prefix: str) -> dict[str, str]:
        """The settings whose names begin so, by name."""
        asked = sa.select(SETTING).where(SETTING.c.name.startswith(storable(prefix), autoescape=True))
        with self._database.read() as connection:
            return {row.name: row.value for row in connection.execute(asked.order_by(SETTING.c.name))}

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting."""
        with self._database.write() as connection:
            connection.execute(SETTING.delete().where(SETTING.c.name == name))
            connection.execute(SETTING.insert().values(name=name, value=storable(value)))
