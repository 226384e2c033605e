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

    @property
    def in_words(self) -> str:
        """In one line: ``was confined: Landlock 6, system calls of a list alone, network none``."""
        files = f"Landlock {self.landlock}" if self.landlock else "no Landlock"
        calls = "system calls of a list alone" if self.seccomp else "any system call"
        weak = f"; weak: {'; '.join(self.weaknesses)}" if self.weaknesses else ""
        held = "was confined" if self.landlock or self.seccomp else "was not confined"
        return f"{held}: {files}, {calls}, network {self.network}{weak}"
