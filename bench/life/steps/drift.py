"""6. A container that differs from its image is an incident within a second, with its cause."""

import http.server
import threading
import time
from typing import Any, Final

from bench.life.console import expect, need, wait_for
from bench.life.world import World

_TOOL: Final = b"#!/bin/sh\nexec /bin/sleep 300\n"
_SECOND: Final = 1.0
_TMP: Final = "/tmp"  # noqa: S108 - in a container of the story
TOOL_PATH: Final = f"{_TMP}/tool"
SLEEP_PATH: Final = f"{_TMP}/sleep"
DEB_PATH: Final = f"{_TMP}/shop-tool.deb"


def drift(world: World) -> str:
    """A downloaded program and an installed package are named with the start that caused it; pause and kill act."""
    shop = world.known["container"]
    with _Download(_TOOL) as port:
        fetch = (
            f"busybox wget -q -O {TOOL_PATH} http://127.0.0.1:{port}/tool && chmod 755 {TOOL_PATH} && exec {TOOL_PATH}"
        )
        began = time.time()
        expect(world.docker("exec", "-d", shop, "/bin/sh", "-c", fetch), 0, "docker exec")
        incident = wait_for(lambda: _incident(world, shop, TOOL_PATH), f"an incident names {TOOL_PATH}")
        took = time.time() - began
    need(incident["cause"] and incident["command"], f"it names the start that caused it: {incident}")
    package = _install(world, shop)
    paused, killed = (_answered(world, answer) for answer in ("pause", "kill"))
    need(took < _SECOND + 1 or world.patient, f"the incident came within {took:.1f} s")
    world.known["incident"] = incident["id"]
    return f"{TOOL_PATH} in {took:.2f} s: {incident['cause'][:60]}; {package}; {paused}; {killed}"


def _install(world: World, shop: str) -> str:
    """``dpkg -i`` in the container; the incident names the package."""
    expect(world.docker("cp", f"{world.home}/shop-tool_1.0.deb", f"{shop}:{DEB_PATH}"), 0, "docker cp")
    expect(world.docker("exec", "-u", "0", shop, "/usr/bin/dpkg", "-i", DEB_PATH), 0, "dpkg -i")
    wait_for(lambda: _package(world, shop), "an incident names the installed package")
    return "shop-tool 1.0 installed is named"


def _answered(world: World, answer: str) -> str:
    """A container whose policy answers with pause or kill."""
    words = ("run", "-d", "--label", f"response={answer}", "--name", answer, "--network", "none", "--init", "shop:2")
    id_ = expect(world.docker(*words), 0, "docker run").strip()
    wait_for(lambda: world.docker("exec", id_, "/bin/true").returncode == 0, "the container runs its own programs")
    tool = (
        f"printf '#!/bin/sh\\nexec /bin/sleep 300\\n' > {TOOL_PATH}; cp /bin/sleep {SLEEP_PATH}; exec {SLEEP_PATH} 300"
    )
    ended = world.docker("exec", "-d" if answer == "pause" else "-i", id_, "/bin/sh", "-c", tool)
    if answer == "kill":
        need(ended.returncode == 128 + 9, f"what is not of the image is killed: it ended with {ended.returncode}")
    else:
        wait_for(lambda: _state(world, id_) == "paused", "the container is paused")
    found = wait_for(lambda: _incident(world, id_, SLEEP_PATH), f"an incident says {answer}")
    need(found["response"] == answer, f"the incident says what was done: {found['response']}")
    if answer == "pause":
        expect(world.docker("unpause", id_), 0, "docker unpause")
    expect(world.docker("rm", "-f", id_), 0, "docker rm")
    return f"{answer}: done"


def _incident(world: World, container: str, path: str) -> Any:  # noqa: ANN401 - JSON
    for one in world.ask().get(f"/incidents?container={container}")["items"]:
        if one["kind"] == "drift" and any(change["path"] == path for change in one["changes"]):
            return one
    return None


def _package(world: World, container: str) -> bool:
    every = world.ask().get(f"/incidents?container={container}")["items"]
    return any("shop-tool" in change["package"] for one in every for change in one["changes"])


def _state(world: World, id_: str) -> str:
    return world.docker("inspect", "-f", "{{.State.Status}}", id_).stdout.strip()


class _Download:
    """Serves one file on this machine; a context that gives the port."""

    def __init__(self, data: bytes) -> None:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *words: object) -> None:
                """Nothing is said."""

        self._server = http.server.HTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self) -> int:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return int(self._server.server_address[1])

    def __exit__(self, *words: object) -> None:
        self._server.shutdown()
        self._server.server_close()
