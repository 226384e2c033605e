"""``oakum policy`` as a person types it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Oakum = Callable[..., Any]


def test_a_folder_of_policies_is_begun_tested_changed_and_compared(oakum: Oakum, tmp_path: Path) -> None:
    made = oakum("policy", "init", str(tmp_path / "mine"))
    assert made.code == 0, made.err
    assert oakum("policy", "init", str(tmp_path / "mine")).code == 64
    assert oakum("policy", "lint", str(tmp_path / "mine")).code == 0
    tested = oakum("policy", "test", str(tmp_path / "mine"))
    assert tested.code == 0
    assert "known-exploited: 3 passed" in tested.out.decode()
    assert oakum("policy", "diff", "starter", str(tmp_path / "mine")).code == 0
    changed = tmp_path / "mine" / "no-latest.yaml"
    changed.write_text(
        changed.read_text().replace("[latest]", "[latest, main]").replace("expect: pass", "expect: breach")
    )
    diff = oakum("policy", "diff", "starter", str(tmp_path / "mine"))
    assert (diff.code, diff.out.decode().splitlines()[0]) == (1, "changed no-latest")
    failed = oakum("policy", "test", str(tmp_path / "mine"))
    assert failed.code == 1
    assert "no-latest: 1 passed, 1 FAILED" in failed.out.decode()
    assert "no-latest.yaml:14:5: test 2: expected breach, found pass" in failed.out.decode()


def test_a_typo_is_said_with_its_place_and_the_nearest_word(oakum: Oakum, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    good = "oakum: policy/1\nname: p\ntitle: t\nseverity: high\nwhen: fixable\nthen: {build: deny}\n"
    for wrong, said in (
        (good.replace("severity: high", "severity: hihg"), ":4:1: Invalid enum value 'hihg'\n  did you mean 'high'?"),
        (good.replace("when: fixable", "when: fixabel"), "no criterion is named 'fixabel'\n  did you mean 'fixable'?"),
        (good.replace("title:", "titel:"), ":3:1: no field is named 'titel'\n  did you mean 'title'?"),
        (good.replace("fixable", "{epss: {at_lest: 1}}"), "unknown field `at_lest`\n  epss takes: at_least"),
    ):
        path.write_text(wrong)
        ended = oakum("policy", "test", str(path))
        assert ended.code == 78
        assert said in ended.err
        assert ended.out.decode() == ""


def test_an_expression_is_held_to_its_grammar_and_denies_what_it_cannot_compute(oakum: Oakum, tmp_path: Path) -> None:
    path, record = tmp_path / "p.yaml", tmp_path / "d.oakum"
    head = "oakum: policy/1\nname: p\ntitle: t\nseverity: high\nunknown: allow\nthen: {build: deny}\n"
    path.write_text(f"{head}when: {{cel: {{expression: workloads == stage}}}}\n")
    refused = oakum("policy", "lint", str(path))
    assert refused.code == 78
    assert (
        f"{path}:7:8: cel: the expression does not compile: 1:1: undeclared reference to 'workloads'\n" in refused.err
    )
    path.write_text(f"{head}when: {{cel: {{expression: workload.name == stage}}}}\n")
    assert oakum("policy", "lint", str(path)).code == 1  # it has no tests
    (tmp_path / "root").mkdir()
    gate = oakum("gate", f"rootfs:{tmp_path}/root", "-p", str(path), "--record", str(record))
    assert gate.code == 1
    said = " ".join(gate.out.decode().split())
    assert "could not be computed: Applying SELECT to non-message type (not collected: workload)" in said
    replayed = oakum("decision", "replay", str(record))
    assert (replayed.code, "the same, byte by byte: deny" in replayed.out.decode()) == (0, True)


def test_lists_and_schemas_are_for_programs_as_well(oakum: Oakum) -> None:
    listed = json.loads(oakum("policy", "list", "strict", "-f", "json").out.decode())
    assert len(listed) > 40
    assert json.loads(oakum("policy", "schema").out.decode())["title"] == "Oakum policy/1"
    assert "name: no-latest" in oakum("policy", "show", "no-latest").out.decode()
    assert oakum("policy", "show", "nothing-of-this-name").code == 78
