"""The command line: one file per command, imported when it is asked for, and every error's exit code."""

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

import click

from oakum import __version__
from oakum.apps.settings import configuration_files, defaults, refuse_unknown
from oakum.kit.errors import OakumError, UsageError
from oakum.kit.plugin import Entry, Kind

_INTERRUPTED = 130
_TERMINATED = 143
_BUG = 70


def _describe(command: click.Command) -> Entry:
    return {"title": command.get_short_help_str(limit=100), "version": 1}


COMMANDS: Kind[click.Command] = Kind("command", "oakum.apps.cli.commands", _describe)
"""All commands; a command ``version-compare`` is the file ``version_compare``."""


class LazyGroup(click.Group):
    """A group whose commands are files: listed without an import, loaded one at a time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        del ctx
        return list_of_commands()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, imported now; None when there is none of that name."""
        del ctx
        name = cmd_name.replace("-", "_")
        return COMMANDS.load(name) if name in COMMANDS.ids() else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; click can suggest a near name only among commands that it is told."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=self.list_commands(ctx), ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with their first lines, which come from the index: help imports none of them."""
        del ctx
        index = COMMANDS.index()
        with formatter.section("Commands"):
            formatter.write_dl([(name.replace("_", "-"), entry["title"]) for name, entry in index.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="oakum %(version)s")
@click.pass_context
def oakum(ctx: click.Context) -> None:
    """Container security for the whole life of a container.

    \b
    Scan an image of the local Docker engine, a saved image, or this machine:
        oakum scan nginx:1.27
        oakum scan docker-archive:app.tar --fail-on high
        oakum scan rootfs:/

    Options can also be set by the environment (OAKUM_SCAN_FAIL_ON=high) and by
    oakum.toml; oakum config shows what holds.
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    name = (ctx.invoked_subcommand or "").replace("-", "_")
    if name in COMMANDS.ids():
        _set_defaults(ctx, name)


def _set_defaults(ctx: click.Context, name: str) -> None:
    """Let the environment and configuration files speak for options that are not given."""
    files = configuration_files()
    for file in files:
        refuse_unknown(file, list_of_commands())
    word = ctx.invoked_subcommand or ""
    ctx.default_map = {word: defaults(word, COMMANDS.load(name), files)}


def list_of_commands() -> list[str]:
    """The names of all commands; imports none of them."""
    return [name.replace("_", "-").rstrip("-") for name in COMMANDS.ids()]


def run(words: Sequence[str]) -> int:
    """Run one command line; give its exit code (ARCHITECTURE, "Truth and failure")."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        return int(oakum.main(list(words), prog_name="oakum", standalone_mode=False) or 0)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message())
        return 0
    except (KeyboardInterrupt, click.Abort):
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the reader has enough: nothing more may be said there
        return 0
    except Exception as error:  # noqa: BLE001 - the last place where anything can be caught
        return _failed(error)


def _failed(error: Exception) -> int:
    if isinstance(error, click.UsageError):
        where = error.ctx.command_path if error.ctx else "oakum"
        return _complain(UsageError(error.format_message(), hint=f"see: {where} --help"))
    return _complain(error) if isinstance(error, OakumError) else _bug(error)


def _complain(error: OakumError) -> int:
    hint = f"\n  {error.hint}" if error.hint else ""
    click.echo(f"oakum: {_visible(str(error))}{_visible(hint)}", err=True)
    return error.exit_code


def _bug(error: Exception) -> int:
    if os.environ.get("OAKUM_DEBUG"):
        import traceback  # noqa: PLC0415 - for our bugs alone

        traceback.print_exception(error)
    said = _visible(f"{type(error).__name__}: {error}"[:500])
    click.echo(f"oakum: this is a bug of ours ({said})\n  OAKUM_DEBUG=1 shows where", err=True)
    return _BUG


def _visible(text: str) -> str:
    """Text for the terminal: messages quote hostile names, and none of their control characters may act."""
    return "".join(one if one.isprintable() or one == "\n" else ascii(one)[1:-1] for one in text)


def _terminate(number: int, frame: FrameType | None) -> None:
    """End like an interrupt does, so that helpers are ended and nothing is left behind."""
    del number, frame
    sys.exit(_TERMINATED)
