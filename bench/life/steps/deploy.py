"""4. What was refused does not run, whatever it is called; what passed does."""

import http.client
import json
import ssl
import subprocess
from typing import Any

from bench.life.console import expect, need, wait_for
from bench.life.world import World, free_port, listens


def deploy(world: World) -> str:
    """The engine and the admission endpoint refuse by the same decision, also after ``docker tag`` and privileged."""
    wait_for(lambda: "severe-and-fixable" in _refusal(world, "shop:1"), "the engine refuses shop:1 by its policy")
    expect(world.docker("tag", "shop:1", "innocent:7"), 0, "docker tag")
    for name in ("shop:1", "innocent:7"):
        said = _refusal(world, name)
        need(
            "severe-and-fixable" in said and "decision sha256:" in said, f"{name} is refused with policy and id: {said}"
        )
    said = _refusal(world, "shop:2", "--privileged")
    need("no-privileged-containers" in said, f"privileged is refused: {said}")
    words = ("run", "-d", "--name", "shop", "--network", "host", "--init", "shop:2")
    world.known["container"] = expect(world.docker(*words), 0, "docker run of shop:2").strip()
    allowed = {name: _reviewed(world, world.known[name]) for name in ("bad", "good")}
    need(allowed == {"bad": False, "good": True}, f"the webhook decides as the engine does: {allowed}")
    return "shop:1, innocent:7 and --privileged refused; shop:2 runs; the webhook says the same of a Pod"


def _refusal(world: World, image: str, *more: str) -> str:
    ended = world.docker("run", "--rm", "--network", "none", *more, image, "/bin/true")
    need(ended.returncode != 0, f"docker run {image} {' '.join(more)}: the engine let it start")
    need(
        "authorization denied by plugin" in ended.stderr,
        f"the engine could not ask oakum: {' '.join(ended.stderr.split())[:300]}",
    )
    return ended.stderr


def _reviewed(world: World, image: str) -> bool:
    if "webhook" not in world.known:
        start_webhook(world)
    context = ssl.create_default_context(cafile=f"{world.home}/c.pem")
    connection = http.client.HTTPSConnection("localhost", int(world.known["webhook"]), timeout=30, context=context)
    spec: dict[str, Any] = {"containers": [{"name": "shop", "image": f"shop@{image}"}]}
    request = {"uid": "u", "kind": {"kind": "Pod"}, "operation": "CREATE", "object": {"spec": spec}}
    connection.request("POST", "/review", json.dumps({"request": request}), {"content-type": "application/json"})
    return bool(json.loads(connection.getresponse().read())["response"]["allowed"])


def start_webhook(world: World) -> None:
    """The admission endpoint over TLS, from the same snapshot."""
    certificate = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    certificate += ["-keyout", "k.pem", "-out", "c.pem", "-days", "2", "-subj", "/CN=localhost"]
    certificate += ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(certificate, cwd=world.home, check=True, capture_output=True)
    port = free_port()
    words = ("--snapshot", f"{world.state}/snapshot", "--port", str(port))
    world.start_oakum(
        "webhook", "webhook", *words, "--certificate", f"{world.home}/c.pem", "--key", f"{world.home}/k.pem"
    )
    world.wait("webhook", lambda: listens(port), "the webhook listens")
    world.known["webhook"] = str(port)
