"""What the terminal can show."""

import os
import sys

from oakum.effects.format import Page


def page(*, to_file: bool) -> Page:
    """Width and colours of standard output; a file has 80 columns and no colours."""
    if to_file or not sys.stdout.isatty():
        return Page()
    try:
        width = os.get_terminal_size(1).columns
    except OSError:
        width = 80
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(width=max(width, 60), colour=colour)
