"""Loads msgspec without ``typing_extensions``, where that happens to be installed.

msgspec takes it when it is there and does as well without it: what it wants of it is in ``typing`` since Python 3.11.
Loading it, with ``inspect`` that it draws in, is an eighth of what a parser does before it can read. To be imported
before anything that imports msgspec.
"""

import sys

_NAME = "typing_extensions"

if _NAME not in sys.modules and "msgspec" not in sys.modules:
    vars(sys)["modules"][_NAME] = None  # which makes its import an ImportError
    try:
        import msgspec  # noqa: F401 - see above
    finally:
        del sys.modules[_NAME]  # whoever else asks for it finds it
