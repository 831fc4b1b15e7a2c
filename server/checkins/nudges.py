"""The rungs of the ladder that reach out to buddies: rounds of nudges, one buddy after the other, or all at once where
she wants that (CI-3, CI-5).

A round begins when grace is over and she opted in, or when she asks for company. A `Circle` holds only buddies who
accepted.
"""

from server.checkins.check_in import (
    KEEP_NUDGED_SECONDS,
    LONGEST_SECONDS,
    CheckIn,
    Circle,
    Ending,
    Key,
    Kind,
    Message,
    Rung,
    Step,
    end,
    round_up,
)


def reach_out(check_in: CheckIn, now: int, circle: Circle) -> Step:
    """Grace is over: nudge, or wait for a buddy to be free, or rest where she wants nobody nudged or has nobody."""
    if circle.opted_in and circle.buddies:
        return ask_next_buddy(_new_round(check_in, now, company=False), now, circle)
    retry = _later_than(now, circle.free_at) if circle.opted_in else None
    return Step(check_in.changed(rung=Rung.GRACE_ENDED, ask_at=retry))


def company_wanted(check_in: CheckIn, now: int, circle: Circle, *, quiet: bool) -> Step:
    """Ask the buddies now, all of them anew: what she wrote for this is not what silence says, nor the other answer.

    After the quiet answer an ordinary wish changes nothing: whoever makes her give it must not undo the first.
    """
    if check_in.company and (check_in.quiet or not quiet):
        # Asked again: whoever has become free meanwhile is asked now, and nobody twice.
        waits = not check_in.waiting_for and not check_in.on_it and not set(circle.buddies) <= set(check_in.tried)
        return ask_next_buddy(check_in, now, circle) if waits else Step(check_in)
    asked = ask_next_buddy(_new_round(check_in, now, company=True, quiet=quiet), now, circle)
    if asked.check_in.rung is Rung.ENDED:
        # She has nobody, or nobody anew; it was an answer all the same.
        return Step(check_in) if check_in.company else end(check_in, Ending.ANSWERED, now)
    return asked._replace(withdraw=True)


def ask_next_buddy(check_in: CheckIn, now: int, circle: Circle) -> Step:
    """Ask the next of the rota, or all that are left where she wants it so; wait where nobody is free; else end."""
    # She may have turned nudges off meanwhile; company she asked for herself.
    wanted = check_in.company or circle.opted_in
    left = tuple(name for name in circle.buddies if name not in check_in.tried) if wanted else ()
    asking = left if circle.together else left[:1]
    if not asking:
        retry = _later_than(now, circle.free_at) if wanted else None
        if retry is None:
            return end(check_in, Ending.ALL_TRIED, now)
        return Step(check_in.changed(waiting_for=(), ask_at=retry))
    asked = check_in.changed(
        tried=(*check_in.tried, *asking),
        nudged=(*check_in.nudged, *(name for name in asking if name not in check_in.nudged)),
        waiting_for=asking,
        ask_at=round_up(now + check_in.patience_seconds),
    )
    rung = f"{Kind.NUDGE}.{check_in.rounds}"
    return Step(
        asked, tuple(Message(Kind.NUDGE, name, Key(check_in.id, rung, name), asked.closes_at) for name in asking)
    )


def buddy_is_on_it(check_in: CheckIn, buddy: str) -> Step:
    """Leave it to a buddy who is reaching out, though another was asked since."""
    if check_in.rung is not Rung.NUDGING or buddy not in check_in.tried or buddy in check_in.on_it:
        return Step(check_in)
    return Step(check_in.changed(on_it=(*check_in.on_it, buddy), waiting_for=(), ask_at=None))


def buddy_cannot(check_in: CheckIn, buddy: str, now: int, circle: Circle) -> Step:
    """Ask the next at once, unless another is on it, or was asked at the same moment and may still be."""
    if check_in.rung is not Rung.NUDGING or buddy not in (*check_in.waiting_for, *check_in.on_it):
        return Step(check_in)
    on_it, waiting_for = (
        tuple(name for name in names if name != buddy) for names in (check_in.on_it, check_in.waiting_for)
    )
    left = check_in.changed(on_it=on_it, waiting_for=waiting_for)
    return Step(left) if on_it or waiting_for else ask_next_buddy(left, now, circle)


def _new_round(check_in: CheckIn, now: int, *, company: bool, quiet: bool = False) -> CheckIn:
    return check_in.without_round().changed(
        rung=Rung.NUDGING,
        ending=None,
        ended_at=None,
        rounds=check_in.rounds + 1,
        company=company,
        quiet=quiet,
        closes_at=max(check_in.closes_at, round_up(now + KEEP_NUDGED_SECONDS)),
        settled_at=max(check_in.settled_at, now),
    )


def _later_than(now: int, moment: int | None) -> int | None:
    """Round a moment to try again, always ahead of now: a worker must not turn on the spot."""
    return None if moment is None else round_up(min(max(moment, now + 1), now + LONGEST_SECONDS))
