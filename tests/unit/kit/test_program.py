import os

import pytest

from oakum.kit.errors import TryLaterError
from oakum.kit.program import MissingProgramError, found_program, run


def test_what_a_program_says_is_told_apart() -> None:
    ended = run(["sh", "-c", "echo out; echo 'no such thing' >&2; exit 3"], seconds=30)
    assert (ended.code, ended.output, ended.said) == (3, b"out\n", "no such thing")


def test_output_goes_to_a_file_where_one_is_given() -> None:
    descriptor = os.memfd_create("room")
    told: list[int] = []
    try:
        ended = run(["sh", "-c", "echo out; exec sleep 0.5"], seconds=30, into=descriptor, told=told.append)
        assert os.pread(descriptor, 9, 0) == b"out\n"
    finally:
        os.close(descriptor)
    assert (ended.code, ended.output) == (0, b"")
    assert told[-1] == 4


def test_a_program_knows_little_of_our_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OAKUM_REGISTRY_PASSWORD", "secret")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    names = {line.split(b"=")[0] for line in run(["env"], seconds=30, kept=["XDG_RUNTIME_DIR"]).output.splitlines()}
    assert b"XDG_RUNTIME_DIR" in names
    assert names <= {b"PATH", b"HOME", b"LANG", b"TMPDIR", b"XDG_RUNTIME_DIR"}


def test_it_has_no_input_and_words_are_no_shell() -> None:
    assert run(["cat"], seconds=30).output == b""
    assert run(["echo", "$HOME; ls `id`"], seconds=30).output == b"$HOME; ls `id`\n"


def test_one_that_does_not_end_is_ended_with_its_children() -> None:
    with pytest.raises(TryLaterError, match="in time"):
        run(["sh", "-c", "sleep 600 & sleep 600"], seconds=0.3)


def test_one_that_floods_us_is_ended() -> None:
    with pytest.raises(TryLaterError, match="more than"):
        run(["cat", "/dev/zero"], seconds=60, most=1 << 16)
    assert len(run(["sh", "-c", "head -c 200000 /dev/zero | tr '\\0' x >&2"], seconds=60).said) == 64 * 1024


def test_one_that_is_not_installed_is_named() -> None:
    with pytest.raises(MissingProgramError, match="no-such-program is not installed"):
        run(["no-such-program"], seconds=1)
    assert found_program("sh")
    assert not found_program("no-such-program")
