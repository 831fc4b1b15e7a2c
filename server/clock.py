"""The only source of time, so that tests can move it."""

from datetime import UTC, date, datetime
from typing import Final

_FIRST_DAY: Final = date(1970, 1, 1)
_DAYS_A_WEEK: Final = 7


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present day in UTC."""
    return now().date()


def epoch_seconds() -> int:
    """Return the present moment as whole seconds since 1970, which is how the database keeps moments."""
    return int(now().timestamp())


def day_number(day: date) -> int:
    """Return how many days after the first of 1970 a day is."""
    return (day - _FIRST_DAY).days


def week_number(day: date) -> int:
    """Return how many whole weeks after the first of 1970 a day is."""
    return day_number(day) // _DAYS_A_WEEK
