"""She is asked at her times and at no other: once each, none left out in silence, whatever clocks and calendars do."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.checkins.schedule import (
    APART_MINUTES,
    FRESH_SECONDS,
    JITTER_SECONDS,
    JSON_BYTES,
    TOO_CLOSE_SECONDS,
    Schedule,
    Slot,
    ask_again_at,
    due_prompt,
    next_prompt,
    next_slot,
    passed_over,
)
from server.checkins.wall_clock import is_left_out, local_day, moment_of
from server.errors import CheckInError
from tests.server.checkins.zones import FIRST, LAST, ZONES, changes

SEED = b"the account's secret"
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


def schedule(**changed: object) -> Schedule:
    given_by_the_phone = {"zone": "Europe/Madrid", "times": ["08:30"], "days": EVERY_DAY} | changed
    return Schedule.from_json(json.dumps(given_by_the_phone, default=str))


def at(text: str, zone: str = "Europe/Madrid") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def walk(wanted: Schedule, after: int, seed: bytes = SEED) -> Iterator[Slot]:
    while slot := next_slot(wanted, after, seed):
        yield slot
        after = slot.prompt_at


@st.composite
def times(draw: st.DrawFn) -> list[str]:
    """One to four times that keep apart, any minute of the day."""
    count = draw(st.integers(1, 4))
    spare = 24 * 60 - count * APART_MINUTES
    cuts = sorted(draw(st.lists(st.integers(0, spare), min_size=count, max_size=count)))
    turn = draw(st.integers(0, 24 * 60 - 1))
    minutes = sorted((cut + number * APART_MINUTES + turn) % (24 * 60) for number, cut in enumerate(cuts))
    return [f"{minute // 60:02}:{minute % 60:02}" for minute in minutes]


@st.composite
def places_and_moments(draw: st.DrawFn) -> tuple[str, int]:
    """Any zone and any moment of twenty years; every other time within a week before its clocks change."""
    zone = draw(st.sampled_from(ZONES))
    moment = draw(st.integers(FIRST, LAST))
    found, near = changes(zone), draw(st.booleans())
    if found and near:
        moment = draw(st.sampled_from(found)).moment - draw(st.integers(0, 7 * 86_400))
    return zone, moment


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(places_and_moments(), times(), st.sets(st.integers(1, 7), min_size=1), st.binary(min_size=1), st.data())
def test_each_time_on_the_wall_is_asked_for_once_in_every_zone(
    place: tuple[str, int], clock_times: list[str], days: set[int], seed: bytes, data: st.DataObject
) -> None:
    name, after = place
    zone = ZoneInfo(name)
    wanted = schedule(zone=name, times=clock_times, days=sorted(days))

    asked = list(islice(walk(wanted, after, seed), 24))

    # Forward only, each once, each of a day and a time that she chose, and after that time rather than before.
    assert len(asked) == 24
    assert [slot.prompt_at for slot in asked] == sorted({slot.prompt_at for slot in asked})
    assert [slot[:2] for slot in asked] == sorted({slot[:2] for slot in asked})
    for slot in asked:
        assert slot.day.isoweekday() in days
        assert slot.time in clock_times
        moment = moment_of(slot.day, time.fromisoformat(slot.time), zone)
        assert moment <= slot.prompt_at <= moment + JITTER_SECONDS
        assert slot.stale_at >= slot.prompt_at + FRESH_SECONDS

    # None is left out: each time has its prompt, or clocks went forward over it and one prompt stands for two.
    last, day = asked[-1].prompt_at, local_day(after, zone)
    prompts = [slot.prompt_at for slot in asked]
    while (day := day + timedelta(days=1)) < local_day(last, zone):
        for text in clock_times if day.isoweekday() in days and not is_left_out(day, zone) else []:
            moment = moment_of(day, time.fromisoformat(text), zone)
            slack = 3 * TOO_CLOSE_SECONDS if near_a_change(name, moment) else 0
            assert any(moment <= prompt <= moment + JITTER_SECONDS + slack for prompt in prompts)

    # Wherever one starts to look, the answer is the same.
    start = data.draw(st.integers(after, last - 1))
    assert next_prompt(wanted, start, seed) == next(prompt for prompt in prompts if prompt > start)


def near_a_change(zone: str, moment: int) -> bool:
    return any(abs(change.moment - moment) <= 86_400 for change in changes(zone))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(places_and_moments(), times(), st.lists(st.integers(-3600, 40 * 3600), min_size=1, max_size=30))
def test_a_clock_that_jumps_any_way_asks_nothing_twice_and_nothing_stale(
    place: tuple[str, int], clock_times: list[str], jumps: list[int]
) -> None:
    zone, now = place
    wanted, judged, asked = schedule(zone=zone, times=clock_times), now, []
    for jump in jumps:
        now += jump
        due = due_prompt(wanted, judged, now, SEED)
        if due.slot:
            assert due.slot.prompt_at <= now < due.slot.stale_at
            asked.append(due.slot[:2])
        if now > judged:
            # What was not asked was passed over in the open.
            between = list(walk_until(wanted, judged, now))
            assert due.dropped == (len(between) > (due.slot is not None))
            assert due.slot is None or due.slot == between[-1]
        assert due.next_at is None or due.next_at > now
        judged = max(judged, now)
    assert len(asked) == len(set(asked))


def walk_until(wanted: Schedule, after: int, until: int) -> Iterator[Slot]:
    for slot in walk(wanted, after):
        if slot.prompt_at > until:
            return
        yield slot


def test_the_delay_is_no_clockwork_and_the_same_whenever_it_is_asked_for() -> None:
    delays = [slot.prompt_at % 3600 - 1800 for slot in islice(walk(schedule(zone="UTC"), 0), 300)]

    assert len(set(delays)) > 100
    assert min(delays) < 30
    assert max(delays) > JITTER_SECONDS - 30
    assert delays == [slot.prompt_at % 3600 - 1800 for slot in islice(walk(schedule(zone="UTC"), 0), 300)]
    assert delays != [slot.prompt_at % 3600 - 1800 for slot in islice(walk(schedule(zone="UTC"), 0, b"other"), 300)]


def test_clocks_that_go_forward_over_a_time_ask_at_the_jump_and_over_two_times_once() -> None:
    over_one = list(walk_until(schedule(times=["02:30", "12:00"]), at("2026-03-29T00:00"), at("2026-03-29T23:00")))
    over_two = list(walk_until(schedule(times=["02:00", "02:30"]), at("2026-03-29T00:00"), at("2026-03-29T23:00")))

    assert [slot.time for slot in over_one] == ["02:30", "12:00"]
    assert 0 <= over_one[0].prompt_at - at("2026-03-29T03:00") <= JITTER_SECONDS
    assert [slot.time for slot in over_two] == ["02:30"]


def test_clocks_that_go_back_ask_once() -> None:
    asked = list(walk_until(schedule(times=["02:30"]), at("2026-10-25T00:00"), at("2026-10-25T23:00")))

    assert len(asked) == 1


def test_a_leap_day_is_a_day() -> None:
    asked = islice(walk(schedule(), at("2028-02-28T00:00")), 3)

    assert [slot.day for slot in asked] == [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]


def test_a_day_that_a_country_left_out_is_not_asked_for() -> None:
    asked = islice(
        walk(schedule(zone="Pacific/Apia", times=["08:30", "20:00"]), at("2011-12-29T00:00", "Pacific/Apia")), 4
    )

    assert [(slot.day.day, slot.time) for slot in asked] == [(29, "08:30"), (29, "20:00"), (31, "08:30"), (31, "20:00")]


def test_pauses_hold_until_their_day_and_a_skipped_day_is_left_out() -> None:
    monday = at("2026-11-23T00:00")

    paused = next_slot(schedule(paused_until="2026-12-24"), monday, SEED)
    skipped = next_slot(schedule(skip="2026-11-23"), monday, SEED)
    weekly = next_slot(schedule(skip="2026-11-23", days=[1]), monday, SEED)

    assert paused
    assert paused.day == date(2026, 12, 24)
    assert skipped
    assert skipped.day == date(2026, 11, 24)
    assert weekly
    assert weekly.day == date(2026, 11, 30)
    assert next_prompt(schedule(paused_until="turned_on"), monday, SEED) is None
    # A pause that is over changes nothing.
    assert next_prompt(schedule(paused_until="2026-01-01"), monday, SEED) == next_prompt(schedule(), monday, SEED)


def test_who_flies_west_is_not_asked_for_the_same_morning_twice() -> None:
    first = next_slot(schedule(), at("2026-11-26T00:00"), SEED)
    assert first

    again = next_slot(schedule(zone="America/New_York"), first.prompt_at + 3600, SEED, first[:2])

    assert again
    assert (again.day, again.time) == (date(2026, 11, 27), "08:30")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(times(), st.integers(FIRST, LAST), st.lists(st.tuples(st.sampled_from(ZONES), st.integers(0, 40)), max_size=20))
def test_whoever_travels_anywhere_is_asked_for_no_time_twice(
    clock_times: list[str], now: int, journey: list[tuple[str, int]]
) -> None:
    asked: list[tuple[date, str]] = []
    judged = now
    for zone, hours in journey:
        wanted = schedule(zone=zone, times=clock_times)
        for _ in range(hours):
            now += 3600
            due = due_prompt(wanted, judged, now, SEED, asked[-1] if asked else None)
            asked += [due.slot[:2]] if due.slot else []
            assert due.next_at
            assert due.next_at > now
            judged = now
    assert asked == sorted(set(asked))


def test_who_flies_east_past_her_morning_is_told_so() -> None:
    old, new = schedule(times=["08:30", "20:00"]), schedule(zone="Asia/Tokyo", times=["08:30", "20:00"])

    assert passed_over(old, new, at("2026-11-26T07:00"), SEED) == ((date(2026, 11, 26), "08:30"),)
    assert passed_over(old, old, at("2026-11-26T07:00"), SEED) == ()
    assert passed_over(new, old, at("2026-11-26T07:00"), SEED) == ()


def test_after_a_silence_only_the_last_prompt_of_the_day_is_asked_and_none_of_yesterday() -> None:
    wanted = schedule(times=["08:30", "12:00", "20:00"])
    morning = at("2026-11-25T08:00")

    noon = due_prompt(wanted, morning, at("2026-11-25T13:00"), SEED)
    night = due_prompt(wanted, morning, at("2026-11-26T01:00"), SEED)
    years = due_prompt(wanted, morning, at("2031-11-26T09:00"), SEED)

    assert (noon.slot and noon.slot.time, noon.dropped) == ("12:00", True)
    assert (night.slot, night.dropped) == (None, True)
    assert years.dropped
    assert years.slot
    assert years.slot.day == date(2031, 11, 26)


def test_a_prompt_that_its_delay_brings_past_midnight_is_not_stale() -> None:
    asked = list(islice(walk(schedule(times=["23:58"]), at("2026-11-01T00:00")), 20))

    assert any(local_day(slot.prompt_at, ZoneInfo("Europe/Madrid")) > slot.day for slot in asked)
    assert all(due_prompt(schedule(times=["23:58"]), slot.prompt_at - 1, slot.prompt_at, SEED).slot for slot in asked)


def test_ask_me_later_means_in_an_hour_or_this_evening() -> None:
    noon, night = at("2026-11-26T12:00"), at("2026-11-26T22:00")

    assert ask_again_at("hour", noon, "Europe/Madrid") == noon + 3600
    assert ask_again_at("evening", noon, "Europe/Madrid") == at("2026-11-26T20:00")
    assert ask_again_at("evening", night, "Europe/Madrid") == night + 3600


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    times(),
    st.sampled_from(ZONES),
    st.sets(st.integers(1, 7), min_size=1),
    st.dates(date(2000, 1, 1), date(2199, 12, 31)) | st.sampled_from(["turned_on", None]),
)
def test_what_is_written_down_reads_back_and_is_always_equally_long(
    clock_times: list[str], zone: str, days: set[int], pause: date | str | None
) -> None:
    wanted = schedule(zone=zone, times=clock_times, days=sorted(days), paused_until=pause, skip=date(2026, 11, 26))

    assert len(wanted.to_json()) == JSON_BYTES
    assert Schedule.from_json(wanted.to_json()) == wanted


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"zone": "Europe/Nowhere"}, "zone: this host knows no time zone of that name"),
        ({"zone": "../../etc/passwd"}, "zone: this host knows no time zone of that name"),
        ({"zone": "localtime"}, "zone: this host knows no time zone of that name"),
        ({"zone": "x" * 65}, "zone: String should have at most 64 characters"),
        ({"zone": 5}, "zone: Input should be a valid string"),
        ({"times": []}, "times: Tuple should have at least 1 item"),
        ({"times": ["01:00", "02:00", "03:00", "04:00", "05:00"]}, "times: Tuple should have at most 4 items"),
        ({"times": ["8:30"]}, "times.0: a time is written like 08:30"),
        ({"times": ["24:00"]}, "times.0: a time is written like 08:30"),
        ({"times": ["08:30\n"]}, "times.0: a time is written like 08:30"),
        ({"times": ["٠٨:٣٠"]}, "times.0: a time is written like 08:30"),
        ({"times": [830]}, "times.0: Input should be a valid string"),
        ({"times": ["20:00", "08:30"]}, "times: the times stand in order, each once"),
        ({"times": ["08:30", "08:30"]}, "times: the times stand in order, each once"),
        ({"times": ["08:30", "08:59"]}, "times: the times are at least 30 minutes apart"),
        ({"times": ["00:10", "23:50"]}, "times: the times are at least 30 minutes apart"),
        ({"days": []}, "days: Tuple should have at least 1 item"),
        ({"days": [0]}, "days.0: Input should be greater than or equal to 1"),
        ({"days": [8]}, "days.0: Input should be less than or equal to 7"),
        ({"days": [2, 1]}, "days: the days stand in order, each once"),
        ({"days": ["1"]}, "days.0: Input should be a valid integer"),
        ({"days": [True]}, "days.0: Input should be a valid integer"),
        ({"skip": "2026-02-30"}, "skip: Input should be a valid date"),
        ({"skip": 20000}, "skip: Input should be a valid date"),
        ({"paused_until": "3000-01-01"}, "paused_until"),
        ({"paused_until": "soon"}, "paused_until"),
        ({"anna@example.org": 1}, "there is a field too many"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_with_the_field_and_without_the_value(
    changed: dict[str, Any], message: str
) -> None:
    with pytest.raises(CheckInError) as caught:
        schedule(**changed)

    assert str(caught.value).startswith(f"schedule: {message}")
    for value in (*changed.values(), *changed):
        assert len(str(value)) < 5 or str(value) in message or str(value) not in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", '{"zone": "UTC"}', "[" * 100_000, b"\xff", "\x00"])
def test_what_is_no_schedule_at_all_is_refused(text: str | bytes) -> None:
    with pytest.raises(CheckInError, match=r"^schedule: "):
        Schedule.from_json(text)


@pytest.mark.parametrize("moment", [-1, 2**40, -(2**63), int(datetime(2200, 1, 1, tzinfo=UTC).timestamp())])
def test_a_moment_outside_the_calendar_is_refused(moment: int) -> None:
    with pytest.raises(ValueError, match="between 1970 and 2199"):
        next_prompt(schedule(), moment, SEED)


def test_nothing_comes_after_the_last_day_of_the_calendar_and_nothing_breaks() -> None:
    assert next_prompt(schedule(), int(datetime(2199, 12, 31, 23, tzinfo=UTC).timestamp()), SEED)
