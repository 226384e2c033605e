"""Make a decision again from its record, and say whether it is the same."""

from datetime import datetime
from typing import Final

import msgspec
from msgspec import Struct

from oakum import __version__
from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.flows.read_policies import criteria_of
from oakum.kit.archive import zstd
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import DamagedError
from oakum.kit.limits import INVENTORY_BYTES
from oakum.model.judgement import Judgement
from oakum.model.record import DecisionRecord
from oakum.model.subject import Subject

MAGIC: Final = b"OAKDEC1\n"
"""What a record begins with."""


class Replayed(Struct, frozen=True):
    """A decision that was made again.

    Attributes:
        judgement: what it is now.
        differences: what is not as it was, a sentence each; empty where it is the same byte by byte.
    """

    judgement: Judgement
    differences: tuple[str, ...] = ()


def record_of(judgement: Judgement, subject: Subject, rules: Rules) -> DecisionRecord:
    """The record of a decision that was just made."""
    return DecisionRecord(judgement, subject, rules.policies, rules.waivers, __version__)


def pack_record(record: DecisionRecord) -> bytes:
    """A record as it is written to a file."""
    return MAGIC + zstd.compress(msgspec.msgpack.encode(record), 3)


def unpack_record(data: bytes) -> DecisionRecord:
    """A record out of a file.

    Raises:
        DamagedError: it is none, or more than is read.
    """
    if not data.startswith(MAGIC):
        raise DamagedError("it is no record of a decision", hint="oakum gate --record FILE writes one")
    try:
        packed = zstd.ZstdDecompressor().decompress(data[len(MAGIC) :], INVENTORY_BYTES)
        return msgspec.msgpack.decode(packed, type=DecisionRecord)
    except (zstd.ZstdError, *UNDECODABLE) as error:
        raise DamagedError(f"the record cannot be read: {error}") from None


def replay(record: DecisionRecord) -> Replayed:
    """Decide again at the moment of then.

    Raises:
        DamagedError: the record's moment is none.
        ConfigurationError: this Oakum does not know its criteria.
    """
    then = record.judgement
    try:
        now = datetime.fromisoformat(then.made)
        rules = Rules(record.policies, criteria_of(record.policies), record.waivers)
    except (ValueError, KeyError) as error:
        raise DamagedError(f"the record cannot be used: {error}") from None
    again = judge(record.subject, rules, now, advise=then.flip is not None)
    same = msgspec.msgpack.encode(again) == msgspec.msgpack.encode(then)
    return Replayed(again, () if same else tuple(_differences(then, again)))


def _differences(then: Judgement, again: Judgement) -> list[str]:
    if then.policies != again.policies:
        return ["the policies have another digest: this Oakum's criteria answer otherwise than those of then"]
    changed = [name for name in Judgement.__struct_fields__ if getattr(then, name) != getattr(again, name)]
    return [f"{name} is not as it was" for name in changed]
