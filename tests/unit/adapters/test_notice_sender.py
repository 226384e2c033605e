"""Receivers that misbehave: who hangs, who never ends, who sends elsewhere."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from oakum.adapters.notice_sender import NoticeSender
from oakum.kit.errors import TryLaterError


@contextmanager
def receiver(behave: Callable[[socket.socket], None]) -> Iterator[str]:
    """Takes one connection after another, and behaves so."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, suppress(OSError):
                    connection.recv(65_536)
                    behave(connection)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        listener.close()


def post(url: str, seconds: float = 1) -> int:
    async def once() -> int:
        sender = NoticeSender(seconds)
        try:
            return await sender.post(url, {"Idempotency-Key": "k"}, b"{}")
        finally:
            await sender.close()

    return asyncio.run(once())


def hang(connection: socket.socket) -> None:
    time.sleep(5)
    connection.close()


def drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"1\r\nx\r\n")
        time.sleep(0.05)


def flood(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")


def elsewhere(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")


def nonsense(connection: socket.socket) -> None:
    connection.sendall(b"\xff\xfe" * 1_000)


@pytest.mark.parametrize("behave", [hang, drip, nonsense])
def test_who_does_not_answer_properly_is_to_be_tried_later(behave: Callable[[socket.socket], None]) -> None:
    with receiver(behave) as url, pytest.raises(TryLaterError):
        post(url)


def test_an_answer_without_end_is_cut_and_counts_by_its_status() -> None:
    with receiver(flood) as url:
        assert post(url, 20) == 200


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    with receiver(elsewhere) as url:
        assert post(url) == 302


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://[", "https://127.0.0.1:1/", "http://nowhere.invalid/"])
def test_who_is_not_there_is_to_be_tried_later(url: str) -> None:
    with pytest.raises(TryLaterError):
        post(url)
