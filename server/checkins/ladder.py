"""What happens next to a check-in that was not answered yet: a pure state machine (CI-2, CI-3, CI-6, CI-7, CI-11).

    prompted -> reminded -> grace ended -> nudging -> ended

`docs/LADDER.md` lists every transition. `open_check_in` makes a check-in at the moment of its prompt, `step` tells what
an event does to it, `after_outage` what our own silence does. All of them are total: an event that means nothing where
a check-in stands leaves it as it is, and nothing here raises.

What must never happen: a nudge after an answer, a nudge that she neither opted into nor asked for, a nudge that a fault
of ours brought about, a message twice.
"""

from typing import Any, Final, assert_never

from server.checkins.check_in import (
    DAY,
    KEEP_NUDGED_SECONDS,
    LONGEST_SECONDS,
    MINUTE,
    NOBODY,
    Answered,
    AskedAnew,
    BuddyCannot,
    BuddyOnIt,
    CheckIn,
    Circle,
    CompanyWanted,
    Ending,
    Event,
    Key,
    Kind,
    LadderSettings,
    LaterWanted,
    LeftOff,
    LongerWanted,
    Message,
    Rung,
    Step,
    TimePassed,
    end,
    round_up,
)
from server.checkins.nudges import ask_next_buddy, buddy_cannot, buddy_is_on_it, company_wanted, reach_out
from server.checkins.outage import Gap

# Between a reminder, or the end of an outage, and a nudge there is at least so much time to answer.
NOTICE_SECONDS: Final = 30 * MINUTE
# A later prompt is not stale at once where it comes near midnight.
FRESH_SECONDS: Final = 30 * MINUTE
SHORTEST_SECONDS: Final = 30 * MINUTE
# After so long a silence of ours the next prompt asks anew; a question of days ago would only frighten.
LONG_OUTAGE_SECONDS: Final = DAY
_OPEN_AFTER_GRACE_SECONDS: Final = DAY


