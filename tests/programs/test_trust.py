"""``oakum trust check``: what the rules of a file want, and what is wrong with them (servers: live/test_trust)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from oakum.apps.wiring import snapshots
from oakum.decisions.trust import verdict
from oakum.testing.images import Layer, oci_layout
from oakum.testing.keys import pem_pair
from oakum.testing.own_sigstore import OwnSigstore

Oakum = Callable[..., Any]
RULES = """oakum: trust/1
trusted_root: root.json
rules:
  - name: ours
    images: ["r.example/team/**"]
    keys: [team.pub]
    identities: [{identity: "*@example.com", issuer: "https://tokens.example"}]
    attested: [slsaprovenance]
  - {name: debian, images: [docker.io/library/debian]}
"""


def test_rules_are_read_with_the_files_beside_them(oakum: Oakum, tmp_path: Path) -> None:
    (tmp_path / "trust.yaml").write_text(RULES)
    (tmp_path / "team.pub").write_text(pem_pair()[1])
    (tmp_path / "root.json").write_bytes(OwnSigstore().trusted_root())
    ended = oakum("trust", "check", f"{tmp_path}/trust.yaml")
    assert (ended.code, ended.err) == (0, "")
    said = ended.out.decode()
    assert said.startswith("2 rules, sha256:")
    assert "ours: r.example/team/** - signed by one of 1 key, *@example.com; attested https://slsa.dev" in said
    assert "debian: docker.io/library/debian - trusted by its place" in said


def test_a_mistake_is_said_before_anything_is_scanned(oakum: Oakum, tmp_path: Path) -> None:
    (tmp_path / "trust.yaml").write_text(RULES.replace("identities", "identitys"))
    for words in (("trust", "check"), ("gate", f"rootfs:{tmp_path}", "--trust")):
        ended = oakum(*words, f"{tmp_path}/trust.yaml")
        assert (ended.code, "trust.yaml:7:5: no field is named 'identitys'" in ended.err) == (78, True)
    (tmp_path / "trust.yaml").write_text(RULES)
    ended = oakum("trust", "check", f"{tmp_path}/trust.yaml")
    assert (ended.code, "trust.yaml:6:5" in ended.err) == (78, True)
    (tmp_path / "team.pub").write_text("no key")
    (tmp_path / "root.json").write_bytes(OwnSigstore().trusted_root())
    ended = oakum("trust", "check", f"{tmp_path}/trust.yaml")
    assert (ended.code, "trust rule 'ours' holds no public key" in ended.err) == (78, True)
    both = oakum("gate", f"rootfs:{tmp_path}", "--trust", "x", "--trusted-key", "y")
    assert (both.code, "give either --trust or --trusted-key" in both.err) == (64, True)


def test_a_snapshot_of_a_command_holds_what_the_rules_found(oakum: Oakum, tmp_path: Path) -> None:
    private, public = pem_pair()
    for name, text in (("key.pem", private), ("team.pub", public)):
        (tmp_path / name).write_text(text)
    for name in ("signed", "bare"):
        oci_layout(f"{tmp_path}/{name}", [Layer(files={"x": name.encode()})], tag=f"r.example/team/{name}:1")
    (tmp_path / "trust.yaml").write_text(
        'oakum: trust/1\nrules: [{name: ours, images: ["r.example/team/*"], keys: [team.pub]}]\n'
    )
    assert oakum("sign", f"oci-layout:{tmp_path}/signed", "--key", f"{tmp_path}/key.pem").code == 0
    targets = [f"oci-layout:{tmp_path}/{name}" for name in ("signed", "bare")]
    made = oakum("snapshot", *targets, "-o", f"{tmp_path}/snapshot", "--trust", f"{tmp_path}/trust.yaml")
    assert made.code == 0, made.err
    snapshot = snapshots(f"{tmp_path}/snapshot").newest()
    assert snapshot is not None
    verdicts = {}
    for name in ("signed", "bare"):
        subject = snapshot.subject(snapshot.digest_of(f"r.example/team/{name}:1"))
        assert subject is not None
        verdicts[name] = verdict(subject).trusted
    assert verdicts == {"signed": True, "bare": False}


def test_a_layout_that_calls_itself_so_is_not_trusted_by_its_place(oakum: Oakum, tmp_path: Path) -> None:
    oci_layout(f"{tmp_path}/evil", [Layer(files={"x": b"x"})], tag="docker.io/library/debian:12")
    (tmp_path / "trust.yaml").write_text(
        "oakum: trust/1\nrules: [{name: debian, images: [docker.io/library/debian]}]\n"
    )
    ended = oakum("gate", f"oci-layout:{tmp_path}/evil", "--trust", f"{tmp_path}/trust.yaml", "-f", "json")
    said = ended.document["trust"]
    assert (said["trusted"], said["parts"][0]["why"]) == (False, "its name is its own word, so no place vouches for it")
