import ctypes

import pytest

from oakum.kit.errors import TryLaterError
from oakum.sources.kernel import libbpf, probe
from oakum.sources.kernel.probe import PARTS, Sight, check_host, sentences


def test_what_is_seen_is_said_with_what_is_not() -> None:
    seen, blind = sentences([Sight("exit", works=True), Sight("connect", works=False, why="nothing is mounted")])
    assert seen == f"sees exit: {PARTS['exit'].sees}; not: {PARTS['exit'].misses}"
    assert blind == "blind for connect: nothing is mounted"


def test_a_clone_without_the_object_says_how_to_build_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "OBJECT", "/nowhere/sensor.bpf.o")
    with pytest.raises(TryLaterError, match="was not built") as raised:
        check_host()
    assert "make sensor" in raised.value.hint


def test_a_kernel_without_types_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "OBJECT", __file__)
    monkeypatch.setattr(probe, "_TYPES", "/nowhere/vmlinux")
    with pytest.raises(TryLaterError, match="does not describe its types"):
        check_host()


def test_a_machine_without_libbpf_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str, **options: bool) -> object:
        assert options
        raise OSError(f"{name}: cannot open")

    monkeypatch.setattr(ctypes, "CDLL", nothing)
    with pytest.raises(TryLaterError, match="not installed") as raised:
        libbpf.Library()
    assert "libbpf1" in raised.value.hint
