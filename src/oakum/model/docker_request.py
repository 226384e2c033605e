"""What somebody asks of a Docker engine, as its authorization plug-in is told."""

from msgspec import Struct


class DockerRequest(Struct, frozen=True, rename={
    "user": "User",
    "method": "UserAuthNMethod",
    "verb": "RequestMethod",
    "uri": "RequestUri",
    "body": "RequestBody",
    "headers": "RequestHeaders",
}):  # fmt: skip
    """A call of the engine's API (docs.docker.com, "Access authorization plugin").

    Attributes:
        user: common name of the client's certificate; empty on the Unix socket.
        method: how the user was told, ``TLS``, or empty.
        verb: GET, POST ...
        uri: with version and query.
        body: as it was sent, where the engine hands it on: JSON of up to a mebibyte.
        headers: of the request.
    """

    user: str = ""
    method: str = ""
    verb: str = ""
    uri: str = ""
    body: bytes = b""
    headers: dict[str, str] = {}


class DockerResponse(DockerRequest, frozen=True, rename={
    "user": "User",
    "method": "UserAuthNMethod",
    "verb": "RequestMethod",
    "uri": "RequestUri",
    "body": "RequestBody",
    "headers": "RequestHeaders",
    "status": "ResponseStatusCode",
    "said": "ResponseBody",
}):  # fmt: skip
    """What the engine answered to a call.

    Attributes:
        status: of HTTP.
        said: the body of the answer, where it is JSON.
    """

    status: int = 0
    said: bytes = b""


class Answer(Struct, frozen=True, rename={"allow": "Allow", "message": "Msg", "error": "Err"}):
    """What the plug-in says.

    Attributes:
        allow: whether the engine may do it.
        message: why not, for whoever asked.
        error: what went wrong in the plug-in; the engine refuses then.
    """

    allow: bool
    message: str = ""
    error: str = ""
