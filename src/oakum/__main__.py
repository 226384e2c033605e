"""The program ``oakum``: answers ``--version`` before anything is imported, else hands over to the command line."""

import sys

from oakum import __version__


def main() -> None:
    """Run the command line and end with its exit code."""
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


if __name__ == "__main__":
    main()
