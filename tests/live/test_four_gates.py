"""One policy, one answer: command line, API, engine and webhook are asked the same 200 questions, each at its door."""

import http.client
import io
import json
import os
import ssl
import tarfile
import tempfile
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest
from bench.life.console import expect, oakum, wait_for
from bench.life.steps.deploy import start_webhook
from bench.life.steps.serve import serve
from bench.life.world import World

from oakum.apps import wiring
from oakum.flows.take_inventory import take_inventory
from oakum.kit.archive import zstd
from oakum.kit.unix_http import UnixConnection
from oakum.model.api import GateQuestion
from oakum.model.fetching import RegistryAsked

pytestmark = pytest.mark.live("dockerd", "docker-registry", "busybox", "dpkg", "openssl", "sensor")

CONDITIONS = (
    "all: [{severity: {at_least: high}}, fixable]",
    "severity: {at_least: low}",
    "package: {name: 'shop*'}",
    "runs_as_root",
    "exploited",
    "not: runs_as_root",
    "any: [{package: {name: urllib3}}, runs_as_root]",
    "all: [{package: {name: idna}}, {package: {type: pypi, name: '*'}}]",
    "vulnerability: {ids: [CVE-2023-43804]}",
    "all: [runs_as_root, {not: {package: {name: urllib3}}}]",
)
PACKAGES = (("urllib3", "1.26.5"), ("urllib3", "2.9.9"), ("shop-library", "2.0"), ("idna", "3.7"), ("other", "1"))
IMAGES = [(package, user, more) for package in PACKAGES for user in ("", "1000") for more in ("", "shop-tool")]


def policy(condition: str) -> str:
    head = "oakum: policy/1\nname: asked\ntitle: asked\nseverity: high\n"
    key, colon, rest = condition.partition(": ")
    when = f"when:\n  {key}: {rest}\n" if colon else f"when: {condition}\n"
    return f"{head}{when}then: {{build: deny, deploy: deny}}\n"


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="oakum-gates-", dir="/tmp", ignore_cleanup_errors=True) as home:
        made = World(home)
        try:
            serve(made)
            start_webhook(made)
            yield made
        finally:
            made.end()


def test_four_doors_give_one_answer_to_each_of_two_hundred_questions(world: World) -> None:
    images = [_imported(world, number, *image) for number, image in enumerate(IMAGES)]
    questions = [_question(world, id_) for id_ in images]
    answers: set[tuple[str, bool]] = set()
    for condition in CONDITIONS:
        world.ask().send("PUT", "/policies", {"text": policy(condition)})
        api = [_by_api(world, question) for question in questions]
        _wait_for_snapshot(world, policy(condition))
        path = _written(world, condition)
        with ThreadPoolExecutor(4) as several:
            command_line = list(several.map(_by_command, [world] * len(images), images, [path] * len(images)))
        docker = [_by_docker(world, id_) for id_ in images]
        webhook = [_by_webhook(world, id_) for id_ in images]
        assert command_line == api == docker == webhook, condition
        answers.update((condition, one) for one in api)
    assert len(images) * len(CONDITIONS) == 200
    assert {one for _, one in answers} == {True, False}
    assert len(answers) > len(CONDITIONS) + 4  # most conditions tell images apart


def _imported(world: World, number: int, package: tuple[str, str], user: str, more: str) -> str:
    """A root file system with one or two Python packages, as an image of its own; its id."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name, version in (package, *(((more, "1"),) if more else ())):
            data = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode()
            entry = tarfile.TarInfo(f"usr/lib/python3/dist-packages/{name}-{version}.dist-info/METADATA")
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    path = f"{world.home}/{number}.tar"
    with open(path, "wb") as file:
        file.write(archive.getvalue())
    changes = ("-c", f"USER {user}") if user else ()
    return expect(world.docker("import", *changes, path, f"asked:{number}"), 0, "docker import").strip()


def _question(world: World, id_: str) -> bytes:
    os.environ["DOCKER_HOST"] = f"unix://{world.home}/docker.sock"
    try:
        reading = wiring.reading_ports(cached=False, progress=_silent, say=_silent, asked=RegistryAsked)
        try:
            taken = take_inventory(f"docker:{id_}", reading)
        finally:
            reading.parser.close()
    finally:
        del os.environ["DOCKER_HOST"]
    question = GateQuestion(taken.artifact, taken.inventory, stage="deploy")
    return zstd.compress(msgspec.msgpack.encode(question), 3)


def _by_api(world: World, question: bytes) -> bool:
    headers = {"Authorization": f"Bearer {world.tokens['ci']}", "Content-Type": "application/msgpack+zstd"}
    asked = urllib.request.Request(f"{world.url}/api/v1/decisions", question, headers)  # noqa: S310 - our own server
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 - as above
        return bool(json.load(answer)["outcome"] == "allow")


def _written(world: World, condition: str) -> str:
    path = f"{world.home}/policy.yaml"
    with open(path, "w", encoding="utf-8") as file:
        file.write(policy(condition))
    return path


def _by_command(world: World, id_: str, path: str) -> bool:
    ended = oakum("gate", f"docker:{id_}", "--policy", path, "--db", world.environment["OAKUM_DB"], **world.environment)
    assert ended.returncode in {0, 1, 2}, ended.stderr
    return ended.returncode == 0


def _by_docker(world: World, id_: str) -> bool:
    connection = UnixConnection(f"{world.home}/docker.sock")
    try:
        body = json.dumps({"Image": id_, "Cmd": ["/x"], "HostConfig": {"NetworkMode": "none"}})
        connection.request("POST", "/containers/create", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        said: Any = json.loads(answer.read())
        assert answer.status in {201, 403}, said
        return answer.status == 201
    finally:
        connection.close()


def _by_webhook(world: World, id_: str) -> bool:
    context = ssl.create_default_context(cafile=f"{world.home}/c.pem")
    connection = http.client.HTTPSConnection("localhost", int(world.known["webhook"]), timeout=30, context=context)
    try:
        spec = {"containers": [{"name": "asked", "image": f"asked@{id_}", "securityContext": {"privileged": False}}]}
        request = {"uid": "u", "kind": {"kind": "Pod"}, "operation": "CREATE", "object": {"spec": spec}}
        connection.request("POST", "/review", json.dumps({"request": request}), {"content-type": "application/json"})
        return bool(json.loads(connection.getresponse().read())["response"]["allowed"])
    finally:
        connection.close()


def _wait_for_snapshot(world: World, text: str) -> None:
    """Until the gates decide by this policy, about every image."""
    from oakum.flows.read_policies import read_policies  # noqa: PLC0415 - only here

    (wanted,) = read_policies({"policies": text.encode()})
    snapshots = wiring.snapshots(f"{world.state}/snapshot")

    def is_there() -> bool:
        newest = snapshots.newest()
        return newest is not None and [one.when for one in newest.policies] == [wanted.when]

    wait_for(is_there, "the snapshot has the policy")


def _silent(said: str) -> None:
    """Nobody watches."""
