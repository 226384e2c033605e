"""What a gate asks of a server's policies before it asks the server."""

import json

from oakum.apps.cli.gating import asked_by

HEAD = "oakum: policy/1\nname: p\ntitle: p\nseverity: low\nthen: {build: deny}\n"


class Said:
    """A server with one policy."""

    def __init__(self, when: str) -> None:
        self.text = f"{HEAD}when: {when}\n"

    def ask(self, method: str, path: str, body: bytes = b"", *, packed: bool = False) -> bytes:
        assert (method, path, body, packed) == ("GET", "/policies", b"", False)
        return json.dumps({"text": self.text, "digest": ""}).encode()

    def close(self) -> None:
        """Nothing is open."""


def test_files_are_looked_for_where_the_server_s_policies_can_be_read_and_else_the_server_says() -> None:
    assert asked_by(Said('{file_present: {matches: ["etc/x"]}}')) == ("/etc/x",)
    assert asked_by(Said("privileged")) == ()
    assert asked_by(Said("{a_criterion_of_tomorrow: {matches: [x]}}")) == ()
