"""Circles: who may be nudged for somebody at this moment, and in which order.

Only her own ends of pairs are asked for, since they alone make somebody her buddy. A buddy's pause and quiet hours
count in the buddy's own zone. An end that leads nowhere (`server/ties.py`) stands last and is always free: it is asked
for form, so that nothing she can see tells her that somebody stopped, and no real buddy is asked later for it.
"""

from collections.abc import Collection, Container, Iterable, Mapping
from datetime import date, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from server.buddy_wishes import AskedWishes, Wishes, read_wishes
from server.checkins.check_in import NOBODY, Circle
from server.checkins.wall_clock import local_day, moment_of, zone_names
from server.push.outbox import subscriptions_of
from server.sealing import HostSecrets
from server.ties import TieRow, peers_of, ties_of

LOOK_AGAIN_SECONDS: Final = 30 * 60
_NO_WISHES: Final = Wishes()


class Buddy(NamedTuple):
    """One of hers: her end of the pair, whether it leads nowhere, and from when on they may be nudged.

    `is_reached` tells whether a push reaches any phone of theirs; who has none finds it on opening, and is asked last.
    `free_from` is None for who paused without an end, and no later than now for who may be nudged at once.
    """

    tie: str
    is_stand_in: bool
    free_from: int | None
    is_reached: bool = True


class Known(NamedTuple):
    """Whom somebody has, and what she wishes about it."""

    buddies: tuple[Buddy, ...]
    wishes: Wishes


# --- pure ------------------------------------------------------------------------------------------------------------


def free_from(wishes: AskedWishes, now: int) -> int | None:
    """Return when a buddy may be nudged: now, or once pause and quiet hours are over; None while no end is known."""
    zone = ZoneInfo(wishes.zone if wishes.zone in zone_names() else "UTC")
    if wishes.paused_until == "turned_on":
        return None
    free = now
    if isinstance(wishes.paused_until, date):
        free = max(free, moment_of(wishes.paused_until, time(), zone))
    if wishes.quiet_from and wishes.quiet_to:
        free = _after_quiet_hours(
            free, time.fromisoformat(wishes.quiet_from), time.fromisoformat(wishes.quiet_to), zone
        )
    return free


def in_turn(ties: Iterable[str], turn: str | None) -> list[str]:
    """Order the rota: first whoever comes after the one who was asked first last time, so that no one carries it alone.

    Ids are random, so that their order is fair and tells nothing; one that is no longer there still marks a place.
    """
    ordered = sorted(ties)
    return [tie for tie in ordered if turn is not None and tie > turn] + [
        tie for tie in ordered if turn is None or tie <= turn
    ]


def circle_of(known: Known, now: int, *, opted_in: bool) -> Circle:
    """Return whom the ladder may ask now."""
    real = [one for one in known.buddies if not one.is_stand_in]
    stand_ins = [one for one in known.buddies if one.is_stand_in]
    free = [[one.tie for one in real if one.is_reached is reached and _is_free(one, now)] for reached in (True, False)]
    # Nobody is asked for form while somebody real may still come: patience with nobody would keep them waiting.
    waited_for = _moments_of(real, now)
    standing_in = [] if waited_for else [one.tie for one in stand_ins if _is_free(one, now)]
    turn = known.wishes.turn
    return Circle(
        opted_in=opted_in,
        buddies=tuple(tie for some in (*free, standing_in) for tie in in_turn(some, turn)),
        free_at=min(waited_for or _moments_of(stand_ins, now), default=None),
        together=known.wishes.together,
    )


def _moments_of(buddies: Iterable[Buddy], now: int) -> list[int]:
    """Return when to look again whether those who are not free now have become so; a pause may end at any moment."""
    return [one.free_from or now + LOOK_AGAIN_SECONDS for one in buddies if not _is_free(one, now)]


def _is_free(buddy: Buddy, now: int) -> bool:
    return buddy.free_from is not None and buddy.free_from <= now


def _after_quiet_hours(moment: int, begin: time, end: time, zone: ZoneInfo) -> int:
    """Return the moment itself, or the end of the quiet hours that it falls into. Equal times are no quiet hours."""
    if begin == end:
        return moment
    today = local_day(moment, zone)
    for day in (today - timedelta(days=1), today):
        over = day if begin < end else day + timedelta(days=1)
        until = moment_of(over, end, zone)
        if moment_of(day, begin, zone) <= moment < until:
            return until
    return moment


# --- from the database -----------------------------------------------------------------------------------------------


async def read_circles(host_secrets: HostSecrets, opted_in: Mapping[str, bool], now: int) -> dict[str, Circle]:
    """Return the circle of each account; `opted_in` tells of each whether her silence is to nudge anybody."""
    known = await _read(host_secrets, opted_in, now)
    return {account: circle_of(one, now, opted_in=opted_in[account]) for account, one in known.items()}


async def read_circle(host_secrets: HostSecrets, account: str, now: int, *, opted_in: bool) -> Circle:
    """Return one account's circle."""
    return (await read_circles(host_secrets, {account: opted_in}, now)).get(account, NOBODY)


async def somebody_is_free(host_secrets: HostSecrets, account: str, now: int) -> bool:
    """Whether anybody could be nudged for her now; True where she has nobody at all, for then nothing is amiss."""
    known = (await _read(host_secrets, [account], now)).get(account)
    return known is None or any(_is_free(one, now) for one in known.buddies)


async def _read(host_secrets: HostSecrets, accounts: Collection[str], now: int) -> dict[str, Known]:
    """Return whom each has who has anybody, in five questions however many they are."""
    hers = {
        account: [row for row in rows if row.is_hers]
        for account, rows in (await ties_of(host_secrets, accounts)).items()
    }
    peers = await peers_of(host_secrets, [row for rows in hers.values() for row in rows])
    theirs = {peer.account for peer in peers.values() if peer}
    wishes = await read_wishes(host_secrets, {*hers, *theirs})
    reached = await subscriptions_of(theirs)
    return {
        account: Known(
            tuple(_buddy(row, peers[row.id], wishes, reached, now) for row in rows), wishes.get(account, _NO_WISHES)
        )
        for account, rows in hers.items()
        if rows
    }


def _buddy(row: TieRow, peer: TieRow | None, wishes: Mapping[str, Wishes], reached: Container[str], now: int) -> Buddy:
    if peer is None:
        return Buddy(row.id, is_stand_in=True, free_from=free_from(_rest_of(row), now))
    asked = wishes.get(peer.account, _NO_WISHES)
    return Buddy(row.id, is_stand_in=False, free_from=free_from(asked, now), is_reached=peer.account in reached)


def _rest_of(stand_in: TieRow) -> AskedWishes:
    return AskedWishes.model_validate_json(stand_in.contents.rests) if stand_in.contents.rests else _NO_WISHES
