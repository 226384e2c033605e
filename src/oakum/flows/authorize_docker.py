"""Authorize a call of the Docker engine: when a container is asked for, and again when it starts.

The first judgement gives a good message early; the second is the truth: by then the engine has
read the request in its own way, and says itself what the container is and which image it has.
The tasks of a service are started without another call, so a service is judged once, strictly.
"""

from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from oakum.flows.admit_workload import Door, admit_workload
from oakum.flows.docker_calls import Call, call_of, text_of, true_anywhere
from oakum.kit.decoding import UNDECODABLE
from oakum.model.docker_request import Answer, DockerRequest, DockerResponse
from oakum.model.docker_spec import docker_spec
from oakum.model.workload import ContainerSpec, Workload
from oakum.ports.docker_objects import DockerObjects

_YES = Answer(allow=True)
_CREATED: Final = 201


class _Made(Struct, frozen=True, rename="pascal"):
    """The answer to ``POST /containers/create``."""

    id: str = ""


def authorize_docker(request: DockerRequest, door: Door, objects: DockerObjects) -> Answer:
    """Whether the engine may do what it is asked.

    Raises:
        TryLaterError: the engine does not say what its objects are.
    """
    call = call_of(request)
    if call.kind == "harmless":
        return _YES
    if call.kind == "strange":
        return _no(f"{request.verb} {call.name} is no call that Oakum knows, so nothing says what it would start")
    refused = _unreadable(call)
    if refused:
        return _no(refused)
    spec = _spec(call, objects)
    if spec is None:
        return _YES  # there is no such object: the engine says so itself, and starts nothing
    asked_by = f"{request.method.lower()}:{request.user}" if request.user else ""
    workload = Workload("docker", spec.name or call.name, containers=(spec,), asked_by=asked_by)
    admission = admit_workload(workload, door)
    return _YES if admission.admitted else _no(admission.reason)


def _unreadable(call: Call) -> str:
    """Why a request cannot be judged, or nothing."""
    if call.kind == "start":
        return "a start that brings a configuration of its own is refused; create the container with it" * call.has_body
    if call.kind == "exec_start":
        return ""
    return "" if call.body is not None else "the request has no body that can be read, so it cannot be judged"


def _spec(call: Call, objects: DockerObjects) -> ContainerSpec | None:
    """What would run."""
    if call.kind == "create":
        spec = _asked(call, objects, ())
        return spec if spec.digest else None  # the engine has no such image, and says so
    if call.kind == "service":
        return _asked(call, objects, ("tasktemplate", "containerspec"))
    if call.kind == "start":
        return objects.container(call.name)
    return _exec(call, objects)


def _asked(call: Call, objects: DockerObjects, inside: tuple[str, ...]) -> ContainerSpec:
    """What a request describes; the image by its id, so that another name for it changes nothing."""
    image = text_of(call.body, *inside, "image")
    image_id = objects.image_id(image) if image else ""
    privileged = true_anywhere(call.body, "privileged")
    spec = ContainerSpec("", image, image_id, privileged=privileged, user=text_of(call.body, *inside, "user"))
    body = call.body or {}
    host = body.get("hostconfig")
    return spec if inside else docker_spec(spec, body, host if isinstance(host, dict) else {})


def _exec(call: Call, objects: DockerObjects) -> ContainerSpec | None:
    """A process in a container: it may be privileged where the container is not."""
    if call.kind == "exec":
        name, privileged = call.name, true_anywhere(call.body, "privileged")
    else:
        found = objects.exec_privileged(call.name)
        if found is None:
            return None
        name, privileged = found
    if not privileged:
        return None  # the container was judged when it started
    spec = objects.container(name)
    return None if spec is None else replace(spec, privileged=True)


def _no(reason: str) -> Answer:
    return Answer(allow=False, message=f"oakum: {reason}")


def asked_for(answer: DockerResponse) -> tuple[str, str]:
    """The container that a call made, and who asked for it as the engine knows them; both empty for any other call."""
    if answer.status != _CREATED or not answer.user or call_of(answer).kind != "create":
        return "", ""
    try:
        made = msgspec.json.decode(answer.said, type=_Made)
    except UNDECODABLE:
        return "", ""
    return made.id, f"{answer.method.lower() or 'tls'}:{answer.user}"
