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


OUTSIDE = (
    "__future__ annotationlib apsw ast backports click collections contextlib copyreg ctypes datetime decimal difflib"
    " dis enum errno fcntl functools gc gettext hashlib heapq importlib inspect isal itertools json keyword linecache"
    " locale math mmap msgspec numbers opcode operator platform queue re reprlib select signal string struct textwrap"
    " threading time token tokenize types typing unicodedata uuid warnings weakref zlib"
)
"""What a scan may import of the standard library and of packages, whoever imports it: by first names, without those
that begin with an underscore, which are the business of the interpreter."""

FOR_THE_REQUEST = (
    "oakum oakum.__main__ oakum.adapters oakum.adapters.parser_process oakum.adapters.sqlite"
    " oakum.adapters.sqlite.facts oakum.adapters.vouched oakum.apps oakum.apps.cli oakum.apps.cli.commands"
    " oakum.apps.cli.commands.sbom oakum.apps.cli.group oakum.apps.cli.output oakum.apps.cli.registry_options"
    " oakum.apps.cli.scan_ports oakum.apps.cli.scanning oakum.apps.early oakum.apps.folders oakum.apps.settings"
    " oakum.apps.toml_file"
    " oakum.apps.wiring oakum.effects oakum.effects.formats oakum.facts oakum.facts.cataloger oakum.facts.files"
    " oakum.flows oakum.flows.check_reading oakum.flows.choose_target oakum.flows.find_engine_image"
    " oakum.flows.find_target oakum.flows.scan_image oakum.flows.scan_platforms oakum.flows.take_inventory oakum.intel"
    " oakum.kit oakum.kit.decoding oakum.kit.errors oakum.kit.frames oakum.kit.journal oakum.kit.lean"
    " oakum.kit.limits oakum.kit.plugin oakum.kit.process oakum.kit.watched oakum.model oakum.model.advisory"
    " oakum.model.artifact"
    " oakum.model.confinement oakum.model.cve oakum.model.decision oakum.model.fact oakum.model.finding"
    " oakum.model.gaps oakum.model.inventory oakum.model.layer_facts oakum.model.reading oakum.model.report"
    " oakum.model.severity oakum.model.waiver oakum.ports oakum.ports.advisories oakum.ports.clock oakum.ports.engines"
    " oakum.ports.facts oakum.ports.parsers oakum.ports.registries oakum.sources oakum.sources.identity"
    " oakum.sources.image_name oakum.sources.layout_places oakum.sources.opener oakum.sources.reference"
    " oakum.sources.sbom_signs"
)
"""What the parent may have imported when it tells the parser what to read: until then nothing is read."""

FOR_READING = (
    "oakum oakum.apps oakum.apps.parser oakum.facts oakum.facts.cataloger oakum.facts.catalogers oakum.facts.elf"
    " oakum.facts.engine oakum.facts.files oakum.facts.markers oakum.facts.notes oakum.facts.patterns"
    " oakum.facts.pe_data oakum.facts.sections oakum.facts.sought oakum.facts.spill oakum.flows"
    " oakum.flows.read_artifact oakum.flows.read_single oakum.flows.read_streamed oakum.flows.unpack_target"
    " oakum.kit oakum.kit.archive oakum.kit.archive.ahead"
    " oakum.kit.archive.blob oakum.kit.archive.fed oakum.kit.archive.folder oakum.kit.archive.single"
    " oakum.kit.archive.tar oakum.kit.archive.tar_header oakum.kit.archive.unpack oakum.kit.archive.unpack_file"
    " oakum.kit.archive.walker oakum.kit.archive.zstd oakum.kit.confine oakum.kit.crew oakum.kit.errors oakum.kit.feed"
    " oakum.kit.frames oakum.kit.journal oakum.kit.landlock oakum.kit.lean oakum.kit.limits oakum.kit.plugin"
    " oakum.kit.seccomp oakum.kit.syscalls oakum.model oakum.model.artifact oakum.model.confinement oakum.model.fact"
    " oakum.model.gaps oakum.model.layer_facts oakum.model.reading oakum.sources oakum.sources.image_spec"
    " oakum.sources.opener"
)
"""What the parser may have imported when it waits for its work."""

READY_TO_ASK = """
import json, sys
import oakum.__main__, oakum.apps.early, oakum.apps.cli.group, oakum.apps.cli.commands.sbom, oakum.apps.cli.scanning
from oakum.apps import wiring
wiring.reading_ports(cached=False, progress=str, say=str, asked=tuple).parser.close()
json.dump(sorted(sys.modules), sys.stdout)
"""

READY_TO_READ = """
import json, sys
import oakum.apps.parser
from oakum.flows.read_artifact import plugins
plugins()
json.dump(sorted(sys.modules), sys.stdout)
"""


def imported(code: str) -> set[str]:
    """What a piece of code imports beyond a bare interpreter."""
    bare, whole = (
        set(json.loads(subprocess.run([sys.executable, "-c", one], check=True, capture_output=True).stdout))
        for one in (BARE, code)
    )
    return whole - bare


def outside(found: set[str]) -> set[str]:
    """The first names of what is not ours, without the interpreter's own."""
    return {name.split(".")[0] for name in found if not name.startswith(("_", "oakum"))}


@pytest.mark.parametrize(("code", "allowed"), [(READY_TO_ASK, FOR_THE_REQUEST), (READY_TO_READ, FOR_READING)])
def test_until_the_reading_begins_nothing_is_imported_that_is_not_allowed(code: str, allowed: str) -> None:
    found = imported(code)
    assert {name for name in found if name.startswith("oakum")} - set(allowed.split()) == set()
    assert outside(found) - set(OUTSIDE.split()) == set()


def test_a_whole_scan_imports_nothing_from_outside_that_is_not_allowed(cache: str, root: str) -> None:
    scan = ["scan", f"rootfs:{root}", "-f", "json", "-o", os.devnull]
    modules(scan, cache)
    bare = set(json.loads(subprocess.run([sys.executable, "-c", BARE], check=True, capture_output=True).stdout))
    assert outside(modules(scan, cache) - bare) - set(OUTSIDE.split()) == set()


@pytest.mark.parametrize("code", [READY_TO_ASK, READY_TO_READ])
def test_no_scan_loads_what_msgspec_does_without(code: str) -> None:
    assert "typing_extensions" not in imported(code)
