"""Carries out steps of the ladder: writes down what they leave, calls back what they call back, sends what they send.

What goes to her goes to her phones. What goes to a buddy is named by her end of the pair, and goes where that leads: a
nudge leaves a row that the buddy finds on opening, and a push to each of their phones; an all-clear only follows where
a nudge has gone before. An end that leads nowhere gets nothing, and she is told as little of that as of anything else.

For whoever holds her account: no pair of hers is cut meanwhile, since that takes holding both.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from server.buddy_wishes import read_wishes
from server.buddy_wishes import write as write_wishes
from server.checkin_store import CheckInStore, Kept
from server.checkins import check_in as ladder
from server.checkins.check_in import CheckIn, Message, Step
from server.nudge_store import (
    NudgeContents,
    Which,
    erase_nudges,
    ids_of,
    make_nudges,
    read_nudges_by_id,
    unsent_of,
    write_nudges,
)
from server.push.outbox import Note, make_messages, subscriptions_of, withdraw
from server.push.payloads import Kind
from server.sealing import HostSecrets
from server.ties import NOTE_BYTES, TieRow, peers_of, read_ties

_KINDS: Final = {
    ladder.Kind.PROMPT: Kind.PROMPT,
    ladder.Kind.REMINDER: Kind.REMINDER,
    ladder.Kind.NUDGE: Kind.NUDGE,
    ladder.Kind.ALL_CLEAR: Kind.ALL_CLEAR,
}
_NOTES: Final[tuple[Which, ...]] = ("silence", "company", "quiet")


class Sending(NamedTuple):
    """A step to carry out: how the check-in stood before, and her subscriptions; its messages are `due` at a moment."""

    before: CheckIn
    step: Step
    subscriptions: Sequence[str]
    due: int


async def take_step(store: CheckInStore, kept: Kept, step: Step, subscriptions: Sequence[str], now: int) -> Kept:
    """Write down what a step leaves, call back what it calls back, and make its messages."""
    await take_steps(store, [(kept, step)], {kept.ladder.id: subscriptions}, now)
    return kept.stepped(step)


async def take_steps(
    store: CheckInStore, steps: Sequence[tuple[Kept, Step]], subscriptions: Mapping[str, Sequence[str]], now: int
) -> None:
    """The same for many; `subscriptions` are those that her messages about a check-in go to."""
    await store.write_check_ins([kept.stepped(step) for kept, step in steps if step.check_in != kept.ladder])
    sendings = [Sending(kept.ladder, step, subscriptions.get(kept.ladder.id, ()), now) for kept, step in steps]
    await send_all(store.host_secrets, sendings, now)


async def send_all(host_secrets: HostSecrets, sendings: Sequence[Sending], now: int) -> None:
    """Call back what each step calls back, and put its messages into the outbox."""
    await _call_back(host_secrets, [one for one in sendings if one.step.withdraw], now)
    made = [
        (_note_for(message, one.due), subscription)
        for one in sendings
        for message in one.step.messages
        if message.to is None
        for subscription in one.subscriptions
    ]
    reached = await _resolve(host_secrets, sendings)
    nudged = [one for one in reached if one.message.kind is ladder.Kind.NUDGE]
    await _leave_nudges(host_secrets, nudged, now)
    await _pass_turns(host_secrets, nudged)
    told = await _tell_all_is_well(host_secrets, [one for one in reached if one not in nudged])
    made += [(_note_for(one.message, one.sending.due), phone) for one in (*nudged, *told) for phone in one.phones]
    await make_messages(made)


async def _call_back(host_secrets: HostSecrets, sendings: Sequence[Sending], now: int) -> None:
    """What has reached no buddy is undone as if it had never been; what has stays, and gets its all-clear."""
    ids = [name for one in sendings for name in ids_of(one.before, one.before.nudged)]
    await erase_nudges(await unsent_of(await read_nudges_by_id(host_secrets, ids), now))
    await withdraw([one.step.check_in.id for one in sendings])


# --- to buddies ------------------------------------------------------------------------------------------------------


class _Reached(NamedTuple):
    """A message to a buddy, both ends of the pair, and the buddy's phones."""

    sending: Sending
    message: Message
    hers: TieRow
    theirs: TieRow
    phones: Sequence[str]


async def _resolve(host_secrets: HostSecrets, sendings: Sequence[Sending]) -> list[_Reached]:
    """Find where messages to buddies lead; those that lead nowhere are left out."""
    asked = [(one, message, message.to) for one in sendings for message in one.step.messages if message.to is not None]
    if not asked:
        return []
    hers = await read_ties(host_secrets, {to for _, _, to in asked})
    peers = await peers_of(host_secrets, hers.values())
    phones = await subscriptions_of({peer.account for peer in peers.values() if peer})
    return [
        _Reached(one, message, hers[to], peer, phones.get(peer.account, ()))
        for one, message, to in asked
        if (peer := peers.get(to))
    ]


async def _leave_nudges(host_secrets: HostSecrets, nudged: Sequence[_Reached], now: int) -> None:
    made = [(one.theirs.id, _nudge(one.sending.step.check_in, one)) for one in nudged]
    await make_nudges(host_secrets, made, now)


def _nudge(check_in: CheckIn, reached: _Reached) -> NudgeContents:
    """A copy of the note as it is now: what she writes later is for the next nudge."""
    which: Which = "silence" if not check_in.company else "quiet" if check_in.quiet else "company"
    begin = _NOTES.index(which) * NOTE_BYTES
    notes = (reached.hers.notes or b"")[begin : begin + NOTE_BYTES]
    return NudgeContents(
        source=reached.hers.id,
        check_in=check_in.id,
        round=check_in.rounds,
        which=which,
        note=urlsafe_b64encode(notes).rstrip(b"=").decode() or None,
        pushes=len(reached.phones),
    )


async def _pass_turns(host_secrets: HostSecrets, nudged: Sequence[_Reached]) -> None:
    """Whoever is asked first in a round is asked last in the next."""
    first = {one.hers.account: one.hers.id for one in nudged if one.hers.id == one.sending.step.check_in.tried[0]}
    for account, wishes in (await read_wishes(host_secrets, first)).items() if first else ():
        await write_wishes(host_secrets, account, wishes.model_copy(update={"turn": first[account]}))


async def _tell_all_is_well(host_secrets: HostSecrets, told: Sequence[_Reached]) -> list[_Reached]:
    """Return those who were nudged and had no all-clear yet; each of their nudges now says that all is well."""
    ids = [name for one in told for name in ids_of(one.sending.before, [one.hers.id])]
    rows = [row for row in await read_nudges_by_id(host_secrets, ids) if row.contents.state != "well"]
    await write_nudges(host_secrets, [row.changed(state="well") for row in rows])
    asked = {(row.contents.check_in, row.contents.source) for row in rows}
    return [one for one in told if (one.message.key.check_in, one.hers.id) in asked]


def _note_for(message: Message, due: int) -> Note:
    return Note(_KINDS[message.kind], " ".join(message.key), message.key.check_in, due, message.good_until)
