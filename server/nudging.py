"""What comes back from buddies: their replies, what a nudge shows them, and what follows when a pair ends.

A reply that takes it on, or hands it over, is an event on her check-in. All of a buddy's replies are kept at her end of
the pair for her to see; at an end that leads nowhere they are counted, and taken, all the same.
"""

from collections.abc import Collection
from typing import Any, Final

from server.checkin_store import CheckInStore
from server.checkins.check_in import DAY, BuddyCannot, BuddyOnIt, Circle, Rung
from server.checkins.ladder import step
from server.circles import read_circle
from server.errors import TooOftenError
from server.models import new_id
from server.nudge_store import (
    NudgeRow,
    State,
    erase_nudges,
    ids_of,
    keys_to,
    newest,
    note_as_seen,
    read_nudges_by_id,
    read_nudges_of,
    unsent_of,
    write_nudges,
)
from server.push.outbox import subscriptions_of, take_back
from server.sealing import HostSecrets
from server.sending import take_step
from server.ties import Ends, TieRow, hold_pair, write_contents

REPLIES_A_DAY: Final = 3
# The replies that the ladder hears; the others are kind words for her alone.
ON_IT: Final = 1
REACHED: Final = 2
CANNOT: Final = 3
# "I am on it" after "I cannot" takes it back.
_STATES: Final[dict[int, State]] = {ON_IT: "open", REACHED: "open", CANNOT: "handed"}


async def read_nudges(host_secrets: HostSecrets, tie_ids: Collection[str], today: int) -> dict[str, dict[str, Any]]:
    """Return what each of a buddy's own ends shows, where it shows anything; it counts as seen from now on.

    As JSON: {"id", "note": ciphertext in base64url, or null, "state", "said_today": how often they have replied}.
    """
    found = await read_nudges_of(host_secrets, tie_ids)
    shown = {tie: row for tie, rows in found.items() if (row := newest(rows))}
    await note_as_seen(host_secrets, [row for row in shown.values() if not row.contents.seen])
    return {
        tie: {
            "id": row.id,
            "note": row.contents.note,
            "state": row.contents.state,
            "said_today": _said_on(found[tie], today),
        }
        for tie, row in shown.items()
    }


async def reply(store: CheckInStore, account: str, tie_id: str, code: int, now: int) -> None:
    """Take a buddy's reply, 1 to 9, at their own end; TooOftenError after three on one day (UTC).

    Nothing happens where the end is not theirs, or nobody has asked them: that is never told.
    """
    today = now // DAY
    async with hold_pair(store.host_secrets, account, tie_id) as ends:
        if ends is None or ends.own.is_hers:
            return
        rows = (await read_nudges_of(store.host_secrets, [tie_id])).get(tie_id, [])
        latest = newest(rows)
        if latest is None:
            return
        if _said_on(rows, today) >= REPLIES_A_DAY:
            raise TooOftenError((today + 1) * DAY - now)
        open_ones = [row for row in rows if row.contents.state != "well"]
        await _write_down(store.host_secrets, latest, open_ones, code, today)
        if ends.peer:
            await _tell_her(store, ends.peer, open_ones, code, now)


async def _write_down(host_secrets: HostSecrets, latest: NudgeRow, rows: list[NudgeRow], code: int, today: int) -> None:
    said = latest.changed(said=(*latest.contents.said, (code, today)))
    changed = {row.id: row for row in (*rows, said)}
    if code in _STATES:
        changed |= {row.id: changed[row.id].changed(state=_STATES[code]) for row in rows}
    await write_nudges(host_secrets, changed.values())


async def _tell_her(store: CheckInStore, hers: TieRow, rows: list[NudgeRow], code: int, now: int) -> None:
    contents = hers.contents.model_copy(update={"said": code, "said_day": now // DAY})
    await write_contents(store.host_secrets, [hers._replace(contents=contents)])
    if code not in _STATES or not rows:
        return
    event = BuddyCannot(hers.id) if code == CANNOT else BuddyOnIt(hers.id)
    circle = await _circle_of(store, hers.account, now)
    about = {row.contents.check_in for row in rows}
    for kept in (await store.read_check_ins([hers.account])).get(hers.account, []):
        if kept.ladder.id in about:
            await take_step(store, kept, step(kept.ladder, event, now, circle), (), now)


async def let_go(store: CheckInStore, ends: Ends, now: int) -> None:
    """Let go of a pair that is about to end, whoever ends it: while both ends are there, and both accounts held.

    What has not reached the buddy never will; what has stays with them until its own end. Where the ladder waits for
    this buddy, the next is asked. Where there is no next, it goes on waiting as for one who says nothing: that it ended
    at this moment is something she could notice.
    """
    if ends.peer is None:
        return
    hers, theirs = (ends.own, ends.peer) if ends.own.is_hers else (ends.peer, ends.own)
    kept = (await store.read_check_ins([hers.account])).get(hers.account, [])
    ids = [name for one in kept for name in ids_of(one.ladder, [hers.id])]
    rows = await read_nudges_by_id(store.host_secrets, ids)
    unsent = await unsent_of(rows, now)
    await erase_nudges(unsent)
    # What they have been shown stays with them; what it was about is nobody's business any more.
    await write_nudges(
        store.host_secrets,
        [row.changed(source=new_id(), check_in=new_id()) for row in rows if row.id not in unsent],
    )
    phones = (await subscriptions_of([theirs.account])).get(theirs.account, [])
    await take_back((key, phone) for one in kept for key in keys_to(one.ladder, hers.id) for phone in phones)
    circle = await _circle_of(store, hers.account, now)
    left = circle._replace(buddies=tuple(name for name in circle.buddies if name != hers.id))
    for one in kept:
        done = step(one.ladder, BuddyCannot(hers.id), now, left)
        if done.check_in.rung is not Rung.ENDED:
            await take_step(store, one, done, (), now)


async def _circle_of(store: CheckInStore, account: str, now: int) -> Circle:
    times = await store.read_times(account)
    return await read_circle(store.host_secrets, account, now, opted_in=bool(times and times.nudge))


def _said_on(rows: Collection[NudgeRow], day: int) -> int:
    return sum(said == day for row in rows for _, said in row.contents.said)
