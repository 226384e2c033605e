"""The type of ``--fail-on``: words that commas part, refused before anything is read."""

from typing import TYPE_CHECKING

import click

from oakum.kit.errors import UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class FailOn(click.ParamType[str]):
    """What a gate refuses (``decisions.refusals``); the value stays the text."""

    name = "words"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text as it was given."""
        from oakum.decisions.refusals import read_refusals  # noqa: PLC0415 - help is answered without it

        try:
            read_refusals(value)
        except UsageError as error:
            self.fail(f"{error}; {error.hint}", param, ctx)
        return value

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        """The last of the words."""
        del ctx, param
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell asks

        from oakum.decisions.refusals import WORDS  # noqa: PLC0415 - as above

        before, comma, last = incomplete.rpartition(",")
        return [CompletionItem(before + comma + word) for word in WORDS if word.startswith(last)]
