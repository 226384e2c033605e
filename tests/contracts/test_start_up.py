"""What a start may import: every module costs its user time, each time."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

RUN = """
import json, sys
from oakum.__main__ import answer
report, sys.argv = int(sys.argv[1]), ["oakum", *sys.argv[2:]]
try:
    answer()
except SystemExit as ended:
    assert not ended.code, ended.code
finally:
    with open(report, "w") as file:
        json.dump(sorted(sys.modules), file)
"""

BARE = "import json, sys; before = sorted(sys.modules); json.dump(before, sys.stdout)"

HEAVY = (
    "asyncio backports cvss dataclasses email http importlib.metadata logging packaging pathlib pydantic rich"
    " sqlite3 ssl tomllib unittest urllib xml zipfile"
)
"""Nobody on the scan path pays for these; ``backports`` alone has a use there (zstd), see below."""


def modules(words: Sequence[str], cache: str) -> set[str]:
    """What is imported once a command has ended."""
    read_end, write_end = os.pipe()
    command = [sys.executable, "-c", RUN, str(write_end), *words]
    environment = {**os.environ, "OAKUM_CACHE_DIR": cache, "PYTHONWARNINGS": "ignore"}
    with open(read_end, encoding="utf-8") as report:
        try:
            subprocess.run(command, env=environment, pass_fds=[write_end], check=True, capture_output=True, timeout=60)
        finally:
            os.close(write_end)
        return set(json.load(report))


def named(found: set[str], words: str) -> set[str]:
    """Those of the words that were imported, whole or in part."""
    return {word for word in words.split() if any(name == word or name.startswith(word + ".") for name in found)}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small Debian with one package."""
    folder = tmp_path_factory.mktemp("root")
    (folder / "etc").mkdir()
    (folder / "etc" / "os-release").write_text('ID=debian\nVERSION_ID="12"\n')
    (folder / "var" / "lib" / "dpkg").mkdir(parents=True)
    status = (
        "Package: zlib1g\nStatus: install ok installed\nArchitecture: amd64\nSource: zlib\nVersion: 1:1.2.13.dfsg-1\n"
    )
    (folder / "var" / "lib" / "dpkg" / "status").write_text(status)
    return str(folder)


def test_the_version_is_answered_before_anything_is_imported(cache: str) -> None:
    plain = subprocess.run([sys.executable, "-c", BARE], check=True, capture_output=True)
    own = {name for name in modules(["--version"], cache) - set(json.loads(plain.stdout)) if "json" not in name}
    assert {name for name in own if name.startswith("oakum")} == {"oakum", "oakum.__main__"}
    assert not named(own, "click msgspec apsw re typing subprocess")


@pytest.mark.parametrize("words", [["scan", "--help"], ["sbom", "--help"], ["explain", "--help"]])
def test_help_imports_click_alone(words: list[str], cache: str) -> None:
    found = modules(words, cache)
    assert "click" in found
    assert not named(found, f"msgspec apsw subprocess socket hashlib {HEAVY}")
    assert not named(found, "oakum.flows oakum.model oakum.adapters")


def test_a_scan_imports_what_it_uses(cache: str, root: str) -> None:
    scan = ["scan", f"rootfs:{root}", "-f", "table", "-o", os.devnull]
    modules(scan, cache)
    found = modules(scan, cache)
    assert {"apsw", "click", "msgspec"} <= found
    assert named(found, HEAVY) <= {"backports"}
    assert {name for name in found if name.startswith("backports.")} <= {
        "backports.zstd",
        "backports.zstd._streams",
        "backports.zstd._zstd",
        "backports.zstd._zstdfile",
    }


def test_a_scan_loads_no_cataloger_and_only_the_format_asked_for(cache: str, root: str) -> None:
    scan = ["scan", f"rootfs:{root}", "-f", "table", "-o", os.devnull]
    found = modules(scan, cache)
    assert not {name for name in found if name.startswith("oakum.facts.catalogers.")}
    assert {name for name in found if name.startswith("oakum.effects.formats.")} == {"oakum.effects.formats.table"}


def test_the_parser_imports_no_database_no_command_line_and_no_network() -> None:
    code = "import json, sys, oakum.apps.parser; json.dump(sorted(sys.modules), sys.stdout)"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    found = set(json.loads(ran.stdout))
    assert not named(found, "apsw click http ssl socket subprocess urllib cvss")
    assert named(found, HEAVY) <= {"backports"}
    assert not {name for name in found if name.startswith(("oakum.adapters", "oakum.apps.cli", "oakum.effects"))}
