"""The option that names the server's state folder."""

import os
from typing import Final

import click

_ROOTS: Final = "/var/lib/oakum"


def default_state() -> str:
    """``/var/lib/oakum`` for root, else ``oakum`` in the user's data folder."""
    if os.geteuid() == 0:
        return _ROOTS
    data = os.environ.get("XDG_DATA_HOME") or os.path.join(os.path.expanduser("~"), ".local", "share")
    return os.path.join(data, "oakum")


state_option = click.option(
    "--state",
    metavar="DIR",
    default=default_state,
    show_default="/var/lib/oakum as root, else ~/.local/share/oakum",
    help="The server's state folder.",
)
