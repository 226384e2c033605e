import json
from typing import Any

import pytest
from msgspec import Struct

from oakum.flows.authorize_docker import authorize_docker
from oakum.flows.kinds import CRITERIA
from oakum.model.docker_request import Answer, DockerRequest
from oakum.model.policy import All, Check
from oakum.model.workload import ContainerSpec
from oakum.testing.inventory import installed
from oakum.testing.policies import NOW, image, policy
from oakum.testing.report import finding
from oakum.testing.snapshots import door_of

GOOD, BAD = "sha256:good", "sha256:bad"
SEVERE = policy("severe", All((Check("severity", {"at_least": "high"}), Check("fixable"))), deploy="deny")
PRIVILEGED = policy("privileged", Check("privileged"), deploy="deny")
VULNERABLE = image(finding("CVE-1", installed("deb", "zlib1g", "1"), rating="critical", fixed=("2",)))
DOOR = door_of({GOOD: image(), BAD: VULNERABLE}, (SEVERE, PRIVILEGED), CRITERIA, NOW)


class Objects(Struct):
    """An engine's objects, in memory."""

    images: dict[str, str]
    containers: dict[str, ContainerSpec]
    execs: dict[str, tuple[str, bool]]

    def image_id(self, name: str) -> str:
        return self.images.get(name, "")

    def container(self, name: str) -> ContainerSpec | None:
        return self.containers.get(name)

    def exec_privileged(self, id_: str) -> tuple[str, bool] | None:
        return self.execs.get(id_)


OBJECTS = Objects(
    {"good": GOOD, "bad": BAD, "innocent": BAD, "new": "sha256:new"},
    {
        "c-good": ContainerSpec("c-good", "good", GOOD, privileged=False),
        "c-bad": ContainerSpec("c-bad", "good", BAD, privileged=False),
        "c-priv": ContainerSpec("c-priv", "good", GOOD, privileged=True),
    },
    {"e-priv": ("c-good", True), "e-plain": ("c-good", False)},
)


def answer(uri: str, body: Any = None, verb: str = "POST", **headers: str) -> Answer:  # noqa: ANN401 - JSON
    data = b"" if body is None else json.dumps(body).encode()
    return authorize_docker(DockerRequest("alice", "TLS", verb, uri, data, headers), DOOR, OBJECTS)


@pytest.mark.parametrize(
    ("uri", "body"),
    [
        ("/containers/create", {"Image": "good"}),
        ("/containers/create", {"Image": "nowhere"}),
        ("/containers/c-good/start", None),
        ("/containers/nowhere/start", None),
        ("/containers/c-good/exec", {"Cmd": ["sh"]}),
        ("/exec/e-plain/start", {"Detach": False}),
        ("/containers/c-bad/stop", None),
        ("/images/create", None),
        ("/services/create", {"TaskTemplate": {"ContainerSpec": {"Image": "good"}}}),
    ],
)
def test_what_starts_nothing_bad_is_allowed(uri: str, body: Any) -> None:  # noqa: ANN401 - JSON
    assert answer(uri, body) == Answer(allow=True)


@pytest.mark.parametrize(
    ("uri", "body", "said"),
    [
        ("/containers/create", {"Image": "bad"}, "severe: title of severe: CVE-1 (critical) in zlib1g 1"),
        ("/containers/create", {"Image": "innocent"}, "severe: "),
        ("/containers/create", {"image": "good", "hostconfig": {"privileged": True}}, "privileged: "),
        ("/containers/create", {"Image": "new"}, "not known: vulnerabilities"),
        ("/containers/create", None, "no body that can be read"),
        ("/containers/c-bad/start", None, "severe: "),
        ("/containers/c-priv/start", None, "privileged: "),
        ("/containers/c-priv/restart", None, "privileged: "),
        ("/containers/c-good/start", {"Privileged": True}, "configuration of its own"),
        ("/containers/c-good/exec", {"privileged": True}, "privileged: "),
        ("/containers/c-good/exec", None, "no body that can be read"),
        ("/exec/e-priv/start", {}, "privileged: "),
        ("/services/create", {"TaskTemplate": {"ContainerSpec": {"Image": "bad"}}}, "severe: "),
        ("/services/create", {"TaskTemplate": {"ContainerSpec": {"Image": "far/away"}}}, "not known: vulnerabilities"),
        ("/plugins/pull", {}, "no call that Oakum knows"),
    ],
)
def test_what_would_start_something_bad_is_refused_with_the_reason(uri: str, body: Any, said: str) -> None:  # noqa: ANN401 - JSON
    found = answer(uri, body)
    assert not found.allow
    assert found.message.startswith("oakum: ")
    assert said in found.message


def test_a_body_that_the_engine_did_not_hand_on_is_hostile() -> None:
    assert not answer("/containers/create", None, **{"Content-Length": "2000000"}).allow
    assert not answer("/containers/c-good/start", None, **{"Transfer-Encoding": "chunked"}).allow
