"""What the terminal can show."""

import os
import sys

from oakum.effects.format import Page

_SURROUNDINGS = ("GITHUB_SHA", "GITHUB_REF", "GITHUB_WORKFLOW", "GITHUB_JOB", "GITHUB_RUN_ID")
"""What formats for a CI system need of it; nothing else of the environment is handed on."""


def page(*, to_file: bool) -> Page:
    """Width and colours of standard output, and the CI job; a file has 80 columns and no colours."""
    surroundings = {name: value for name in _SURROUNDINGS if (value := os.environ.get(name))}
    if to_file or not sys.stdout.isatty():
        return Page(surroundings=surroundings)
    try:
        width = os.get_terminal_size(1).columns
    except OSError:
        width = 80
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(max(width, 60), colour, surroundings)
