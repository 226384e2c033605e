import errno
import io
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from oakum.apps import wiring
from oakum.apps.cli.commands.db import db
from oakum.intel.database_artifact import ARTIFACT, CONFIG, LAYER, MANIFEST
from oakum.kit.archive import zstd
from oakum.kit.errors import (
    ConfigurationError,
    DamagedError,
    LimitError,
    OakumError,
    TryLaterError,
    UnreadableError,
    UsageError,
)
from oakum.testing.images import descriptor, digest_of
from oakum.testing.registry import Answer, FakeRegistry

NAME = "sec/advisories"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OAKUM_CACHE_DIR", str(tmp_path / "cache"))
    for name in ("OAKUM_DB", "OAKUM_DB_SOURCE", "OAKUM_DEFAULT_REGISTRY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "cache"


@pytest.fixture
def registry() -> Iterator[FakeRegistry]:
    with FakeRegistry() as one:
        yield one


def run(*words: str) -> Result:
    return CliRunner().invoke(db, words, catch_exceptions=False)


def build(folder: Path, records: int = 2) -> Path:
    """A small database, built by the command."""
    (folder / "osv" / "Debian").mkdir(parents=True)
    for number in range(records):
        ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2"}]}]
        affected = [{"package": {"ecosystem": "Debian:12", "name": f"p{number}"}, "ranges": ranges}]
        record = {"id": f"D-{number}", "modified": "2026-01-01T00:00:00Z", "affected": affected}
        (folder / "osv" / "Debian" / f"{number}.json").write_text(json.dumps(record))
    run("build", "--from", str(folder / "osv"), "--out", str(folder / "made.db"))
    return folder / "made.db"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return build(tmp_path / "made")


def push(registry: FakeRegistry, path: Path, name: str = f"{NAME}:today") -> str:
    ended = run("push", f"{registry.host}/{name}", "--db", str(path), "--plain-http", registry.host)
    return ended.stdout.strip()


def pull(registry: FakeRegistry, name: str = f"{NAME}:today", *more: str) -> Result:
    return run("pull", f"{registry.host}/{name}", "--plain-http", registry.host, *more)


def test_what_is_pushed_is_pulled_byte_for_byte(registry: FakeRegistry, made: Path, cache: Path) -> None:
    pinned = push(registry, made)
    ended = pull(registry)
    assert ended.stdout.strip() == pinned
    assert f"{cache / 'advisories.db'}: 2 records" in ended.stderr
    assert (cache / "advisories.db").read_bytes() == made.read_bytes()
    assert sorted(os.listdir(cache)) == ["advisories.db"]


def test_the_manifest_is_an_artifact_of_our_type(registry: FakeRegistry, made: Path) -> None:
    push(registry, made)
    manifest = json.loads(registry.manifests[f"{NAME}:today"][1])
    info = wiring.open_advisories(str(made)).about()
    assert (manifest["schemaVersion"], manifest["mediaType"], manifest["artifactType"]) == (2, MANIFEST, ARTIFACT)
    assert (manifest["config"]["mediaType"], [one["mediaType"] for one in manifest["layers"]]) == (CONFIG, [LAYER])
    assert manifest["annotations"]["org.opencontainers.image.created"] == info.built
    assert manifest["layers"][0]["annotations"] == {"org.opencontainers.image.title": "advisories.db.zst"}
    config = json.loads(registry.blobs[manifest["config"]["digest"]])
    assert (config["digest"], config["schema"], config["ecosystems"]) == (info.digest, info.schema, {"Debian:12": 2})


def test_nothing_moves_twice(registry: FakeRegistry, made: Path) -> None:
    assert push(registry, made) == push(registry, made)
    assert [seen.method for seen in registry.seen].count("POST") == 2  # configuration and layer, once
    pull(registry)
    registry.seen.clear()
    ended = pull(registry)
    assert "up to date" in ended.stderr
    assert [seen.path for seen in registry.seen if "/blobs/" in seen.path] == [
        f"/v2/{NAME}/blobs/{json.loads(registry.manifests[f'{NAME}:today'][1])['config']['digest']}"
    ]


def test_who_waits_is_told_how_far_it_is(registry: FakeRegistry, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("oakum.apps.cli.sharing.Progress.__call__", lambda _self, text: told.append(text))
    push(registry, made)
    assert told[0] == "packing the database"
    assert told[-1] == "sending 0.0 of 0.0 MiB"
    told.clear()
    pull(registry)
    assert told == ["fetching 0.0 of 0.0 MiB", "checking the database"]


def test_a_registry_that_fails_once_gets_all_of_it_again(registry: FakeRegistry, made: Path, tmp_path: Path) -> None:
    left = [1]
    registry.lie = lambda seen: Answer(503) if seen.method == "PUT" and left and left.pop() else None
    push(registry, made)
    pull(registry, f"{NAME}:today", "--db", str(tmp_path / "here.db"))
    assert (tmp_path / "here.db").read_bytes() == made.read_bytes()


def test_a_full_disk_leaves_what_was_there(
    registry: FakeRegistry, made: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(registry, made)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("oakum.adapters.sqlite.place._write", full)
    refused(registry, cache, TryLaterError, "No space left")


def test_a_pin_means_one_build_whatever_the_tag_says_now(registry: FakeRegistry, made: Path, tmp_path: Path) -> None:
    pinned = push(registry, made).removeprefix(f"{registry.host}/")
    push(registry, build(tmp_path / "other", 3))
    place = tmp_path / "here.db"
    pull(registry, pinned, "--db", str(place))
    assert place.read_bytes() == made.read_bytes()
    assert "older than those that were there" not in pull(registry, f"{NAME}:today", "--db", str(place)).stderr
    assert place.read_bytes() != made.read_bytes()


def test_data_that_are_older_than_those_in_place_are_taken_and_named(
    registry: FakeRegistry, made: Path, cache: Path, tmp_path: Path
) -> None:
    cache.mkdir()
    (cache / "advisories.db").write_bytes(build(tmp_path / "newer", 3).read_bytes())
    with sqlite3.connect(made) as connection:  # the same database, made long ago
        (about,) = connection.execute("SELECT value FROM meta WHERE name = 'about'").fetchone()
        built = wiring.open_advisories(str(made)).about().built.encode()
        aged = about.replace(built, b"2020-01-01T00:00:00Z")
        connection.execute("UPDATE meta SET value = ? WHERE name = 'about'", (aged,))
    put(registry, made.read_bytes())
    assert "these data are older than those that were there" in pull(registry).stderr


def test_an_update_that_found_nothing_new_is_passed_on(
    registry: FakeRegistry, made: Path, tmp_path: Path, cache: Path
) -> None:
    source = tmp_path / "source.db"
    run("update", "--from", str(made.parent / "osv"), "--db", str(source))
    push(registry, source)
    pull(registry)
    state = Path(f"{source}.state")
    seen = json.loads(state.read_text())
    seen["state"]["checked"] = later = wiring.clock().now().strftime("%Y-%m-%dT23:59:59Z")
    state.write_text(json.dumps(seen))
    push(registry, source)
    assert "up to date" in pull(registry).stderr
    assert json.loads(run("status", "-f", "json").stdout)["checked"] == later
    noted = json.loads((cache / "advisories.db.state").read_text())
    assert noted["database"] == ""  # no update takes over rows that a registry gave


def put(
    registry: FakeRegistry, content: bytes, packed: bytes = b"", change: Callable[[Any], None] = lambda _: None,
    **config: object,
) -> None:  # fmt: skip
    """Put a database there as somebody else would, with a word of theirs about it."""
    packed = packed or zstd.compress(content)
    stated = {
        "digest": digest_of(b""), "built": "2026-01-01T00:00:00Z", "current": "2026-01-01T00:00:00Z", "schema": 4,
        "ecosystems": {}, "fileDigest": digest_of(content), "fileSize": len(content),
    }  # fmt: skip
    try:
        info = wiring.open_advisories(_kept(content)).about()
        stated |= {"digest": info.digest, "built": info.built, "current": info.built, "schema": info.schema}
    except OakumError:
        pass
    described = json.dumps({**stated, **config}).encode()
    registry.put(packed)
    registry.put(described)
    document = {
        "schemaVersion": 2, "mediaType": MANIFEST, "artifactType": ARTIFACT,
        "config": descriptor(described, CONFIG), "layers": [descriptor(packed, LAYER)],
    }  # fmt: skip
    change(document)
    registry.put_manifest(NAME, "today", document)


def _kept(content: bytes) -> str:
    path = f"{os.environ['OAKUM_CACHE_DIR']}-kept"
    Path(path).write_bytes(content)
    return path


def refused(registry: FakeRegistry, cache: Path, family: type[OakumError], words: str) -> None:
    """The old one stays, and nothing else does."""
    cache.mkdir(exist_ok=True)
    (cache / "advisories.db").write_bytes(b"what was there")
    with pytest.raises(family, match=words):
        pull(registry)
    assert (cache / "advisories.db").read_bytes() == b"what was there"
    assert sorted(os.listdir(cache)) == ["advisories.db"]


def test_something_else_in_the_place_of_the_layer(registry: FakeRegistry, made: Path, cache: Path) -> None:
    put(registry, made.read_bytes())
    other = zstd.compress(os.urandom(len(made.read_bytes())))
    layer = json.loads(registry.manifests[f"{NAME}:today"][1])["layers"][0]
    registry.blobs[layer["digest"]] = (other * 2)[: layer["size"]]
    refused(registry, cache, DamagedError, ".")


def test_a_layer_that_ends_early_or_is_refused(registry: FakeRegistry, made: Path, cache: Path) -> None:
    put(registry, made.read_bytes())
    layer = json.loads(registry.manifests[f"{NAME}:today"][1])["layers"][0]["digest"]
    registry.blobs[layer] = registry.blobs[layer][:-1]
    refused(registry, cache, DamagedError, "bytes for")
    registry.lie = lambda seen: Answer(403) if layer in seen.path else None
    refused(registry, cache, OakumError, "403")


def test_bytes_that_unpack_to_something_else(registry: FakeRegistry, made: Path, cache: Path) -> None:
    content = made.read_bytes()
    put(registry, content, zstd.compress(b"\0" * 50_000_000))
    refused(registry, cache, DamagedError, "unpacks to more than")
    put(registry, content, zstd.compress(content[:-1]))
    refused(registry, cache, DamagedError, "is not the one that its description states")
    put(registry, content, zstd.compress(content)[:-4])
    refused(registry, cache, DamagedError, "is not the one that its description states")
    put(registry, content, zstd.compress(content) * 2)
    refused(registry, cache, DamagedError, "follow the end")
    put(registry, content, content)
    refused(registry, cache, DamagedError, "is broken")


def test_files_that_are_no_database_of_ours(registry: FakeRegistry, cache: Path, tmp_path: Path) -> None:
    put(registry, b"no database at all" * 100)
    refused(registry, cache, ConfigurationError, "is no advisory database")
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE a (b)")
    put(registry, foreign.read_bytes())
    refused(registry, cache, ConfigurationError, "is no advisory database")


@pytest.mark.parametrize(
    "more",
    [
        "CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM meta; END",
        "CREATE VIEW v AS SELECT * FROM meta",
        "CREATE INDEX i ON affected (low)",
        "DROP TABLE cve",
    ],
)
def test_a_database_with_other_tables_than_ours(registry: FakeRegistry, made: Path, cache: Path, more: str) -> None:
    with sqlite3.connect(made) as connection:
        connection.execute(more)
    connection.close()
    put(registry, made.read_bytes())
    refused(registry, cache, ConfigurationError, "other tables")


def test_a_database_that_was_damaged_before_it_was_pushed(registry: FakeRegistry, tmp_path: Path, cache: Path) -> None:
    content = bytearray(build(tmp_path / "large", 400).read_bytes())
    page = int.from_bytes(content[16:18])
    for at in range(len(content) // page // 2 * page, len(content) - page, page):
        content[at : at + 64] = b"\xff" * 64
    put(registry, bytes(content), digest=digest_of(b""))
    refused(registry, cache, ConfigurationError, "damaged")


def test_what_its_description_says(registry: FakeRegistry, made: Path, cache: Path) -> None:
    content = made.read_bytes()
    put(registry, content, digest=digest_of(b"another"))
    refused(registry, cache, DamagedError, "not what is stated")
    put(registry, content, schema=99)
    refused(registry, cache, ConfigurationError, "a newer Oakum")
    put(registry, content, schema=1)
    refused(registry, cache, ConfigurationError, "an older Oakum")
    put(registry, content, current="2999-01-01T00:00:00Z")
    refused(registry, cache, DamagedError, "yet to come")
    for odd in ("tomorrow", "2026-13-01T00:00:00Z", "2026-01-01"):
        put(registry, content, current=odd)
        refused(registry, cache, DamagedError, "no times")
    put(registry, content, fileDigest="md5:0")
    refused(registry, cache, DamagedError, "no digests")
    put(registry, content, fileSize=1 << 50)
    refused(registry, cache, LimitError, "more than the")
    put(registry, content, ecosystems=[1])
    refused(registry, cache, DamagedError, "is damaged")


def test_what_is_no_artifact_of_ours(registry: FakeRegistry, made: Path, cache: Path) -> None:
    content = made.read_bytes()

    def changed(**more: object) -> Callable[[Any], None]:
        return lambda document: document.update(more)

    put(registry, content, change=changed(artifactType="application/x-else"))
    refused(registry, cache, UnreadableError, "no advisory database of Oakum but 'application/x-else'")
    put(registry, content, change=changed(layers=[]))
    refused(registry, cache, UnreadableError, "other layers")
    put(registry, content, change=lambda document: document["layers"].append(document["layers"][0]))
    refused(registry, cache, UnreadableError, "other layers")
    put(registry, content, change=lambda document: document["layers"][0].update(size=1 << 50))
    refused(registry, cache, LimitError, "more than the")
    put(registry, content, change=lambda document: document["layers"][0].update(digest="../../etc/passwd"))
    refused(registry, cache, DamagedError, "points to nothing")
    put(registry, content, change=lambda document: document["config"].update(size=1))
    refused(registry, cache, DamagedError, "must have")
    registry.put_image(NAME, "today", [])
    refused(registry, cache, UnreadableError, "no advisory database of Oakum")
    registry.put_index(NAME, "today", [])
    refused(registry, cache, UnreadableError, "no advisory database of Oakum")
    deep = b"[" * 100_000
    registry.manifests |= {f"{NAME}:today": (MANIFEST, deep), f"{NAME}@{digest_of(deep)}": (MANIFEST, deep)}
    refused(registry, cache, UnreadableError, "no advisory database of Oakum")


def test_an_old_registry_that_drops_the_type_is_fine(registry: FakeRegistry, made: Path, tmp_path: Path) -> None:
    put(registry, made.read_bytes(), change=lambda document: document.pop("artifactType"))
    pull(registry, f"{NAME}:today", "--db", str(tmp_path / "here.db"))
    assert (tmp_path / "here.db").read_bytes() == made.read_bytes()


def test_a_database_of_a_newer_program_is_not_replaced(registry: FakeRegistry, made: Path, cache: Path) -> None:
    push(registry, made)
    newer = bytearray(made.read_bytes())
    newer[60:64] = (99).to_bytes(4)
    cache.mkdir()
    (cache / "advisories.db").write_bytes(newer)
    with pytest.raises(ConfigurationError, match="newer"):
        pull(registry)
    assert (cache / "advisories.db").read_bytes() == newer


def test_words_that_cannot_be_meant(registry: FakeRegistry, made: Path, tmp_path: Path) -> None:
    there = f"{registry.host}/{NAME}"
    with pytest.raises(UsageError, match="comes out of what is pushed"):
        run("push", f"{there}@{digest_of(b'')}", "--db", str(made))
    with pytest.raises(UsageError, match="pins what is to be replaced"):
        run("pull", f"{there}:today", "--db", f"{made}@{digest_of(b'')}")
    with pytest.raises(UsageError, match="which registry"):
        run("pull", "advisories:today")
    with pytest.raises(UsageError, match="no name"):
        run("pull", f"{there}:UP/..")
    with pytest.raises(ConfigurationError, match="no advisory database at"):
        run("push", f"{there}:today", "--db", str(tmp_path / "none.db"))
    with pytest.raises(ConfigurationError, match="pinned"):
        run("push", f"{there}:today", "--db", f"{made}@{digest_of(b'')}")
    assert registry.seen == []


def test_a_login_from_standard_input(registry: FakeRegistry, made: Path) -> None:
    registry.login = "basic"
    words = ("push", f"{registry.host}/{NAME}:today", "--db", str(made), "--plain-http", registry.host)
    login = ("--username", "ann", "--password-stdin")
    ended = CliRunner().invoke(db, [*words, *login], input=io.BytesIO(b"secret\n"), catch_exceptions=False)
    assert ended.exit_code == 0
    assert ended.stdout.startswith(f"{registry.host}/{NAME}@sha256:")
