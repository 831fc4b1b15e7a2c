"""Writes docs/LADDER.md by doing everything to a check-in on every rung, so that the page says what the code does.

`python -m tests.server.checkins.ladder_table` writes it anew.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from server.checkins.check_in import (
    DAY,
    HOUR,
    MINUTE,
    NOBODY,
    Answered,
    AskedAnew,
    BuddyCannot,
    BuddyOnIt,
    CheckIn,
    Circle,
    CompanyWanted,
    Event,
    LadderSettings,
    LaterWanted,
    LeftOff,
    LongerWanted,
    Rung,
    Step,
    TimePassed,
)
from server.checkins.ladder import after_outage, open_check_in, step
from server.checkins.outage import Gap

PAGE: Final = Path(__file__).parents[3] / "docs" / "LADDER.md"
# What follows such a place is what follows the same place without it, but for what she or her buddies are told.
NUDGED: Final = ", A was nudged before"
START: Final = 1_000_000 * 5 * MINUTE
BOTH: Final = Circle(opted_in=True, buddies=("A", "B"))
ONE: Final = Circle(opted_in=True, buddies=("A",))
ASLEEP: Final = Circle(opted_in=True, free_at=START + 15 * HOUR)
TOGETHER: Final = Circle(opted_in=True, buddies=("A", "B"), together=True)
NOT_WANTED: Final = Circle(opted_in=False, buddies=("A", "B"))


class Row(NamedTuple):
    rung: str
    event: str
    when: str
    then: str
    sends: str
    due: str


class Act(NamedTuple):
    says: str
    event: Event
    circle: Circle = NOBODY
    when: str = ""
    at_due: bool = False
    late: int = 0


def prompted() -> CheckIn:
    return open_check_in("c", START + 20 * HOUR, LadderSettings(), START).check_in


def on(check_in: CheckIn, *acts: tuple[Event, Circle]) -> CheckIn:
    for event, circle in acts:
        check_in = step(check_in, event, check_in.due or check_in.closes_at, circle).check_in
    return check_in


def places() -> dict[str, CheckIn]:
    """One check-in in each place that a check-in can be in."""
    tick = TimePassed()
    reminded = on(prompted(), (tick, NOBODY))
    nudging = on(reminded, (tick, BOTH))
    company = step(prompted(), CompanyWanted(), START, BOTH).check_in
    again = step(nudging, LongerWanted(2 * HOUR), START + 6 * HOUR).check_in
    return {
        "later": step(prompted(), LaterWanted(START + HOUR), START).check_in,
        "prompted": prompted(),
        "reminded": reminded,
        "grace ended": on(reminded, (tick, NOBODY)),
        "grace ended, a buddy is free later": on(reminded, (tick, ASLEEP)),
        "nudging, A is asked": nudging,
        "nudging, A and B are asked": on(nudging, (tick, BOTH)),
        "nudging, A is on it": step(nudging, BuddyOnIt("A"), START + 6 * HOUR, BOTH).check_in,
        "nudging, A and B are on it": on(nudging, (tick, BOTH), (BuddyOnIt("A"), BOTH), (BuddyOnIt("B"), BOTH)),
        "nudging, A and B are asked together": on(reminded, (tick, TOGETHER)),
        "nudging for company, A is asked": company,
        "nudging for company, nobody is free yet": step(prompted(), CompanyWanted(), START, ASLEEP).check_in,
        f"later{NUDGED}": step(nudging, LaterWanted(START + 9 * HOUR), START + 6 * HOUR).check_in,
        f"prompted{NUDGED}": again,
        f"reminded{NUDGED}": on(again, (tick, NOBODY)),
        f"grace ended{NUDGED}": on(again, (tick, NOBODY), (tick, NOBODY)),
        "ended, answered": on(prompted(), (Answered(), NOBODY)),
        "ended without an answer": on(reminded, (LeftOff(), NOBODY)),
        "ended without an answer, A and B were nudged": on(nudging, (tick, BOTH), (tick, BOTH)),
    }


# Told of only where it does something else than asking in the open.
QUIETLY: Final = "asked for company by the quiet answer"
ACTS: Final = (
    Act("its moment is due", TimePassed(), NOBODY, "no buddy accepted", at_due=True),
    Act("its moment is due", TimePassed(), NOT_WANTED, "not opted in", at_due=True),
    Act("its moment is due", TimePassed(), BOTH, "opted in, A and B accepted", at_due=True),
    Act("its moment is due", TimePassed(), TOGETHER, "opted in, A and B accepted, together", at_due=True),
    Act("its moment is due", TimePassed(), ASLEEP, "opted in, somebody is free later", at_due=True),
    Act("its moment is due", TimePassed(), BOTH, "a day late", at_due=True, late=DAY),
    Act("time passes", TimePassed(), BOTH),
    Act("answered", Answered()),
    Act("asked for company", CompanyWanted(), NOBODY, "no buddy accepted"),
    Act("asked for company", CompanyWanted(), NOT_WANTED, "A and B accepted"),
    Act("asked for company", CompanyWanted(), ASLEEP, "somebody is free later"),
    Act(QUIETLY, CompanyWanted(quiet=True), NOT_WANTED),
    Act("ask me later", LaterWanted(0)),
    Act("give me longer", LongerWanted(2 * HOUR)),
    Act("skipped, paused, turned off", LeftOff()),
    Act("a newer check-in is prompted", AskedAnew()),
    Act("A is on it", BuddyOnIt("A"), BOTH),
    Act("A cannot", BuddyCannot("A"), ONE, "nobody else"),
    Act("A cannot", BuddyCannot("A"), BOTH, "B accepted too"),
    Act("A cannot", BuddyCannot("A"), ASLEEP, "somebody is free later"),
)


def did(place: str, act: Act) -> tuple[CheckIn, Step, int]:
    check_in = places()[place]
    now = check_in.due or START + 9 * HOUR
    now += act.late if act.at_due else -HOUR // 2
    event = LaterWanted(now + 3 * HOUR) if isinstance(act.event, LaterWanted) else act.event
    return check_in, step(check_in, event, now, act.circle), now


def rows() -> Iterator[Row]:
    fresh, stale = (open_check_in("c", START + late, LadderSettings(), START) for late in (HOUR, 0))
    yield Row("", "a prompt is due", "its day is not over", *told(fresh, START))
    yield Row("", "a prompt is due", "its day is over", *told(stale, START))
    for place in places():
        usual = {row[1:-1] for row in rows_of(place.removesuffix(NUDGED))} if place.endswith(NUDGED) else set()
        yield from (row for row in rows_of(place) if row[1:-1] not in usual)


def rows_of(place: str) -> Iterator[Row]:
    found: dict[tuple[str, ...], list[str]] = {}
    for act in ACTS:
        before, after, now = did(place, act)
        outcome = (act.says, *told(after, now))
        # A late look, likewise.
        same = act.late and any(known[:3] == outcome[:3] for known in found)
        same = same or (act.says == QUIETLY and any(known[1:] == outcome[1:] for known in found))
        if (after.check_in != before or after.messages) and not same:
            found.setdefault(outcome, []).append(act.when)
    for (says, then, sends, due), whens in found.items():
        every = [act.when for act in ACTS if act.says == says and not act.late]
        yield Row(place, says, "" if whens == every else " / ".join(whens), then, sends, due)


def told(after: Step, now: int) -> tuple[str, str, str]:
    check_in = after.check_in
    then = check_in.rung + (f": {check_in.ending}" if check_in.ending else "")
    sends = ", ".join(f"{message.kind.replace('_', '-')} to {message.to or 'her'}" for message in after.messages)
    back = "takes back what is unsent" if after.withdraw else ""
    due = f"{(check_in.due - now) // MINUTE // 60} h {(check_in.due - now) // MINUTE % 60:02}" if check_in.due else ""
    return then, "; ".join(filter(None, (back, sends))), due


def nothing() -> Iterator[tuple[str, str]]:
    """For each place, what changes nothing there whoever is accepted."""
    for place in places():
        acts = {act.says: True for act in ACTS}
        for act in ACTS:
            before, after, _ = did(place, act)
            acts[act.says] &= after.check_in == before and not after.messages
        yield place, ", ".join(says for says, idle in acts.items() if idle)


def gap_rows() -> Iterator[tuple[str, str, str]]:
    for place, check_in in places().items():
        if check_in.rung is not Rung.ENDED:
            yield place, gap_told(check_in, 2 * HOUR), gap_told(check_in, DAY)


def gap_told(check_in: CheckIn, length: int) -> str:
    assert check_in.due
    start = check_in.due - HOUR
    after = after_outage(check_in, Gap(start, start + length)).check_in
    if after.due is None:
        return f"{after.rung}: {after.ending}"
    return f"due {(after.due - check_in.due) / HOUR:g} h later"


def table(*columns: str, of: Iterator[tuple[str, ...]]) -> str:
    head = [" | ".join(columns), "|".join(["---"] * len(columns))]
    return "\n".join(f"| {line} |" if "---" not in line else f"|{line}|" for line in (*head, *map(" | ".join, of)))


def page() -> str:
    return f"""# The ladder of a check-in

What each event does to a check-in, wherever it stands. `python -m tests.server.checkins.ladder_table` writes this page
by doing all of it; tests fail when page and code differ, or when some order of events finds a step that is not here.

The example: prompt, reminder after 2 h, grace of 6 h, an hour's patience with each buddy; A and B are buddies. Time
does its part when the moment is due; everything else happens half an hour before. "Due" is how long it then takes, in
hours and minutes, until something happens by itself. "Takes back what is unsent": messages of this check-in that were
made and not yet handed over are not sent. "Ask me later" is in 3 h, "give me longer" means 2 h.
Where A was nudged before she asked for more time, only what differs is listed.

## What happens

{table("on", "event", "when", "then", "sends", "due", of=rows())}

## What changes nothing

{table("on", "event", of=nothing())}

## Our own silence

The worker did not look from an hour before the next moment on. Nothing is sent; she keeps the time she had left, and
half an hour at least. A prompt that is still to come is dropped when its day is over.

{table("on", "after a gap of 2 h", "after a gap of 24 h", of=gap_rows())}
"""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
