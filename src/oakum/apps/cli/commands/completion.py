"""The command ``oakum completion``."""

import click

_SHELLS = ["bash", "zsh", "fish"]


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str) -> None:
    """Print what a shell needs to complete Oakum's commands and options.

    \b
    Examples:
        eval "$(oakum completion bash)"          in ~/.bashrc
        eval "$(oakum completion zsh)"           in ~/.zshrc
        oakum completion fish | source           in ~/.config/fish/config.fish
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from click.shell_completion import get_completion_class  # noqa: PLC0415 - only here

    made = get_completion_class(shell)
    root = click.get_current_context().find_root()
    if made is not None:
        click.echo(made(root.command, {}, "oakum", "_OAKUM_COMPLETE").source())
