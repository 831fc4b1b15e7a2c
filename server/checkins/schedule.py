"""When she is asked: her times, days, zone and pauses, and the moment of the next prompt. Hers alone to see (CI-1).

The phone sends a schedule as JSON, and the server keeps it as JSON in one sealed column:

    {"zone": "Europe/Madrid",           a name of the tz database
     "times": ["08:30", "20:00"],       one to four, in order, each 30 minutes or more from the next, around the clock
     "days": [1, 2, 3, 4, 5, 6, 7],     days of the week in order, 1 is Monday
     "paused_until": null,              or "turned_on", or the first day with prompts again, "2026-12-24"
     "skip": null}                      or one day without prompts, "2026-11-26"

Days and times are those of the zone. Moments are seconds since 1970 in UTC. Anything else raises CheckInError, whose
message names the field and never repeats a value: it may end up in a log.

A slot is one time on one day, and is asked for once. Where clocks go forward over a slot, it is asked at the jump;
where that brings two slots closer than 15 minutes, the later stands for both. A day a zone leaves out has no slots.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Annotated, Final, Literal, NamedTuple, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator

from server.checkins.complaints import complaint
from server.checkins.wall_clock import is_left_out, local_day, moment_of, zone_names
from server.errors import CheckInError

# No prompt comes before its time, and none comes on the dot: a phone that buzzes like clockwork invites a question.
JITTER_SECONDS: Final = 7 * 60
APART_MINUTES: Final = 30
TOO_CLOSE_SECONDS: Final = 15 * 60
# A prompt at 23:58 may go out after midnight; that alone does not make it old.
FRESH_SECONDS: Final = 30 * 60
# Every schedule is equally long at rest, so that the sealed column's length tells nothing.
JSON_BYTES: Final = 256
EVENING: Final = time(20)

_DAY_MINUTES: Final = 24 * 60
_LAST_DAY: Final = date(2199, 12, 31)
_LAST_MOMENT: Final = 7_258_118_400  # 2200-01-01
# Twice the week, and a skipped day in it: where nothing comes in so many days, nothing ever will.
_LOOK_AHEAD_DAYS: Final = 16
_STALE_FOR_SURE_SECONDS: Final = 2 * 86_400


def _is_clock_time(text: str) -> str:
    # Stricter than pydantic's own time, which also takes seconds and zones.
    if not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise ValueError("a time is written like 08:30")
    return text


ClockTime = Annotated[str, AfterValidator(_is_clock_time)]
Weekday = Annotated[int, Field(ge=1, le=7)]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=_LAST_DAY)]


class Slot(NamedTuple):
    """One time on one day, when to ask for it, and from when on it is too late to ask."""

    day: date
    time: str
    prompt_at: int
    stale_at: int


class Due(NamedTuple):
    """What to ask now, whether older slots were passed over, and the next moment to look."""

    slot: Slot | None
    dropped: bool
    next_at: int | None


class Schedule(BaseModel):
    """When she wants to be asked; see the top of this file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    zone: str = Field(max_length=64)
    times: tuple[ClockTime, ...] = Field(min_length=1, max_length=4)
    days: tuple[Weekday, ...] = Field(min_length=1, max_length=7)
    paused_until: Day | Literal["turned_on"] | None = None
    skip: Day | None = None

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read what a phone sent or the database kept; CheckInError in one line."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise CheckInError(complaint("schedule", error)) from None

    def to_json(self) -> bytes:
        """Write it down, always equally long."""
        return self.model_dump_json().encode().ljust(JSON_BYTES)

    @field_validator("zone")
    @classmethod
    def _zone_is_known(cls, name: str) -> str:
        if name not in zone_names():
            raise ValueError("this host knows no time zone of that name")
        return name

    @field_validator("times")
    @classmethod
    def _times_keep_apart(cls, times: tuple[str, ...]) -> tuple[str, ...]:
        if list(times) != sorted(set(times)):
            raise ValueError("the times stand in order, each once")
        minutes = [int(text[:2]) * 60 + int(text[3:]) for text in times]
        if any(later - earlier < APART_MINUTES for earlier, later in pairwise([*minutes, minutes[0] + _DAY_MINUTES])):
            raise ValueError(f"the times are at least {APART_MINUTES} minutes apart")
        return times

    @field_validator("days")
    @classmethod
    def _days_stand_once(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if list(days) != sorted(set(days)):
            raise ValueError("the days stand in order, each once")
        return days

    def wants(self, day: date) -> bool:
        """Whether she wants to be asked on this day at all."""
        if self.paused_until == "turned_on" or day == self.skip or day.isoweekday() not in self.days:
            return False
        return self.paused_until is None or day >= self.paused_until


def next_prompt(schedule: Schedule, after: int, jitter_seed: bytes) -> int | None:
    """Return the first moment later than `after` at which to ask; None while paused until turned on."""
    slot = next_slot(schedule, after, jitter_seed)
    return slot.prompt_at if slot else None


def next_slot(
    schedule: Schedule, after: int, jitter_seed: bytes, last_asked: tuple[date, str] | None = None
) -> Slot | None:
    """Return the first slot to ask for later than `after`.

    `last_asked` is the day and time of the slot asked for last. Somebody who flies west lives through the same morning
    twice, and is asked once. ValueError for a moment before 1970 or after 2199.
    """
    if not 0 <= after < _LAST_MOMENT:
        raise ValueError("a moment is between 1970 and 2199")
    for slot in _slots(schedule, after, jitter_seed):
        if slot.prompt_at > after and (last_asked is None or slot[:2] > last_asked):
            return slot
    return None


def due_prompt(
    schedule: Schedule, after: int, now: int, jitter_seed: bytes, last_asked: tuple[date, str] | None = None
) -> Due:
    """Return what to ask at `now`, when all up to `after` was asked already: the latest slot still of its day, if any.

    Of several that came while nobody looked, only the last is asked; none is asked that is older than its day (CI-7).
    A clock that went back finds nothing due, and nothing is asked twice.
    """
    # What is more than two days old is stale whatever it was: a clock that leaps years costs no more than any other.
    seen = max(after, now - _STALE_FOR_SURE_SECONDS)
    first = next_slot(schedule, after, jitter_seed, last_asked)
    asked, dropped = None, first is not None and first.prompt_at <= min(seen, now)
    slot = first if seen == after else next_slot(schedule, seen, jitter_seed, last_asked)
    while slot and slot.prompt_at <= now:
        dropped = dropped or asked is not None or slot.stale_at <= now
        asked = slot if slot.stale_at > now else None
        slot = next_slot(schedule, slot.prompt_at, jitter_seed, last_asked)
    return Due(asked, dropped, slot.prompt_at if slot else None)


def ask_again_at(choice: Literal["hour", "evening"], now: int, zone: str) -> int:
    """Return when "ask me later" asks: in an hour, or at eight this evening if that is at least an hour away."""
    in_an_hour = now + 3600
    if choice == "hour":
        return in_an_hour
    place = ZoneInfo(zone)
    return max(in_an_hour, moment_of(local_day(now, place), EVENING, place))


def passed_over(old: Schedule, new: Schedule, now: int, jitter_seed: bytes) -> tuple[tuple[date, str], ...]:
    """Return the slots that the old schedule still had to come and that are past in the new one, to tell her.

    Somebody who flies east lands after her own morning: it is not asked for, but not left out in silence either.
    """
    zone = ZoneInfo(new.zone)
    coming = [slot for slot in _slots(old, now, jitter_seed, days=2) if slot.prompt_at > now]
    return tuple(
        (slot.day, slot.time)
        for slot in coming
        if slot.time in new.times and new.wants(slot.day) and moment_of(slot.day, _clock(slot.time), zone) <= now
    )


def _slots(schedule: Schedule, after: int, seed: bytes, days: int = _LOOK_AHEAD_DAYS) -> Iterator[Slot]:
    """Yield the slots from a little before `after` on, in order."""
    if schedule.paused_until == "turned_on":
        return
    zone = ZoneInfo(schedule.zone)
    raw = _moments(schedule, _first_day(schedule, after, zone), days, zone)
    held = next(raw, None)
    while held is not None:
        following = next(raw, None)
        day, text, moment = held
        if following is None or following[2] - moment >= TOO_CLOSE_SECONDS:
            prompt_at = moment + _jitter(seed, day, text)
            midnight = moment_of(day + timedelta(days=1), time(), zone)
            yield Slot(day, text, prompt_at, max(midnight, prompt_at + FRESH_SECONDS))
        held = following


def _first_day(schedule: Schedule, after: int, zone: ZoneInfo) -> date:
    # A prompt may go out after its midnight, so yesterday's can still be to come.
    first = local_day(after, zone) - timedelta(days=1)
    return max(first, schedule.paused_until) if isinstance(schedule.paused_until, date) else first


def _moments(schedule: Schedule, first: date, days: int, zone: ZoneInfo) -> Iterator[tuple[date, str, int]]:
    for number in range(days):
        day = first + timedelta(days=number)
        if schedule.wants(day) and not is_left_out(day, zone):
            for text in schedule.times:
                yield day, text, moment_of(day, _clock(text), zone)


def _clock(text: str) -> time:
    return time(int(text[:2]), int(text[3:]))


def _jitter(seed: bytes, day: date, text: str) -> int:
    """Draw the delay from the account's secret: the same whenever it is asked for, and known to nobody outside."""
    drawn = hmac.digest(seed, f"{day.isoformat()}T{text}".encode(), hashlib.sha256)
    return int.from_bytes(drawn[:8]) % (JITTER_SECONDS + 1)
