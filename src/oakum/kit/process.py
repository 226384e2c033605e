"""Helper processes: started with an empty environment, ended with everything they hold."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import IO, Final

_ENVIRONMENT: Final = {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}


def start(
    module: str, arguments: Sequence[str], *, keep: Sequence[int] = (), stdin: int | IO[bytes] = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start ``python -m module`` cleanly: no inherited environment, no descriptor but ``keep``.

    Args:
        module: a module of Oakum with a ``__main__`` part.
        arguments: its words.
        keep: descriptors that it may use, under their numbers.
        stdin: what it reads.
    """
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        pass_fds=keep,
        env={**_ENVIRONMENT, "PYTHONPATH": root},
        cwd="/",
        start_new_session=True,
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """End a helper at once, with its children, and wait until it is gone."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
