"""Every zone of the tz database with every change of its clocks in twenty years, found by looking at its clocks."""

from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from server.checkins.wall_clock import zone_names

FIRST = int(datetime(2010, 1, 1, tzinfo=UTC).timestamp())
LAST = int(datetime(2030, 1, 1, tzinfo=UTC).timestamp())
ZONES = sorted(zone_names())
# No zone changes its clocks and back again within so short a time.
_STEP = 5 * 86_400


class Change(NamedTuple):
    """The clocks of a zone go from `before` to `after` seconds east of Greenwich at `moment`."""

    moment: int
    before: int
    after: int


@cache
def changes(name: str) -> tuple[Change, ...]:
    zone, found = ZoneInfo(name), []
    early, before = FIRST, _east(FIRST, zone)
    for late in range(FIRST + _STEP, LAST, _STEP):
        after = _east(late, zone)
        if after != before:
            found.append(Change(_first_with(after, early, late, zone), before, after))
        early, before = late, after
    return tuple(found)


def _first_with(after: int, early: int, late: int, zone: ZoneInfo) -> int:
    while late - early > 1:
        middle = (early + late) // 2
        early, late = (early, middle) if _east(middle, zone) == after else (middle, late)
    return late


def _east(moment: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(moment, zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())
