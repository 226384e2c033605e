"""Programs made by our own writer; while it was written, real ones of .NET 9 and 10 were read (Linux and Windows)."""

import json
import struct

import pytest

from oakum.facts.catalogers import dotnet_bundle as module
from oakum.facts.catalogers.dotnet_bundle import dotnet_bundle
from oakum.facts.dotnet_manifest import SIGNATURE
from oakum.facts.files import File, Files
from oakum.kit.errors import DamagedError, UnreadableError
from oakum.model.fact import Fact, Gap, Package
from oakum.testing import single_file as written
from oakum.testing.files import read
from oakum.testing.managed import managed_library
from oakum.testing.single_file import HOST, single_file

LIST = json.dumps(
    {
        "runtimeTarget": {"name": ".NETCoreApp,Version=v8.0/linux-x64"},
        "targets": {".NETCoreApp,Version=v8.0/linux-x64": {"App/1.0": {"dependencies": {"B": "2.0"}}}},
        "libraries": {"App/1.0": {"type": "project"}, "B/2.0": {"type": "package"}},
    }
).encode()
CARRIED = b'{"runtimeOptions": {"includedFrameworks": [{"name": "Microsoft.NETCore.App", "version": "8.0.1"}]}}'
LIBRARY = managed_library({"OriginalFilename": "B.dll", "ProductVersion": "2.0.0"})


def seen(data: bytes) -> list[Fact]:
    return read(dotnet_bundle, {"app/App": data})


def packages(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(one.name, one.version, one.guessed) for one in facts if isinstance(one, Package)]


def gaps(facts: list[Fact]) -> list[str]:
    return [one.what for one in facts if isinstance(one, Gap)]


@pytest.mark.parametrize("major", [1, 2, 6])
def test_the_list_inside_is_read_as_that_beside_a_program(major: int) -> None:
    facts = seen(single_file({"App.dll": LIBRARY, "App.deps.json": LIST, "nl/App.dll": b""}, major=major))
    assert packages(facts) == [("App", "1.0", ""), ("B", "2.0", "")]
    assert not gaps(facts)
    assert [one.depends for one in facts if isinstance(one, Package)] == [("B",), ()]
    assert {one.path for one in facts if isinstance(one, Package)} == {"app/App"}


def test_programs_for_windows_are_read_too() -> None:
    facts = seen(single_file({"App.deps.json": LIST}, host=b"MZ".ljust(300, b"\0")))
    assert packages(facts) == [("App", "1.0", ""), ("B", "2.0", "")]


def test_a_runtime_that_the_list_does_not_name_is_in_the_configuration() -> None:
    facts = seen(single_file({"App.deps.json": LIST, "App.runtimeconfig.json": CARRIED}))
    assert packages(facts)[2:] == [("Microsoft.NETCore.App.Runtime.linux-x64", "8.0.1", "")]
    named = LIST.replace(b'"B/2.0": {', b'"runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1": {')
    facts = seen(single_file({"App.deps.json": named, "App.runtimeconfig.json": CARRIED}, major=1))
    assert packages(facts)[1:] == [("Microsoft.NETCore.App.Runtime.linux-x64", "8.0.1", "")]


def test_without_a_list_the_libraries_are_guessed_at() -> None:
    files = {"B.dll": LIBRARY, "c.so": LIBRARY, "native.dll": b"MZ", "App.runtimeconfig.json": CARRIED}
    facts = seen(single_file(files, packed={"B.dll"}))
    assert packages(facts) == [("B", "2.0.0", "version resource")]
    system, missing, damaged = gaps(facts)
    assert system.startswith("carries Microsoft.NETCore.App 8.0.1")
    assert missing == "is a .NET program in one file and holds no list of its libraries"
    assert damaged.startswith("1 of the libraries inside cannot be read; the first is native.dll")


def test_a_list_that_cannot_be_read_is_a_gap() -> None:
    facts = seen(single_file({"App.deps.json": b"[1]", "App.runtimeconfig.json": b"no", "B.dll": LIBRARY}))
    assert packages(facts) == [("B", "2.0.0", "version resource")]
    configuration, missing = gaps(facts)
    assert configuration.startswith("its configuration cannot be read")
    assert "holds a list of its libraries that cannot be read (is JSON, but no object)" in missing


@pytest.mark.parametrize(
    "data",
    [
        single_file({}),
        HOST + struct.pack("<q", 3) + SIGNATURE + bytes(99),
        HOST + struct.pack("<q", -3) + SIGNATURE + bytes(99),
        HOST + struct.pack("<q", 2**40) + SIGNATURE,
        HOST + struct.pack("<q", len(HOST) + 38) + SIGNATURE,
        single_file({"App.deps.json": LIST}, count=0),
        b"\x7fELF" + SIGNATURE,
    ],
    ids=["nothing behind it", "no manifest", "before", "far", "too short", "no files", "no place"],
)
def test_what_only_knows_the_signature_is_none(data: bytes) -> None:
    assert seen(data) == []


def test_a_program_that_is_cut_off_is_a_gap() -> None:
    (gap,) = gaps(seen(single_file({"App.deps.json": LIST})[:200]))
    assert "cut off" in gap
    with pytest.raises(DamagedError, match="manifest is cut off"):
        seen(single_file({"App.deps.json": LIST})[:-2])


def test_a_form_that_is_not_known_is_a_gap() -> None:
    with pytest.raises(UnreadableError, match=r"not known \(7\.0\)"):
        seen(single_file({"App.deps.json": LIST}, major=6).replace(b"\6\0\0\0\0\0\0\0\1", b"\7\0\0\0\0\0\0\0\1"))


def test_all_libraries_that_are_guessed_at_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELD_BYTES", len(LIBRARY) + 1)
    facts = seen(single_file({"B.dll": LIBRARY, "C.dll": LIBRARY}))
    assert packages(facts) == [("B", "2.0.0", "version resource")]
    assert gaps(facts)[1].startswith("the libraries inside are larger")


def test_one_that_was_too_large_to_be_put_aside_is_a_gap() -> None:
    data = single_file({"App.deps.json": LIST})
    window = data[data.find(SIGNATURE) - 8 :]
    (gap,) = dotnet_bundle.read(Files({"programs": (File("app/App", 2**32, windows=(window,)),)}))
    assert isinstance(gap, Gap)
    assert "is larger" in gap.what


def test_the_writer_writes_the_signature_that_is_read() -> None:
    assert written.SIGNATURE == SIGNATURE
