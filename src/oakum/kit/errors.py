"""The errors of Oakum: one root, few families, each saying whose move it is.

A family fixes the exit code of the command line (ARCHITECTURE, "Truth and failure").
The codes above 63 are those of BSD's sysexits(3).
"""


class OakumError(Exception):
    """Something that Oakum can name; the message is one sentence for the person who sees it.

    Attributes:
        exit_code: what the command line ends with.
        hint: what the person can do about it, or nothing.
    """

    exit_code = 70

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the sentence, and the advice that goes with it."""
        super().__init__(message)
        self.hint = hint


class UsageError(OakumError):
    """The words of the command are off: the caller's move."""

    exit_code = 64


class UnreadableError(OakumError):
    """The input cannot be read at all: whoever made it must mend it."""

    exit_code = 65


class TryLaterError(OakumError):
    """Something outside is not there at the moment: wait and try again."""

    exit_code = 69


class NotPermittedError(OakumError):
    """The system refused us: more rights or another place are needed."""

    exit_code = 77


class NotAllowedError(NotPermittedError):
    """Whoever asks may not do this: somebody else must."""


class ConfigurationError(OakumError):
    """A configuration, a policy or a database cannot be used: its owner's move."""

    exit_code = 78


class LimitError(UnreadableError):
    """The input passes a limit of the engine: size, depth, entries, ratio or time."""


class DamagedError(UnreadableError):
    """An archive or a stream does not hold what it promises."""


def restored(family: str, message: str, hint: str) -> OakumError:
    """An error that another process of ours named, by the name of its class."""
    every: list[type[OakumError]] = [OakumError, *_below(OakumError)]
    found: type[OakumError] = next((one for one in every if one.__name__ == family), UnreadableError)
    return found(message, hint)


def _below(family: type[OakumError]) -> list[type[OakumError]]:
    return [one for direct in family.__subclasses__() for one in (direct, *_below(direct))]
