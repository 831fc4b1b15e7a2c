"""A time on the wall is one moment, in every zone and through every change of its clocks in twenty years."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from server.checkins.wall_clock import is_left_out, local_day, moment_of, zone_names
from tests.server.checkins.zones import ZONES, changes


def moment_on_the_wall(wall: int, zone: ZoneInfo) -> int:
    """Wall-clock seconds, counted as if the zone were UTC."""
    shown = datetime.fromtimestamp(wall, UTC)
    return moment_of(shown.date(), shown.time(), zone)


def test_no_zone_is_missing_and_none_is_the_hosts_own() -> None:
    assert len(ZONES) > 400
    assert {"Europe/Madrid", "America/Sao_Paulo", "UTC"} <= zone_names()
    assert not {"localtime", "Factory"} & zone_names()


def test_through_every_change_of_every_zone_a_time_is_the_first_moment_that_shows_it_or_the_jump_over_it() -> None:
    seen, looked_at = set(), 0
    for name in ZONES:
        # A third of the names are only other names.
        if (found := changes(name)) in seen:
            continue
        seen.add(found)
        zone = ZoneInfo(name)
        for moment, before, after in found:
            jump, looked_at = abs(after - before), looked_at + 1
            # A minute before the change, and a minute after what it does is over, nothing is special.
            early, late = moment + min(before, after) - 60, moment + max(before, after) + 60
            assert moment_on_the_wall(early, zone) == early - before
            assert moment_on_the_wall(late, zone) == late - after
            if after > before:
                # Clocks go forward: what they jump over is the jump itself.
                for part in (0, 1, jump // 2, jump - 1, jump):
                    assert moment_on_the_wall(moment + before + part, zone) == moment
            else:
                # Clocks go back: an hour comes twice, and means the first.
                for part in (0, 1, jump // 2, jump - 1):
                    assert moment_on_the_wall(moment + after + part, zone) == moment - jump + part
                assert moment_on_the_wall(moment + before, zone) == moment + jump
    assert looked_at > 2000


@pytest.mark.parametrize(
    ("day", "at", "zone", "utc"),
    [
        (date(2026, 3, 29), time(2, 30), "Europe/Madrid", "2026-03-29T01:00Z"),
        (date(2026, 10, 25), time(2, 30), "Europe/Madrid", "2026-10-25T00:30Z"),
        (date(2018, 11, 4), time(0), "America/Sao_Paulo", "2018-11-04T03:00Z"),
        (date(2018, 2, 17), time(23, 30), "America/Sao_Paulo", "2018-02-18T01:30Z"),
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", "2026-10-03T15:30Z"),
        (date(2028, 2, 29), time(8, 30), "Asia/Kathmandu", "2028-02-29T02:45Z"),
    ],
)
def test_known_days(day: date, at: time, zone: str, utc: str) -> None:
    assert moment_of(day, at, ZoneInfo(zone)) == int(datetime.fromisoformat(utc).timestamp())


def test_a_day_that_a_country_left_out_is_known_and_no_other() -> None:
    samoa = ZoneInfo("Pacific/Apia")

    assert is_left_out(date(2011, 12, 30), samoa)
    assert not any(is_left_out(date(2011, 12, day), samoa) for day in range(1, 32) if day != 30)
    assert not is_left_out(date(2026, 3, 29), ZoneInfo("Europe/Madrid"))


def test_the_day_is_that_of_the_zone() -> None:
    assert local_day(0, ZoneInfo("America/New_York")) == date(1969, 12, 31)
    assert local_day(0, ZoneInfo("Asia/Tokyo")) == date(1970, 1, 1)
