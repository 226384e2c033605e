import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from oakum.apps.dockerauthz.decider import Decider
from oakum.flows.admit_workload import Door
from oakum.flows.kinds import CRITERIA
from oakum.kit.errors import TryLaterError
from oakum.model.docker_request import DockerRequest, DockerResponse
from oakum.model.policy import Check
from oakum.model.workload import ContainerSpec
from oakum.sources.host.starters import handed_over
from oakum.testing.policies import NOW, image, policy
from oakum.testing.snapshots import door_of

DOOR = door_of({"sha256:1": image()}, (policy("p", Check("privileged"), deploy="deny"),), CRITERIA, NOW)


class Silent:
    """An engine that does not answer."""

    def image_id(self, name: str) -> str:
        raise TryLaterError(f"the engine does not answer about {name}")

    def container(self, name: str) -> ContainerSpec | None:
        raise ZeroDivisionError(name)

    def exec_privileged(self, id_: str) -> tuple[str, bool] | None:
        raise TryLaterError(id_)


def answered(path: str, body: bytes, door: Door = DOOR) -> dict[str, object]:
    return dict(json.loads(Decider(door, Silent(), "/nowhere")(path, body)))


def question(uri: str, body: bytes = b"") -> bytes:
    return msgspec.json.encode(DockerRequest(verb="POST", uri=uri, body=body))


def test_it_says_what_it_is_and_lets_answers_of_the_engine_pass() -> None:
    assert answered("/Plugin.Activate", b"") == {"Implements": ["authz"]}
    assert answered("/AuthZPlugin.AuthZRes", b"anything") == {"Allow": True}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/AuthZPlugin.AuthZReq", b""),
        ("/AuthZPlugin.AuthZReq", b"[]"),
        ("/AuthZPlugin.AuthZReq", b'{"RequestBody": "no base64"}'),
        ("/AuthZPlugin.Other", b"{}"),
        ("/AuthZPlugin.AuthZReq", question("/containers/create", b'{"Image": "x"}')),
        ("/AuthZPlugin.AuthZReq", question("/containers/x/start")),
    ],
)
def test_what_cannot_be_judged_is_refused(path: str, body: bytes) -> None:
    said = answered(path, body)
    assert said["Allow"] is False
    assert said["Msg"] or said["Err"]


def test_a_question_that_the_engine_forgot_is_refused_and_may_be_asked_again() -> None:
    """It repeats a call whose plug-in has died, without its body."""
    said = answered("/AuthZPlugin.AuthZReq", b"")
    assert (said["Allow"], said["Msg"]) == (
        False,
        "oakum: the question was lost while oakum started anew; try again",
    )


def test_a_harmless_call_needs_no_engine() -> None:
    assert answered("/AuthZPlugin.AuthZReq", question("/images/create"))["Allow"] is True


ID = "c" * 64


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "tls:alice"),
        ({"user": ""}, ""),
        ({"status": 404}, ""),
        ({"uri": "/containers/json"}, ""),
        ({"said": b"no JSON"}, ""),
        ({"said": b'{"Id": "../../etc/passwd"}'}, ""),
    ],
)
def test_who_asked_for_a_container_is_put_down_where_the_engine_knows_it(
    tmp_path: Path, changes: dict[str, Any], told: str
) -> None:
    said = {"user": "alice", "method": "TLS", "verb": "POST", "uri": "/v1.41/containers/create?name=x", "status": 201}
    response = DockerResponse(**{**said, "said": json.dumps({"Id": ID}).encode(), **changes})
    decider = Decider(DOOR, Silent(), str(tmp_path / "started"))
    assert json.loads(decider("/AuthZPlugin.AuthZRes", msgspec.json.encode(response))) == {"Allow": True}
    assert handed_over(ID, str(tmp_path / "started")) == told
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == ([ID] if told else [])
