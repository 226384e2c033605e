"""Keep the policies that decisions name by their digest, so that each can be made again later."""

from base64 import b64decode, b64encode
from typing import Final

import msgspec

from oakum.decisions.rules import Rules, digest_of
from oakum.flows.answer_drift import host_policies
from oakum.flows.read_policies import criteria_of
from oakum.kit.archive import zstd
from oakum.kit.limits import MIB
from oakum.model.policy import Policy
from oakum.model.waiver import Waiver
from oakum.ports.ledger import Ledger

_PREFIX: Final = "rules:"
_WAIVERS: Final = "waivers:"
_BYTES: Final = 64 * MIB


def keep_rules(ledger: Ledger, policies: tuple[Policy, ...]) -> None:
    """Keep policies under the digest that decisions by all of them bear, and by those that a host judges by."""
    for some in (policies, host_policies(policies)):
        name = _PREFIX + Rules(some, criteria_of(some)).digest
        if not ledger.setting(name):
            packed = zstd.compress(msgspec.msgpack.encode(some), 3)
            ledger.set_setting(name, b64encode(packed).decode())


def kept_rules(ledger: Ledger, digest: str) -> tuple[Policy, ...] | None:
    """The policies with a digest, or None where none were kept."""
    said = ledger.setting(_PREFIX + digest)
    if not said:
        return None
    data = zstd.ZstdDecompressor().decompress(b64decode(said), _BYTES)
    return msgspec.msgpack.decode(data, type=tuple[Policy, ...])


def keep_waivers(ledger: Ledger, waivers: tuple[Waiver, ...]) -> None:
    """Keep the waivers that a decision counted, under the digest that it bears."""
    name = _WAIVERS + digest_of(waivers)
    if waivers and not ledger.setting(name):
        ledger.set_setting(name, b64encode(zstd.compress(msgspec.msgpack.encode(waivers), 3)).decode())


def kept_waivers(ledger: Ledger, digest: str) -> tuple[Waiver, ...]:
    """The waivers with a digest; none where none were kept, which is what most decisions counted."""
    said = ledger.setting(_WAIVERS + digest)
    if not said:
        return ()
    return msgspec.msgpack.decode(zstd.ZstdDecompressor().decompress(b64decode(said), _BYTES), type=tuple[Waiver, ...])
