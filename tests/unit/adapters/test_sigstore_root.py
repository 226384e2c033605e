"""Certificates, logs and timestamps of a Sigstore of our own; each thing that does not hold has its own sentence."""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from oakum.adapters.sigstore_root import SigstoreRoot
from oakum.intel.envelopes import statement_of
from oakum.kit.errors import ConfigurationError, DamagedError
from oakum.testing.own_sigstore import OwnSigstore
from oakum.testing.own_timestamps import OwnTimestamps

IMAGE = "sha256:" + "0" * 64
WHO = "https://git.example/team/app/.github/workflows/release.yml@refs/tags/v1"
ISSUER = "https://tokens.example"
AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
OURS = OwnSigstore()
ROOT = SigstoreRoot(OURS.trusted_root(), "root.json")
STATEMENT = statement_of("https://slsa.dev/provenance/v1", IMAGE, "app", {"x": 1})

Harm = Callable[[dict[str, Any]], None]


def made(late: timedelta = timedelta(seconds=5), who: str = WHO) -> bytes:
    return OURS.statement_bundle(STATEMENT, who, ISSUER, AT, late)


def test_a_statement_names_who_signed_it_and_when() -> None:
    proven = ROOT.prove(made(), IMAGE)
    assert (proven.identity, proven.issuer, proven.at) == (WHO, ISSUER, "2026-03-01T12:00:05Z")
    assert proven.payload == STATEMENT
    assert ROOT.prove(made(who="alice@example.com"), IMAGE).identity == "alice@example.com"


def test_a_file_is_held_to_its_digest() -> None:
    bundle = OURS.file_bundle(b"hello", WHO, ISSUER, AT)
    assert ROOT.prove(bundle, "sha256:" + hashlib.sha256(b"hello").hexdigest()).payload is None
    with pytest.raises(DamagedError, match="of another artifact"):
        ROOT.prove(bundle, IMAGE)


@pytest.mark.parametrize(("late", "signed"), [(timedelta(hours=1), "13:00:00Z"), (timedelta(seconds=-1), "11:59:59Z")])
def test_a_certificate_that_was_not_valid_at_the_proven_time_is_refused(late: timedelta, signed: str) -> None:
    said = rf"not valid when it was signed: valid 2026-03-01T12:00:00Z to 12:10:00Z, signed 2026-03-01T{signed}"
    with pytest.raises(DamagedError, match=said):
        ROOT.prove(made(late), IMAGE)


def entry(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["verificationMaterial"]["tlogEntries"][0]
    return found


def no_entry(document: dict[str, Any]) -> None:
    document["verificationMaterial"]["tlogEntries"] = []


def no_proof(document: dict[str, Any]) -> None:
    del entry(document)["inclusionProof"]


def no_time(document: dict[str, Any]) -> None:
    del entry(document)["inclusionPromise"]


def other_tree(document: dict[str, Any]) -> None:
    entry(document)["inclusionProof"]["hashes"] = [b64encode(bytes(32)).decode()]


def other_time(document: dict[str, Any]) -> None:
    entry(document)["integratedTime"] = str(int(entry(document)["integratedTime"]) + 1)


def other_checkpoint(document: dict[str, Any]) -> None:
    envelope = entry(document)["inclusionProof"]["checkpoint"]
    envelope["envelope"] = envelope["envelope"].replace("log.example\n2", "log.example\n3", 1)


def other_payload(document: dict[str, Any]) -> None:
    changed = STATEMENT.replace(b'"x":1', b'"x":2')
    document["dsseEnvelope"]["payload"] = b64encode(changed).decode()


def other_entry(document: dict[str, Any]) -> None:
    other = json.loads(OURS.statement_bundle(STATEMENT, WHO, ISSUER, AT, timedelta(seconds=5)))
    document["verificationMaterial"]["tlogEntries"] = other["verificationMaterial"]["tlogEntries"]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (no_entry, "no transparency log proves it: the bundle has no log entry"),
        (no_proof, r"no proof that it is in the log \(inclusion proof\)"),
        (no_time, "nothing proves when it was signed"),
        (other_tree, "the proof that it is in the log does not hold"),
        (other_time, "the log's promise does not hold: its time was changed"),
        (other_checkpoint, "no log of the trusted root signed the state"),
        (other_payload, "what was signed was changed"),
        (other_entry, "the log's entry is of another signature"),
    ],
)
def test_what_does_not_hold_is_named(harm: Harm, said: str) -> None:
    document = json.loads(made())
    harm(document)
    with pytest.raises(DamagedError, match=said):
        ROOT.prove(json.dumps(document).encode(), IMAGE)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("certificateAuthorities", "by no authority of the trusted root"),
        ("ctlogs", "no certificate log of the trusted root"),
        ("tlogs", "no log of the trusted root signed the state"),
    ],
)
def test_a_root_that_differs_in_one_part_does_not_do(part: str, said: str) -> None:
    root, other = json.loads(OURS.trusted_root()), json.loads(OwnSigstore().trusted_root())
    root[part] = other[part]
    with pytest.raises(DamagedError, match=said):
        SigstoreRoot(json.dumps(root).encode(), "r").prove(made(), IMAGE)


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"verificationMaterial": 1}', b"[" * 100_000, b"\xff"])
def test_what_is_no_bundle_is_refused_and_what_is_no_root_is_said(data: bytes) -> None:
    with pytest.raises(DamagedError):
        ROOT.prove(data, IMAGE)
    with pytest.raises(ConfigurationError, match="r is no trusted root"):
        SigstoreRoot(data or b"{}", "r")


