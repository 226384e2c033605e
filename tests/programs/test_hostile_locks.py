"""Lock files made to do harm, through the whole command in bounded memory."""

import json
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oakum.effects.format import FORMATS

Oakum = Callable[..., Any]

_MEMORY = 2 << 30


def bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def circle(size: int) -> bytes:
    """Packages each of which needs the next one, and the last the first."""
    packages: dict[str, object] = {"": {"name": "app", "version": "1.0.0"}}
    for number in range(size):
        following = {f"p{(number + 1) % size}": "^1.0.0"}
        packages[f"node_modules/p{number}"] = {"version": "1.0.0", "dependencies": following}
    return json.dumps({"name": "app", "lockfileVersion": 3, "packages": packages}).encode()


@pytest.mark.parametrize(("form", "size"), [("json", 1), *((name.replace("_", "-"), 3000) for name in FORMATS.ids())])
def test_packages_that_need_each_other_in_a_circle_are_read_and_written(
    tmp_path: Path, oakum: Oakum, form: str, size: int
) -> None:
    (tmp_path / "package-lock.json").write_bytes(circle(size))
    ended = oakum("sbom", "-f", form, f"dir:{tmp_path}", before=bounded)
    assert ended.code == 0, ended.err
    assert ended.out


HARM = {
    "package-lock.json": b'{"lockfileVersion": 1, "dependencies": ' + b'{"a": {"version": "1", "dependencies": ' * 5000,
    "yarn.lock": b'"' + b"a" * 5_000_000 + b'@1":\n  version "1"\n',
    "pnpm-lock.yaml": b"a: &a [x]\n" + b"b: [*a, *a, *a, *a]\n" * 1000,
    "Cargo.lock": b"[" + b"a." * 200_000 + b"b]\n",
    "poetry.lock": b'[[package]]\nname = "' + b"a" * 7_000_000 + b'"\nversion = "1"\n',
    "composer.lock": b'{"packages": [' + b'{"name": "a/b", "version": "1"},' * 400_000 + b"{}]}",
    "pom.xml": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><project>&b;</project>',
    "packages.config": b"<packages>" + b"<package/>" * 1_100_000 + b"</packages>",
    "mix.lock": b"%{" + b'"a": {:hex, ' * 100_000,
    "Gemfile.lock": b"GEM\n  specs:\n" + b"    " + b"a" * 5_000_000 + b" (1)\n",
}


@pytest.mark.parametrize("name", sorted(HARM))
def test_a_lock_file_that_is_made_to_do_harm_is_a_gap_in_bounded_memory(
    tmp_path: Path, oakum: Oakum, name: str
) -> None:
    (tmp_path / name).write_bytes(HARM[name])
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "package-lock.json").write_bytes(circle(2))
    ended = oakum("sbom", "-f", "json", f"dir:{tmp_path}", before=bounded)
    assert ended.code == 0, ended.err
    assert {gap["path"] for gap in ended.document["gaps"] if gap["kind"] in {"limit", "unreadable-file"}} == {name}
    assert {"pkg:npm/p0@1.0.0", "pkg:npm/p1@1.0.0"} <= ended.packages()
