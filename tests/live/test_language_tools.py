"""What the real tools of languages write is read: small packages that are made here, without a network."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

Release = tuple[str, str, str]
"""Type, name and version."""


def _run(folder: Path, *words: str, **more: str) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", **more}
    ended = subprocess.run(words, cwd=folder, env=environment, capture_output=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stdout.decode() + ended.stderr.decode()


def _write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def _releases(target: str, cache: Path) -> set[Release]:
    """What ``oakum sbom`` lists; nothing may be left unread."""
    environment = {**os.environ, "OAKUM_CACHE_DIR": str(cache / "oakum")}
    words = [sys.executable, "-m", "oakum", "sbom", target, "-f", "json"]
    report = json.loads(subprocess.run(words, env=environment, capture_output=True, timeout=120, check=True).stdout)
    assert not [gap for gap in report["gaps"] if gap["path"]]
    return {(one["type"], one["name"], one["version"]) for one in report["packages"]}


def _gem(name: str, version: str, more: str = "") -> str:
    return (
        f'Gem::Specification.new do |s|\n  s.name = "{name}"\n  s.version = "{version}"\n  s.summary = "x"\n'
        f'  s.authors = ["x"]\n  s.licenses = ["MIT"]\n  s.files = []\n  {more}\nend\n'
    )


@pytest.mark.live("ruby", "bundler")
def test_ruby(tmp_path: Path) -> None:
    needs = 's.add_dependency "base", ">= 1"'
    files = {"base.gemspec": _gem("base", "2.0.0"), "tool.gemspec": _gem("tool", "1.4.2.rc1", needs)}
    made = _write(tmp_path / "index" / "gems", files)
    for name in files:
        _run(made, "gem", "build", "-q", name)
    _run(tmp_path / "index", "gem", "generate_index")
    gems = [str(made / "base-2.0.0.gem"), str(made / "tool-1.4.2.rc1.gem")]
    _run(made, "gem", "install", "--local", "--no-document", "-i", str(tmp_path / "root/usr/lib/gems"), *gems)
    expected = {("gem", "base", "2.0.0"), ("gem", "tool", "1.4.2.rc1")}
    assert _releases(f"rootfs:{tmp_path}/root", tmp_path) == expected
    gemfile = f'source "file://{tmp_path}/index"\ngem "tool", "1.4.2.rc1"\n'
    tree = _write(tmp_path / "tree", {"Gemfile": gemfile})
    _run(tree, "bundle", "lock")
    assert _releases(f"dir:{tree}", tmp_path) == expected


@pytest.mark.live("composer")
def test_php(tmp_path: Path) -> None:
    path = {"type": "path", "url": "made/*", "options": {"symlink": False}}
    project = {"name": "acme/app", "repositories": [{"packagist": False}, path], "require": {"acme/tool": "^1.0"}}
    tool = {"name": "acme/tool", "version": "1.4.2", "license": "MIT", "require": {"acme/base": "*"}}
    base = {"name": "acme/base", "version": "v2.0.0", "license": ["MIT", "ISC"]}
    made = {"made/tool/composer.json": json.dumps(tool), "made/base/composer.json": json.dumps(base)}
    tree = _write(tmp_path / "tree", {"composer.json": json.dumps(project), **made})
    _run(tree, "composer", "install", "--no-interaction", COMPOSER_ALLOW_SUPERUSER="1")
    expected = {("composer", "acme/tool", "1.4.2"), ("composer", "acme/base", "v2.0.0")}
    assert _releases(f"rootfs:{tree}", tmp_path) == expected
    (tree / "vendor/composer/installed.json").unlink()
    assert _releases(f"rootfs:{tree}", tmp_path) == set()
    assert _releases(f"dir:{tree}", tmp_path) == expected


@pytest.mark.live("rebar3")
def test_erlang(tmp_path: Path) -> None:
    keys = '[{vsn,"1.4.2"},{registered,[]},{applications,[kernel]},{env,[{a,#{b => <<"c">>}}]}]'
    tree = _write(
        tmp_path / "tree", {"rebar.config": "{deps, []}.\n", "src/acme.app.src": f"{{application,acme,{keys}}}."}
    )
    _run(tree, "rebar3", "compile")
    assert _releases(f"rootfs:{tree}", tmp_path) == {("hex", "acme", "1.4.2")}


@pytest.mark.live("luarocks")
def test_lua(tmp_path: Path) -> None:
    specification = (
        'package = "acme"\nversion = "1.2-1"\nsource = { url = "git://example.com/acme" }\n'
        'description = {\n   license = "MIT"\n}\nbuild = { type = "builtin", modules = { acme = "acme.lua" } }\n'
    )
    tree = _write(tmp_path / "tree", {"acme-1.2-1.rockspec": specification, "acme.lua": "return {}\n"})
    _run(tree, "luarocks", "--tree", str(tmp_path / "root"), "make")
    assert _releases(f"rootfs:{tmp_path}/root", tmp_path) == {("luarocks", "acme", "1.2-1")}


@pytest.mark.live("make")
def test_perl(tmp_path: Path) -> None:
    make = 'use ExtUtils::MakeMaker; WriteMakefile(NAME => "Acme::Tool", VERSION_FROM => "lib/Acme/Tool.pm");\n'
    module = 'package Acme::Tool;\nour $VERSION = "1.05";\n1;\n'
    tree = _write(tmp_path / "tree", {"Makefile.PL": make, "lib/Acme/Tool.pm": module})
    _run(tree, "perl", "Makefile.PL", f"INSTALL_BASE={tmp_path}/root")
    _run(tree, "make", "install")
    assert _releases(f"rootfs:{tmp_path}/root", tmp_path) == {("cpan", "Acme-Tool", "1.05")}


@pytest.mark.live("r")
def test_r(tmp_path: Path) -> None:
    fields = {
        "Package": "acmer",
        "Version": "0.3-1",
        "Title": "X",
        "Description": "X.",
        "License": "MIT",
        "Author": "X",
    }
    description = "".join(f"{key}: {value}\n" for key, value in fields.items()) + "Maintainer: X <x@example.com>\n"
    files = {"DESCRIPTION": description, "NAMESPACE": "export(a)\n", "R/a.R": "a <- function() 1\n"}
    tree = _write(tmp_path / "acmer", files)
    (tmp_path / "root").mkdir()
    _run(tmp_path, "R", "CMD", "INSTALL", "-l", str(tmp_path / "root"), str(tree))
    assert _releases(f"rootfs:{tmp_path}/root", tmp_path) == {("cran", "acmer", "0.3-1")}
    assert _releases(f"dir:{tree}", tmp_path) == set()
