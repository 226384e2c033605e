"""7. A new advisory names the running container that is affected, and people are told."""

import hashlib
import hmac
import http.server
import json
import threading
import time
from typing import Any

from bench.life.console import FailedError, expect, need, oakum, wait_for
from bench.life.parts import LIBRARY, NEW, write_new_advisory
from bench.life.world import World

KILLS = 10
"""Of the worker, at most, while it storms."""

_SECRET = "a-key-of-the-story"  # noqa: S105 - of the story


def learn(world: World) -> str:
    """Stored facts are judged anew; the notice survives a dead receiver and a restart, and comes with one key."""
    receiver = Receiver()
    hook = {"name": "hook", "notifier": "webhook", "url": receiver.url("/hook"), "secret": _SECRET}
    slack = {"name": "slack", "notifier": "slack", "url": receiver.url("/slack")}
    world.ask().send("PUT", "/receivers", [hook, slack])
    try:
        write_new_advisory(world)
    except OSError as error:
        raise FailedError(f"the folder of advisories is gone: {error}") from None
    expect(oakum("db", "update", "--from", world.advisories, **world.environment), 0, "oakum db update")
    began = time.time()
    wait_for(lambda: _named(world), "the affected container is named")
    took = time.time() - began
    wait_for(lambda: world.ask().get("/deliveries?state=waiting"), "the notice waits for its receiver")
    receiver.start()
    posts = wait_for(lambda: receiver.about(NEW, 2), "the notice reaches both receivers", 90)
    receiver.stop()
    again = len(posts) - len({(one["path"], one["key"]) for one in posts})
    need(again <= (KILLS if world.patient else 0), f"no more came twice than was in flight: {again}")
    hooked = next(one for one in posts if one["path"] == "/hook")
    _check_signature(hooked)
    need(
        any("blocks" in json.loads(one["body"]) for one in posts if one["path"] == "/slack"), "Slack's form has blocks"
    )
    return f"{NEW} names {world.known['container'][:12]} in {took:.2f} s; both receivers told, key {hooked['key'][:16]}"


def _named(world: World) -> bool:
    found = world.ask().get(f"/affected?cve={NEW}")["affected"]
    return any(world.known["container"] in one["containers"] and one["fixed_versions"] == ["2.1"] for one in found)


def _check_signature(post: dict[str, Any]) -> None:
    parts = dict(part.split("=", 1) for part in post["signature"].split(","))
    signed = f"{parts['t']}.".encode() + post["body"]
    need(hmac.new(_SECRET.encode(), signed, hashlib.sha256).hexdigest() == parts["v1"], "the webhook's signature holds")
    need(LIBRARY in post["body"].decode(), f"the notice names {LIBRARY}")


class Receiver:
    """Receives notices once it is started; before that its port is closed."""

    def __init__(self) -> None:
        """Find a port."""
        from bench.life.world import free_port  # noqa: PLC0415 - only here

        self._port, self.posts = free_port(), []  # type: ignore[var-annotated]

    def url(self, path: str) -> str:
        """Where it will listen."""
        return f"http://127.0.0.1:{self._port}{path}"

    def about(self, word: str, least: int) -> list[dict[str, Any]]:
        """The posts that say a word, when there are enough of them."""
        found = [one for one in self.posts if word.encode() in one["body"]]
        return found if len({one["path"] for one in found}) >= least else []

    def start(self) -> None:
        """Listen."""
        posts = self.posts

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                key, signature = self.headers.get("Idempotency-Key", ""), self.headers.get("X-Oakum-Signature", "")
                posts.append({"path": self.path, "body": body, "key": key, "signature": signature})
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *words: object) -> None:
                """Nothing is said."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Listen no longer."""
        self._server.shutdown()
        self._server.server_close()
