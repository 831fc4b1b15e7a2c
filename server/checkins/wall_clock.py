"""Turns a time on somebody's wall clock into a moment, on the two days a year when that is not simple.

A moment is whole seconds since 1970 in UTC. A wall-clock time that comes twice (clocks go back) means the first; one
that never comes (clocks go forward) means the moment at which the clocks jump over it. So a later time on the wall is
never an earlier moment, whatever a zone does.
"""

from datetime import UTC, date, datetime, time
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

# Both are files of the tz database, and no zones: the host's own, and a placeholder.
_NO_ZONES: Final = frozenset({"Factory", "localtime"})
# A gap this long is no daylight saving but a day that a country left out (Samoa, 30 December 2011).
_LEFT_OUT_SECONDS: Final = 12 * 3600


@cache
def zone_names() -> frozenset[str]:
    """Return every zone that this host's tz database has."""
    return frozenset(available_timezones()) - _NO_ZONES


def moment_of(day: date, at: time, zone: ZoneInfo) -> int:
    """Return the moment at which the clocks of a zone first show this time, or jump over it."""
    before = int(datetime.combine(day, at, zone).timestamp())
    if _shows(before, day, at, zone):
        return before
    after = int(datetime.combine(day, at.replace(fold=1), zone).timestamp())
    return _jump_between(after, before, zone)


def is_left_out(day: date, zone: ZoneInfo) -> bool:
    """Whether no clock of the zone ever showed this day."""
    noon = datetime.combine(day, time(12), zone)
    skipped = noon.timestamp() - noon.replace(fold=1).timestamp()
    return skipped >= _LEFT_OUT_SECONDS and not _shows(int(noon.timestamp()), day, time(12), zone)


def local_day(moment: int, zone: ZoneInfo) -> date:
    """Return the day that the calendars of a zone show."""
    return datetime.fromtimestamp(moment, zone).date()


def _shows(moment: int, day: date, at: time, zone: ZoneInfo) -> bool:
    shown = datetime.fromtimestamp(moment, zone)
    return (shown.date(), shown.time()) == (day, at)


def _jump_between(early: int, late: int, zone: ZoneInfo) -> int:
    """Find the first second with the later offset; the tz database's own transitions are not public in zoneinfo."""
    before = _offset(early, zone)
    while late - early > 1:
        middle = (early + late) // 2
        early, late = (middle, late) if _offset(middle, zone) == before else (early, middle)
    return late


def _offset(moment: int, zone: ZoneInfo) -> object:
    return datetime.fromtimestamp(moment, UTC).astimezone(zone).utcoffset()
