import os
from collections.abc import Iterator

import pytest

from oakum.kit import frames
from oakum.kit.errors import DamagedError, LimitError

Pipe = tuple[int, int]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    out, into = os.pipe()
    with os.fdopen(out, "rb"), os.fdopen(into, "wb") as writer:
        yield out, into
        del writer


def test_messages_come_as_they_were_sent(pipe: Pipe) -> None:
    for message in (b"one", b"", b"x" * 5000):
        frames.send(pipe[1], message)
        assert frames.receive(pipe[0]) == message


@pytest.mark.parametrize(
    ("said", "error"), [(b"\0\0\0\5half", DamagedError), (b"\0\0", DamagedError), (b"\xff" * 4, LimitError)]
)
def test_half_a_message_and_one_too_large_are_errors(said: bytes, error: type[Exception]) -> None:
    out, into = os.pipe()
    os.write(into, said)
    os.close(into)
    with pytest.raises(error):
        frames.receive(out)
    os.close(out)


def test_the_end_is_none() -> None:
    out, into = os.pipe()
    os.close(into)
    assert frames.receive(out) is None
    os.close(out)


def test_what_waits_may_end_the_reading(pipe: Pipe) -> None:
    os.write(pipe[1], b"\0\0\0\5ha")
    turns = iter([None, None, TimeoutError()])

    def wait() -> None:
        if (error := next(turns)) is not None:
            raise error

    with pytest.raises(TimeoutError):
        frames.receive(pipe[0], wait)


def test_a_message_too_large_is_not_sent(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "MESSAGE_BYTES", 3)
    with pytest.raises(LimitError):
        frames.send(pipe[1], b"four")
