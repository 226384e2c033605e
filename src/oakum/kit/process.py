"""Helper processes: started with an empty environment, ended with everything they hold.

``posix_spawn`` and not ``subprocess``: a scan starts its parser before it loads anything else,
and that module alone would cost more than the start.
"""

import os
import sys
import time

_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    # glibc gives freed chunks of megabytes back to the kernel and faults them in again: an eighth of a scan's time.
    "MALLOC_MMAP_THRESHOLD_": "30000000",
    "MALLOC_TRIM_THRESHOLD_": "100000000",
}
"""All that a helper knows of its surroundings."""

_TICK = 0.01
_SIGKILL = 9  # the module signal makes enumerations of all numbers first, which costs milliseconds


class Helper:
    """A running helper.

    Attributes:
        pid: its process id; it leads a process group of its own.
        input: descriptor of its standard input.
        output: descriptor of its standard output.
    """

    def __init__(self, pid: int, into: int, out: int) -> None:
        """Hold what ``start`` made."""
        self.pid = pid
        self.input = into
        self.output = out
        self._code: int | None = None

    def wait(self, seconds: float) -> int | None:
        """The exit code, negative for a signal; None when it still runs after that time."""
        until = time.monotonic() + seconds
        while self._code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
            elif time.monotonic() >= until:
                return None
            else:
                time.sleep(_TICK)
        return self._code

    def end(self) -> int:
        """End it at once, with its children, and wait until it is gone; give its exit code, negative for a signal."""
        if self._code is None:
            os.killpg(self.pid, _SIGKILL)
            self._code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            _reap_group(self.pid)
        for descriptor in (self.input, self.output):
            if descriptor >= 0:
                os.close(descriptor)
        self.input = self.output = -1
        return self._code


def _reap_group(group: int) -> None:
    """Wait for the helper's own children, where this process adopted them (``kit.parent.adopt_orphans``)."""
    try:
        while True:
            os.waitpid(-group, 0)
    except ChildProcessError:
        return


def start(module: str, arguments: tuple[str, ...], *, keep: tuple[int, ...] = ()) -> Helper:
    """Start ``python -m module`` cleanly: no inherited environment, no descriptor but ``keep``.

    Args:
        module: a module of Oakum with a ``__main__`` part.
        arguments: its words.
        keep: descriptors that it may use, under their numbers.
    """
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    command = [sys.executable, "-P", "-m", module, *arguments]
    below_in, into = os.pipe2(os.O_CLOEXEC)
    out, below_out = os.pipe2(os.O_CLOEXEC)
    actions: list[tuple[int | str, ...]] = [(os.POSIX_SPAWN_DUP2, below_in, 0), (os.POSIX_SPAWN_DUP2, below_out, 1)]
    if not os.environ.get("OAKUM_DEBUG"):  # what a helper has to say it says on its output; standard error is ours
        actions.append((os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0))
    for descriptor in keep:
        os.set_inheritable(descriptor, True)  # noqa: FBT003 - the function takes it by position alone
    try:
        environment = {**_ENVIRONMENT, "PYTHONPATH": root}
        pid = os.posix_spawn(sys.executable, command, environment, file_actions=actions, setsid=True)
    finally:
        os.close(below_in)
        os.close(below_out)
        for descriptor in keep:
            os.set_inheritable(descriptor, False)  # noqa: FBT003 - as above
    return Helper(pid, into, out)
