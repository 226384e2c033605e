"""The tables as the code uses them; the migrations make them."""

from typing import Any, Final

import sqlalchemy as sa


def _table(name: str, store: sa.MetaData, *columns: "sa.Column[Any]") -> sa.Table:
    return sa.Table(name, store, *columns)


def _text(name: str, *, key: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, primary_key=key, nullable=False)


def _int(name: str, *, key: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, primary_key=key, nullable=False, autoincrement=False)


def _blob(name: str) -> "sa.Column[bytes]":
    return sa.Column(name, sa.LargeBinary, nullable=False)


def _serial(name: str) -> "sa.Column[int]":
    counted = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    return sa.Column(name, counted, primary_key=True, autoincrement=True)


LEDGER: Final = sa.MetaData()
SUBJECT_BLOB: Final = _table("subject_blob", LEDGER, _text("digest", key=True), _blob("body"))
JUDGEMENT: Final = _table(
    "judgement", LEDGER, _serial("number"), _text("id"), _int("at"), _text("stage"), _text("outcome"),
    _text("subject_blob"), _blob("body"), _text("image_id"),
)  # fmt: skip
AUDIT: Final = _table(
    "audit", LEDGER, _int("number", key=True), _text("at"), _text("actor"), _text("action"), _text("target"),
    _text("detail"), _text("before"), _text("hash"),
)  # fmt: skip
NOTICE: Final = _table("notice", LEDGER, _text("key", key=True), _int("at"), _blob("body"))
DELIVERY: Final = _table(
    "delivery", LEDGER, _serial("id"), _text("notice"), _text("receiver"), _int("tries"), _int("due"), _text("error"),
    _text("state"),
)  # fmt: skip
TOKEN: Final = _table("token", LEDGER, _text("name", key=True), _text("hash"), _blob("body"))
SETTING: Final = _table("setting", LEDGER, _text("name", key=True), _text("value"))

FLEET: Final = sa.MetaData()
IMAGE: Final = _table(
    "image", FLEET, _serial("number"), _text("image_id"), _text("digest"), _text("name"), _text("owner"),
    _text("assessed"), _int("assessed_at"), _blob("head"), _blob("inventory"),
    _text("source"),
)  # fmt: skip
IMAGE_TRUST: Final = _table("image_trust", FLEET, _text("image_id", key=True), _blob("body"))
IMAGE_NAME: Final = _table("image_name", FLEET, _text("name", key=True), _int("image", key=True))
PACKAGE: Final = _table(
    "package", FLEET, _serial("number"), _text("id"), _text("type"), _text("name"), _text("source"), _text("known_as"),
    _blob("body"),
)  # fmt: skip
IMAGE_PACKAGE: Final = _table("image_package", FLEET, _int("package", key=True), _int("image", key=True), _int("layer"))
FINDING: Final = _table(
    "finding", FLEET, _int("package", key=True), _text("id", key=True), _text("digest"), _blob("body"), _text("rating"),
)  # fmt: skip
FINDING_NAME: Final = _table(
    "finding_name", FLEET, _text("name", key=True), _int("package", key=True), _text("id", key=True)
)
HOST: Final = _table("host", FLEET, _text("id", key=True), _text("name"), _blob("body"))
CONTAINER: Final = _table(
    "container", FLEET, _text("id", key=True), _text("host"), _text("name"), _text("image_id"), _text("digest"),
    _int("runs"), _int("since"), _int("stopped"), _blob("body"),
)  # fmt: skip
TAG: Final = _table("tag", FLEET, _text("repository", key=True), _text("tag", key=True), _text("digest"), _blob("body"))
INCIDENT: Final = _table(
    "incident", FLEET, _text("id", key=True), _int("at"), _text("container"), _text("state"), _blob("body")
)

EVENTS: Final = sa.MetaData()
RUN: Final = _table("run", EVENTS, _text("host", key=True), _text("run", key=True), _int("sequence"))
SEGMENT: Final = _table("segment", EVENTS, _serial("number"), _text("host"), _int("hour"), _int("last_at"))
CHUNK: Final = _table(
    "chunk", EVENTS, _serial("number"), _int("segment"), _int("first_at"), _int("last_at"), _int("count"),
    _int("start"), _int("length"),
)  # fmt: skip
CHUNK_CONTAINER: Final = _table("chunk_container", EVENTS, _text("container", key=True), _int("chunk", key=True))
CHUNK_BODY: Final = _table("chunk_body", EVENTS, _int("chunk", key=True), _blob("body"))
