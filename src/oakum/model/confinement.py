"""How the process that read an artifact was confined, as far as it held."""

from msgspec import Struct


class Confinement(Struct, frozen=True):
    """What a parser could not have done, even if the artifact had taken it over.

    Attributes:
        landlock: version of the kernel's interface that held, or 0: it could read more than the target.
        seccomp: whether it could make the system calls of a list alone.
        network: ``none`` when it could make no connection, ``no-tcp`` when none over TCP, else ``open``.
        weaknesses: what did not hold, and why, each a sentence; empty when it was confined in full.
    """

    landlock: int = 0
    seccomp: bool = False
    network: str = "open"
    weaknesses: tuple[str, ...] = ()
