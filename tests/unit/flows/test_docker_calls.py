"""Requests are read no more strictly than the engine reads them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.flows.docker_calls import call_of, text_of, true_anywhere
from oakum.model.docker_request import DockerRequest


def asked(verb: str, uri: str, body: Any = b"", **headers: str) -> DockerRequest:  # noqa: ANN401 - bytes or JSON
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return DockerRequest(verb=verb, uri=uri, body=data, headers=headers)


@pytest.mark.parametrize(
    ("verb", "uri", "kind", "name"),
    [
        ("POST", "/containers/create", "create", ""),
        ("POST", "/v1.41/containers/create?name=x", "create", ""),
        ("POST", "/v1.41//containers//create", "create", ""),
        ("POST", "//v1.41/containers/./create/", "create", ""),
        ("POST", "/images/../containers/create", "create", ""),
        ("POST", "/v1.41/%63ontainers/create", "create", ""),
        ("POST", "/v1.41/containers/abc/start", "start", "abc"),
        ("POST", "/containers/abc/restart?t=5", "start", "abc"),
        ("POST", "/containers/abc/exec", "exec", "abc"),
        ("POST", "/exec/abc/start", "exec_start", "abc"),
        ("POST", "/services/create", "service", ""),
        ("POST", "/services/x/update", "service", "x"),
        ("GET", "/containers/create", "harmless", ""),
        ("POST", "/images/create?fromImage=x", "harmless", ""),
        ("POST", "/build", "harmless", ""),
        ("DELETE", "/containers/abc", "harmless", ""),
        ("POST", "/plugins/pull", "strange", ""),
        ("POST", "/plugins/x/enable", "strange", ""),
        ("POST", "/containers/abc/ignite", "strange", ""),
        ("PUT", "/containers/create", "harmless", ""),
        ("POST", "/", "strange", ""),
    ],
)
def test_a_call_is_known_however_it_is_written(verb: str, uri: str, kind: str, name: str) -> None:
    call = call_of(asked(verb, uri))
    assert call.kind == kind
    assert call.name == name or kind in {"harmless", "strange"}


@pytest.mark.parametrize(
    "text",
    [
        '{"HostConfig":{"Privileged":true}}',
        '{"hostconfig":{"privileged":true}}',
        '{"HOSTCONFIG":{"PrIvIlEgEd":true}}',
        '{"HostConfig":{"Privileged":true},"hostconfig":{"Memory":1}}',
        '{"HostConfig":{"Privileged":true},"HostConfig":{"Privileged":false}}',
        '{"HostConfig":{"Privileged":true,"privileged":null}}',
        '{"Ho\\u017ftConfig":{"Privileged":true}}',
    ],
)
def test_privileged_is_seen_however_its_keys_are_written(text: str) -> None:
    call = call_of(asked("POST", "/containers/create", text.encode()))
    assert true_anywhere(call.body, "privileged")


def test_texts_are_found_below_folded_keys() -> None:
    call = call_of(asked("POST", "/services/create", {"TASKTEMPLATE": {"containerSpec": {"Image": "x", "image": "y"}}}))
    assert text_of(call.body, "tasktemplate", "containerspec", "image") == "y"
    assert text_of(call.body, "tasktemplate", "image") == ""
    assert text_of(None, "image") == ""


@pytest.mark.parametrize(
    ("body", "headers", "there", "readable"),
    [
        (b"{}", {}, True, True),
        (b"", {"Content-Length": "9"}, True, False),
        (b"", {"content-length": "0"}, False, False),
        (b"", {"Transfer-Encoding": "chunked"}, True, False),
        (b"[1]", {}, True, False),
        (b"{", {}, True, False),
        (b'{"a":' * 100_000, {}, True, False),
    ],
)
def test_a_body_that_was_not_handed_on_is_known_to_be_there(
    body: bytes, headers: dict[str, str], *, there: bool, readable: bool
) -> None:
    call = call_of(asked("POST", "/containers/create", body, **headers))
    assert call.has_body is there
    assert (call.body is not None) is readable


@given(st.text(), st.text(), st.binary())
def test_any_request_is_some_call(verb: str, uri: str, body: bytes) -> None:
    assert call_of(DockerRequest(verb=verb, uri=uri, body=body)).kind
