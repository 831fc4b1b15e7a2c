"""What she says about being asked: when, not now, later, longer, or not at all any more (CI-1, CI-11)."""

import secrets
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from tortoise.transactions import in_transaction

from server.checkin_store import CheckInStore, Kept, Times
from server.checkins.check_in import HOUR, Event, LadderSettings, LaterWanted, LeftOff, LongerWanted
from server.checkins.ladder import step
from server.checkins.schedule import Schedule, ask_again_at
from server.checkins.wall_clock import local_day
from server.errors import NotFoundError
from server.holding import hold_account
from server.models import CheckIn as CheckInRow
from server.models import Outbox, Slip, Subscription, Tie
from server.models import Schedule as ScheduleRow
from server.sending import take_step
from server.storage import forget_for_good

Wish = Literal["hour", "evening", "longer", "skip"]
LONGER_SECONDS: Final = 2 * HOUR


class Wishes(NamedTuple):
    """What she wants as a whole."""

    schedule: Schedule
    ladder: LadderSettings
    nudge: bool


class State(NamedTuple):
    """What there is to know of her check-ins: her times, those that are open, and the next moment in steps."""

    times: Times | None
    open: list[Kept]
    next_due: int | None


async def read_state(store: CheckInStore, account: str) -> State:
    """Return how things stand."""
    times = await store.read_times(account)
    kept = (await store.read_check_ins([account])).get(account, [])
    return State(times, [one for one in kept if one.ladder.is_open], times.next_due() if times else None)


async def turn_on(store: CheckInStore, account: str, wishes: Wishes, now: int) -> None:
    """Ask her from now on as she wishes, instead of any way before. What is past today is not made up for."""
    async with in_transaction():
        await hold_account(account)
        before = await store.read_times(account)
        times = Times(
            schedule=wishes.schedule,
            ladder=wishes.ladder,
            nudge=wishes.nudge,
            seed=before.seed if before else secrets.token_hex(16),
            seen=max(now, before.seen) if before else now,
            last_asked=before.last_asked if before else None,
        )
        await store.write_times(account, times)
        # A pause that she begins ends what is open; a change on a day that was free anyway does not.
        if before and _asks_today(before.schedule, now) and not _asks_today(wishes.schedule, now):
            await _leave_off(store, account, now)


async def turn_off(store: CheckInStore, account: str, now: int) -> None:
    """Ask her no more, and erase what asking needed. Those who were nudged can still be told that all is well."""
    async with in_transaction():
        await hold_account(account)
        kept = await _leave_off(store, account, now)
        over = {one.ladder.id for one in kept if not one.ladder.is_open}
        # What still waits to be sent about one of them can only be an all-clear.
        over -= set(await Outbox.filter(check_in_id__in=list(over)).values_list("check_in_id", flat=True))
        await CheckInRow.filter(id__in=list(over)).delete()
        await ScheduleRow.filter(account_id=account).delete()
        await Slip.filter(account_id=account).delete()
        # Whoever is somebody's buddy, or was, is reached for that all the same.
        if not await Tie.filter(account_id=account).exists():
            await Subscription.filter(device__account_id=account).delete()
    await forget_for_good()


async def put_off(store: CheckInStore, account: str, wish: Wish, named: str | None, now: int) -> None:
    """Ask later, wait longer, or leave today off; NotFoundError if she is not asked at all, or not about that one.

    Her wish is about the latest check-in; those before it end with it, since two would ask and nudge for one silence.
    """
    async with in_transaction():
        await hold_account(account)
        times = await store.read_times(account)
        kept = (await store.read_check_ins([account])).get(account, [])
        if times is None or (named is not None and all(one.ladder.id != named for one in kept)):
            raise NotFoundError
        if wish == "skip":
            today = local_day(now, ZoneInfo(times.schedule.zone))
            skipping = times.schedule.model_copy(update={"skip": today})
            await store.write_times(account, times.model_copy(update={"schedule": skipping}))
            await _leave_off(store, account, now)
            return
        event = _event_of(wish, times, now)
        going = [one for one in kept if one.ladder.due is not None]
        for one in going[:-1]:
            # Nobody who holds her phone can put off company that she asked for.
            if not one.ladder.company:
                await take_step(store, one, step(one.ladder, LeftOff(), now), (), now)
        for one in going[-1:]:
            await take_step(store, one, step(one.ladder, event, now), (), now)


def _event_of(wish: Literal["hour", "evening", "longer"], times: Times, now: int) -> Event:
    if wish == "longer":
        return LongerWanted(LONGER_SECONDS)
    return LaterWanted(ask_again_at(wish, now, times.schedule.zone))


def _asks_today(schedule: Schedule, now: int) -> bool:
    return schedule.wants(local_day(now, ZoneInfo(schedule.zone)))


async def _leave_off(store: CheckInStore, account: str, now: int) -> list[Kept]:
    kept = (await store.read_check_ins([account])).get(account, [])
    return [await take_step(store, one, step(one.ladder, LeftOff(), now), (), now) for one in kept]
