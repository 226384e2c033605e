"""How old something is, in whole days."""

from datetime import date


def older(said: str, days: int, today: date) -> bool | None:
    """Whether a day (ISO 8601, with or without a time) is at least so many days ago; None where none is said.

    A day in the future is no age: whoever wrote it is wrong, or lies.
    """
    try:
        age = (today - date.fromisoformat(said[:10])).days
    except ValueError:
        return None
    return None if age < 0 else age >= days
