import base64
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from oakum.adapters.registry.logins import Credentials, find_login
from oakum.kit.errors import ConfigurationError

ANN = base64.b64encode(b"ann:se:cret").decode()


def write(path: Path, document: Any) -> Path:  # noqa: ANN401 - any JSON document
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return path


def find(home: Path, host: str = "r.example", repository: str = "team/app", **more: str) -> Credentials:
    surroundings: Mapping[str, str] = {"HOME": str(home), **more}
    return find_login(host, repository, surroundings)


def test_without_files_there_is_no_login(tmp_path: Path) -> None:
    assert find(tmp_path) == Credentials()


@pytest.mark.parametrize("key", ["r.example", "https://r.example", "https://r.example/v1/", "r.example/v2"])
def test_dockers_file_is_read_whatever_way_it_writes_the_host(tmp_path: Path, key: str) -> None:
    write(tmp_path / ".docker" / "config.json", {"auths": {key: {"auth": ANN}, "other": {}}})
    assert find(tmp_path) == Credentials("ann", "se:cret")
    assert find(tmp_path, "r.example.evil") == Credentials()


def test_podmans_files_know_folders_and_are_asked_too(tmp_path: Path) -> None:
    auths = {"r.example/team": {"auth": ANN}, "r.example": {"username": "bob", "password": "b"}}
    write(tmp_path / ".config" / "containers" / "auth.json", {"auths": auths})
    assert find(tmp_path).username == "ann"
    assert find(tmp_path, repository="other/app").username == "bob"
    own = write(tmp_path / "own.json", {"auths": {"r.example": {"registrytoken": "t"}}})
    assert find(tmp_path, REGISTRY_AUTH_FILE=str(own)) == Credentials(bearer="t")


def test_an_identity_token_is_no_password(tmp_path: Path) -> None:
    write(tmp_path / ".docker" / "config.json", {"auths": {"r.example": {"auth": "", "identitytoken": "i"}}})
    assert find(tmp_path) == Credentials("", "", "i")


@pytest.mark.parametrize("broken", ["{", "[]", '{"auths": {"r.example": {"auth": "YQ=Y"}}}', '{"auths": 1}'])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, broken: str) -> None:
    write(tmp_path / "config.json", broken)
    with pytest.raises(ConfigurationError, match=r"config\.json"):
        find(tmp_path, DOCKER_CONFIG=str(tmp_path))


@pytest.fixture
def helper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """``docker-credential-test``, a program that answers with a file."""
    program = write(tmp_path / "bin" / "docker-credential-test", f"#!/bin/sh\nread host\ncat {tmp_path}/$host\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    return tmp_path


def test_a_program_is_asked_where_the_file_names_one(helper: Path) -> None:
    write(helper / "r.example", {"ServerURL": "r.example", "Username": "ann", "Secret": "s"})
    write(helper / "t.example", {"Username": "<token>", "Secret": "i"})
    write(helper / ".docker" / "config.json", {"credHelpers": {"r.example": "test"}, "credsStore": "test"})
    assert find(helper) == Credentials("ann", "s")
    assert find(helper, "t.example") == Credentials("", "", "i")


@pytest.mark.parametrize("name", ["../x", "a b", "no-such-program", "x;reboot"])
def test_a_program_for_this_host_that_cannot_be_asked_is_said(helper: Path, name: str) -> None:
    write(helper / ".docker" / "config.json", {"credHelpers": {"r.example": name}})
    with pytest.raises(ConfigurationError):
        find(helper)


def test_a_store_for_all_hosts_that_is_not_here_leaves_what_is_public(helper: Path) -> None:
    write(helper / ".docker" / "config.json", {"credsStore": "desktop-of-another-machine"})
    assert find(helper) == Credentials()


def test_what_no_program_says_is_refused(helper: Path) -> None:
    write(helper / "r.example", "no JSON")
    write(helper / ".docker" / "config.json", {"credHelpers": {"r.example": "test"}})
    with pytest.raises(ConfigurationError, match="something else"):
        find(helper)