def test_without_a_root_the_public_one_is_taken_and_vouches_for_nobody_of_ours() -> None:
    with pytest.raises(DamagedError, match="by no authority of the trusted root"):
        SigstoreRoot(b"", "the public root").prove(made(), IMAGE)


def test_every_cut_of_a_bundle_is_refused() -> None:
    whole = made()
    for end in range(0, len(whole), 97):
        with pytest.raises(DamagedError):
            ROOT.prove(whole[:end], IMAGE)


def test_every_part_that_is_left_out_or_of_another_kind_is_refused_or_does_not_matter() -> None:
    """No field can be dropped or twisted so that something else is proven."""
    values: tuple[Any, ...] = (None, 1, "AAAA", [], {})
    for path in list(_paths(json.loads(made()))):
        for value in values:
            document = json.loads(made())
            inner = document
            for step in path[:-1]:
                inner = inner[step]
            inner[path[-1]] = value
            try:
                proven = ROOT.prove(json.dumps(document).encode(), IMAGE)
            except DamagedError:
                continue
            assert (proven.identity, proven.payload, proven.at) == (WHO, STATEMENT, "2026-03-01T12:00:05Z"), path


def _paths(node: Any, above: tuple[Any, ...] = ()) -> Any:  # noqa: ANN401 - JSON
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, inner in steps:
        yield (*above, step)
        yield from _paths(inner, (*above, step))


@pytest.mark.live("openssl")
def test_a_timestamp_proves_the_time_where_the_log_promises_none(tmp_path: Path) -> None:
    """By openssl: a time-stamping authority of our own, over the signature."""
    ours = OwnTimestamps(tmp_path)
    document = json.loads(made())
    no_time(document)
    root = json.loads(OURS.trusted_root())
    signature = b64decode(document["dsseEnvelope"]["signatures"][0]["sig"])
    authority, stamp = ours.authority, ours.stamp(signature)
    root["timestampAuthorities"] = [authority]
    stamps = {"rfc3161Timestamps": [{"signedTimestamp": b64encode(stamp).decode()}]}
    document["verificationMaterial"]["timestampVerificationData"] = stamps
    bundle = json.dumps(document).encode()
    with pytest.raises(DamagedError, match="not valid when it was signed: valid 2026-03-01"):  # openssl stamps now
        SigstoreRoot(json.dumps(root).encode(), "r").prove(bundle, IMAGE)
    with pytest.raises(DamagedError, match="the trusted root has no authority for timestamps"):
        ROOT.prove(bundle, IMAGE)
    now = json.loads(OURS.statement_bundle(STATEMENT, WHO, ISSUER, datetime.now(UTC), timedelta(0)))
    no_time(now)
    signature = b64decode(now["dsseEnvelope"]["signatures"][0]["sig"])
    root["timestampAuthorities"][0], stamp = ours.authority, ours.stamp(signature)
    stamps["rfc3161Timestamps"][0]["signedTimestamp"] = b64encode(stamp).decode()
    now["verificationMaterial"]["timestampVerificationData"] = stamps
    assert SigstoreRoot(json.dumps(root).encode(), "r").prove(json.dumps(now).encode(), IMAGE).identity == WHO
    stamps["rfc3161Timestamps"][0]["signedTimestamp"] = b64encode(ours.stamp(b"another signature")).decode()
    with pytest.raises(DamagedError, match="nothing proves when it was signed: no timestamp by a trusted"):
        SigstoreRoot(json.dumps(root).encode(), "r").prove(json.dumps(now).encode(), IMAGE)


def test_a_log_entry_of_a_key_is_held_to_the_logs() -> None:
    document = json.loads(made())
    ROOT.logged(json.dumps(document).encode())
    other_tree(document)
    with pytest.raises(DamagedError, match="the proof that it is in the log does not hold"):
        ROOT.logged(json.dumps(document).encode())
    assert b64decode(entry(document)["canonicalizedBody"])
