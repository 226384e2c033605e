"""What the agent was told."""

from msgspec import Struct


class AgentSettings(Struct, frozen=True):
    """How an agent runs.

    Attributes:
        server: URL.
        token: secret of a token with the role ``agent``.
        authority: path of a PEM file that the server's certificate is held to, or empty.
        state: folder of its own.
        engine: path of the Docker engine's socket.
        started: folder where the authorization plug-in says who asked for containers.
        environment: of this host, for the scope of policies.
    """

    server: str
    token: str
    authority: str
    state: str
    engine: str
    started: str
    environment: str = ""
