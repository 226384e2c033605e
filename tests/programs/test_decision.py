"""``oakum decision`` over the record that a gate wrote."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Oakum = Callable[..., Any]


def test_a_record_is_explained_and_replayed_and_a_changed_one_is_found_out(oakum: Oakum, tmp_path: Path) -> None:
    place = tmp_path / "root" / "lib" / "a-1.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text("Metadata-Version: 2.1\nName: a\nVersion: 1\n\n")
    (tmp_path / "p.yaml").write_text(
        "oakum: policy/1\nname: no-a\ntitle: no a\nseverity: low\nwhen: {package: {name: a}}\nthen: {build: deny}\n"
    )
    record = tmp_path / "d.oakum"
    gate = oakum("gate", f"rootfs:{tmp_path}/root", "-p", str(tmp_path / "p.yaml"), "--record", str(record))
    assert gate.code == 1, gate.err
    explained = oakum("decision", "explain", str(record))
    assert explained.code == 0
    assert "deny: no a (no-a, low)" in explained.out.decode()
    assert "policies  sha256:" in explained.out.decode()
    replayed = oakum("decision", "replay", str(record))
    assert (replayed.code, "the same, byte by byte: deny" in replayed.out.decode()) == (0, True)
    record.write_bytes(record.read_bytes()[:-3])
    assert oakum("decision", "replay", str(record)).code == 65
    assert oakum("decision", "replay", "sha256:" + "0" * 64).code == 64
