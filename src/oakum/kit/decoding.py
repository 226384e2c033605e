"""What msgspec raises for bytes from outside that are no such document."""

from typing import Final

from msgspec import MsgspecError

UNDECODABLE: Final = (MsgspecError, UnicodeDecodeError, RecursionError)
"""No document of its kind or of another shape; a text that is no UTF-8; nested so deep that no reader follows."""
