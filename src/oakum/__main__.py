"""The program ``oakum``: answers ``--version`` before anything is imported, else hands over to the command line."""

import os
import sys

from oakum import __version__


def main() -> None:
    """Run the command line and end with its exit code.

    The process ends without taking itself apart object by object, which costs a large report tens of milliseconds:
    what must be closed or ended was, by whoever opened it.
    """
    try:
        answer()
    except SystemExit as ended:
        code = ended.code
        if isinstance(code, int) and _flushed():
            os._exit(code)
        raise


def answer() -> None:
    """Answer one command line.

    Raises:
        SystemExit: always, with the exit code; ``--version`` alone returns.
    """
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"oakum {__version__}\n")
        return
    from oakum.apps import early  # noqa: PLC0415 - see the module's docstring

    early.fill_standard_streams()
    early.start(sys.argv[1:])
    try:
        from oakum.apps.cli.group import run  # noqa: PLC0415 - as above

        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:  # before the command line was there to take it
        sys.exit(130)
    finally:
        early.close()


def _flushed() -> bool:
    """Whether everything that was said has gone out; what could not is left to the interpreter's own end."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
