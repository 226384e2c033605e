"""Where Oakum keeps what it can make again; imports nothing, since a scan asks before it loads anything."""

import os


def cache_folder() -> str:
    """``OAKUM_CACHE_DIR``, or ``oakum`` in the user's cache."""
    chosen = os.environ.get("OAKUM_CACHE_DIR")
    user = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return chosen or os.path.join(user, "oakum")


def scratch_folder() -> str:
    """Where unnamed files may lie: the cache folder where it can be written, else the system's folder for such."""
    folder = cache_folder()
    return folder if os.access(folder, os.W_OK) else os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 - unnamed files


def samples() -> tuple[str, ...]:
    """What the tests of a checkout read: packages that are made for them; nothing where this is no checkout."""
    checkout = os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 3))
    corpus = os.path.join(checkout, "tests", "corpus")
    return (corpus,) if os.path.isdir(corpus) else ()