def open_check_in(check_in_id: str, stale_at: int, settings: LadderSettings, now: int) -> Step:
    """Ask: make a check-in and its prompt, or one that has ended where the day of its slot is over."""
    grace = settings.grace_minutes * MINUTE
    reminder = min(settings.reminder_minutes * MINUTE, grace // 2)
    check_in = CheckIn(
        id=check_in_id,
        rung=Rung.PROMPTED,
        reminder_seconds=reminder,
        grace_seconds=grace,
        patience_seconds=settings.patience_minutes * MINUTE,
        stale_at=stale_at,
        remind_at=round_up(now + reminder),
        grace_ends=round_up(now + grace),
        closes_at=round_up(now + grace + _OPEN_AFTER_GRACE_SECONDS),
        settled_at=now,
    )
    if now >= stale_at:
        return end(check_in, Ending.STALE, now)
    return Step(check_in, (_to_her(check_in, Kind.PROMPT, check_in.prompts, min(stale_at, check_in.remind_at)),))


def step(check_in: CheckIn, event: Event, now: int, circle: Circle = NOBODY) -> Step:
    """Tell what an event at this moment does, given whom she has."""
    match event:
        case TimePassed():
            due = check_in.due
            return Step(check_in) if due is None or now < due else _time_passed(check_in, now, circle)
        case Answered():
            return _answered(check_in, now)
        case CompanyWanted(quiet):
            return company_wanted(check_in, now, circle, quiet=quiet)
        case BuddyOnIt(buddy):
            return buddy_is_on_it(check_in, buddy)
        case BuddyCannot(buddy):
            return buddy_cannot(check_in, buddy, now, circle)
        case LaterWanted() | LongerWanted() | LeftOff() | AskedAnew():
            return Step(check_in) if check_in.rung is Rung.ENDED else _put_off(check_in, event, now)
        case _:
            assert_never(event)


def after_outage(check_in: CheckIn, gap: Gap) -> Step:
    """Move every deadline by the length of a gap. Call it for each open check-in before the first look after the gap.

    She keeps the time she had left, and half an hour at least: what she answered meanwhile is still on its way from her
    phone. Nothing is sent. The same gap told twice moves nothing twice.
    """
    start = max(gap.start, check_in.settled_at)
    seconds = gap.end - start
    if check_in.rung is Rung.ENDED or seconds <= 0:
        return Step(check_in)
    if seconds >= LONG_OUTAGE_SECONDS and check_in.rung is not Rung.NUDGING and not check_in.nudged:
        return end(check_in, Ending.STALE, gap.end)
    return Step(
        check_in.changed(
            ask_at=None if check_in.ask_at is None else round_up(check_in.ask_at + seconds),
            remind_at=round_up(check_in.remind_at + seconds),
            grace_ends=round_up(max(check_in.grace_ends + seconds, gap.end + NOTICE_SECONDS)),
            closes_at=round_up(check_in.closes_at + seconds),
            settled_at=gap.end,
        )
    )


# --- time itself -----------------------------------------------------------------------------------------------------


def _time_passed(check_in: CheckIn, now: int, circle: Circle) -> Step:
    """Go one rung on, never two: a look that comes late finds a reminder to send first, and time to answer it."""
    match check_in.rung:
        case Rung.LATER:
            return _ask_again(check_in, now)
        case Rung.PROMPTED:
            return _remind(check_in, now)
        case Rung.GRACE_ENDED | Rung.NUDGING if now >= check_in.closes_at:
            return end(check_in, Ending.UNANSWERED, now)
        case Rung.REMINDED | Rung.GRACE_ENDED:
            return reach_out(check_in, now, circle)
        case Rung.NUDGING:
            return ask_next_buddy(check_in, now, circle)
        case Rung.ENDED:
            return Step(check_in)


def _ask_again(check_in: CheckIn, now: int) -> Step:
    if now >= check_in.stale_at:
        return end(check_in, Ending.STALE, now)
    asked = check_in.changed(
        rung=Rung.PROMPTED,
        ask_at=None,
        prompts=check_in.prompts + 1,
        remind_at=round_up(now + check_in.reminder_seconds),
        grace_ends=max(check_in.grace_ends, round_up(now + check_in.grace_seconds)),
    )
    return Step(asked, (_to_her(asked, Kind.PROMPT, asked.prompts, min(asked.stale_at, asked.remind_at)),))


def _remind(check_in: CheckIn, now: int) -> Step:
    reminded = _with_notice(check_in, now).changed(rung=Rung.REMINDED, reminders=check_in.reminders + 1)
    return Step(reminded, (_to_her(reminded, Kind.REMINDER, reminded.reminders, reminded.grace_ends),))


# --- she herself -----------------------------------------------------------------------------------------------------


def _answered(check_in: CheckIn, now: int) -> Step:
    """End it, and tell exactly those who were nudged that all is well again."""
    if check_in.ending is Ending.ANSWERED and not check_in.nudged:
        return Step(check_in)
    told = tuple(
        Message(
            Kind.ALL_CLEAR,
            buddy,
            Key(check_in.id, f"{Kind.ALL_CLEAR}.{check_in.rounds}", buddy),
            now + KEEP_NUDGED_SECONDS,
        )
        for buddy in check_in.nudged
    )
    ended = end(check_in.changed(nudged=()), Ending.ANSWERED, now)
    return ended._replace(messages=told)


def _put_off(check_in: CheckIn, event: LaterWanted | LongerWanted | LeftOff | AskedAnew, now: int) -> Step:
    match event:
        case LeftOff():
            # In silence: a buddy never learns that she stopped (CI-11).
            return end(check_in, Ending.LEFT_OFF, now)
        case AskedAnew():
            if check_in.rung is not Rung.PROMPTED:
                return Step(check_in)
            return Step(_with_notice(check_in, now).changed(rung=Rung.REMINDED))
        case LaterWanted(at) if not check_in.company:
            return Step(_asked_later(check_in, min(max(at, now), now + LONGEST_SECONDS), now), withdraw=True)
        case LongerWanted(seconds) if not check_in.company:
            chosen = min(max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS)
            return Step(_given_longer(check_in, chosen, now), withdraw=check_in.rung is not Rung.LATER)
        case LaterWanted() | LongerWanted():
            # Whoever holds her phone cannot put off company that she asked for; her answer ends it.
            return Step(check_in)


def _asked_later(check_in: CheckIn, at: int, now: int) -> CheckIn:
    ask_at = round_up(at)
    grace_ends = max(check_in.grace_ends, ask_at + check_in.grace_seconds)
    return check_in.without_round().changed(
        rung=Rung.LATER,
        ask_at=ask_at,
        stale_at=max(check_in.stale_at, ask_at + FRESH_SECONDS),
        grace_ends=round_up(grace_ends),
        closes_at=max(check_in.closes_at, round_up(grace_ends + _OPEN_AFTER_GRACE_SECONDS)),
        settled_at=max(check_in.settled_at, now),
    )


def _given_longer(check_in: CheckIn, seconds: int, now: int) -> CheckIn:
    """Back to the rung before the reminder, so that one more comes before her time is over."""
    grace_ends = max(check_in.grace_ends, round_up(now + seconds))
    changes: dict[str, Any] = {
        "grace_ends": grace_ends,
        "closes_at": max(check_in.closes_at, grace_ends + _OPEN_AFTER_GRACE_SECONDS),
        "settled_at": max(check_in.settled_at, now),
    }
    if check_in.rung is Rung.LATER:
        return check_in.changed(**changes)
    remind_at = round_up(now + min(check_in.reminder_seconds, seconds // 2))
    if check_in.rung is Rung.PROMPTED:
        remind_at = max(check_in.remind_at, remind_at)
    return check_in.without_round().changed(rung=Rung.PROMPTED, remind_at=remind_at, **changes)


# --- shared ----------------------------------------------------------------------------------------------------------


def _with_notice(check_in: CheckIn, now: int) -> CheckIn:
    """Keep time to answer between now and the end of grace, as much as was planned but no more than half an hour."""
    notice = min(NOTICE_SECONDS, check_in.grace_ends - check_in.remind_at)
    return check_in.changed(grace_ends=max(check_in.grace_ends, round_up(now + notice)))


def _to_her(check_in: CheckIn, kind: Kind, number: int, good_until: int) -> Message:
    return Message(kind, None, Key(check_in.id, f"{kind}.{number}", ""), good_until)
