"""Invites: how two phones become a pair, step by step, through a place whose name only the two can derive.

She lays down what she asks; the guest takes it, with their half of the keys; she shows hers; both compare four words by
voice; she says that it is done. Only then is there a pair. Everything before is ciphertext that causes nothing, and is
gone within a day. Each step may come again, as from a phone that was not told that it had come.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, Literal, NamedTuple

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from server.buddy_wishes import Wishes, read_wishes
from server.checkins.check_in import DAY
from server.errors import FullError, NotFoundError, NotSignedInError, UnreadableError
from server.holding import hold_account, hold_accounts
from server.models import Invite
from server.sealing import HostSecrets
from server.storage import forget_for_good
from server.ties import NOTES_BYTES, NewPair, count_ties, make, ties_of

# What she asks, and each side's half of the keys, filled up by the phone.
STEP_BYTES: Final = 1024
LIFETIME_SECONDS: Final = 24 * 3600


class Limits(NamedTuple):
    """How many buddies, and how many people to look out for, this host lets anybody have."""

    buddies: int
    people: int


class Look(NamedTuple):
    """How an invite stands, as one of its two sides may know it."""

    state: Literal["waiting", "taken", "declined"]
    reply: bytes | None
    shown: bytes | None


class Invites:
    """The invites of a host."""

    def __init__(self, host_secrets: HostSecrets, limits: Limits) -> None:
        """Take the keys to wishes and pairs, and what this host allows."""
        self._secrets = host_secrets
        self._limits = limits

    # --- her side -----------------------------------------------------------------------------------------------------

    async def lay(self, account: str, lookup: str, content: bytes, now: int) -> None:
        """Lay an invite down for a day; FullError if she has, or asks, as many as she may, or the place is taken."""
        _has_length(content, STEP_BYTES)
        try:
            async with in_transaction():
                await hold_account(account)
                kept = await Invite.get_or_none(lookup=lookup, account_id=account)
                if kept and bytes(kept.content) == content and _is_open(kept, now):
                    return
                most = min(
                    self._limits.buddies,
                    (await read_wishes(self._secrets, [account])).get(account, Wishes()).most_buddies,
                )
                asked = await Invite.filter(account_id=account, declined=False, erase_after__gt=now).count()
                if asked + await count_ties(account, hers=True) >= most:
                    raise FullError
                await Invite.create(
                    lookup=lookup, account_id=account, content=content, erase_after=now + LIFETIME_SECONDS
                )
        except IntegrityError:
            raise FullError from None

    async def show(self, account: str, lookup: str, shown: bytes, now: int) -> None:
        """Lay her half of the keys down, once, and only after the guest's; NotFoundError otherwise."""
        _has_length(shown, STEP_BYTES)
        async with _held(lookup, account, now) as invite:
            if invite.account_id != account or invite.guest_id is None:
                raise NotFoundError
            if invite.shown is None:
                await Invite.filter(lookup=lookup).update(shown=shown)
            elif bytes(invite.shown) != shown:
                raise NotFoundError

    async def finish(self, account: str, lookup: str, notes: bytes, now: int) -> str:
        """Make the pair, and return the id of her end. The invite is spent."""
        _has_length(notes, NOTES_BYTES)
        # Her phone may not have heard that it is done.
        made = await self._made_of(account, lookup)
        if made is not None:
            return made
        async with _held(lookup, account, now) as invite:
            if invite.account_id != account or invite.guest_id is None or invite.shown is None:
                raise NotFoundError
            await Invite.filter(lookup=lookup).delete()
            made = await make(self._secrets, NewPair(account, invite.guest_id, lookup, notes), now // DAY)
        await forget_for_good()
        return made

    # --- the guest's side ---------------------------------------------------------------------------------------------

    async def take(self, account: str, lookup: str, reply: bytes, now: int) -> None:
        """Accept, with one's half of the keys; NotFoundError if it is not there for them.

        FullError if they look out for as many people as they may.
        """
        _has_length(reply, STEP_BYTES)
        async with _held(lookup, account, now) as invite:
            if invite.account_id == account or invite.declined:
                raise NotFoundError
            if invite.guest_id is not None:
                if invite.guest_id == account and invite.reply is not None and bytes(invite.reply) == reply:
                    return
                raise NotFoundError
            most = min(
                self._limits.people, (await read_wishes(self._secrets, [account])).get(account, Wishes()).most_people
            )
            accepted = await Invite.filter(guest_id=account, erase_after__gt=now).count()
            if accepted + await count_ties(account, hers=False) >= most:
                raise FullError
            await Invite.filter(lookup=lookup).update(guest_id=account, reply=reply)

    # --- either side --------------------------------------------------------------------------------------------------

    async def look(self, account: str, lookup: str, now: int) -> Look:
        """Return how it stands for one of its two sides; NotFoundError for anybody else, and once it is over."""
        invite = await Invite.get_or_none(lookup=lookup, erase_after__gt=now)
        if invite is not None and invite.account_id == account:
            if invite.declined:
                return Look("declined", None, None)
            return Look("waiting" if invite.guest_id is None else "taken", _bytes(invite.reply), None)
        if invite is not None and invite.guest_id == account:
            return Look("taken", None, _bytes(invite.shown))
        raise NotFoundError

    async def take_back(self, account: str, lookup: str, now: int) -> None:
        """Hers: it is gone. The guest's: to her it is declined. Nothing happens to anybody else's."""
        try:
            async with _held(lookup, account, now) as invite:
                if invite.account_id == account:
                    await Invite.filter(lookup=lookup).delete()
                elif invite.guest_id == account:
                    await _decline(lookup)
        except NotFoundError:
            return
        await forget_for_good()

    async def _made_of(self, account: str, lookup: str) -> str | None:
        rows = (await ties_of(self._secrets, [account])).get(account, [])
        return next((row.id for row in rows if row.is_hers and row.contents.card == lookup), None)


# --- without an account ----------------------------------------------------------------------------------------------


async def read_invite(lookup: str, now: int) -> bytes:
    """Return what is asked; NotFoundError if nobody asks it there, or not any more, or somebody has accepted."""
    invite = await Invite.get_or_none(lookup=lookup)
    if invite is None or not _is_open(invite, now):
        raise NotFoundError
    return bytes(invite.content)


async def pass_on(lookup: str, now: int) -> None:
    """Answer "not right now"; nothing happens where nobody waits for an answer."""
    found = await Invite.filter(lookup=lookup).values_list("account_id", flat=True)
    if not found:
        return
    async with in_transaction():
        await hold_accounts([str(found[0])], wait=True)
        invite = await Invite.get_or_none(lookup=lookup)
        if invite is None or not _is_open(invite, now):
            return
        await _decline(lookup)
    await forget_for_good()


async def _decline(lookup: str) -> None:
    await Invite.filter(lookup=lookup).update(declined=True, content=b"", guest_id=None, reply=None, shown=None)


@asynccontextmanager
async def _held(lookup: str, account: str, now: int) -> AsyncIterator[Invite]:
    """Open a transaction that holds an account and all who have to do with an invite; NotFoundError if it is over."""
    found = await Invite.filter(lookup=lookup).values_list("account_id", "guest_id")
    around = {account, *(str(one) for one in (found[0] if found else ()) if one)}
    async with in_transaction():
        if account not in await hold_accounts(around, wait=True):
            raise NotSignedInError
        invite = await Invite.get_or_none(lookup=lookup, erase_after__gt=now)
        if invite is None or invite.account_id not in around:
            raise NotFoundError
        yield invite


def _is_open(invite: Invite, now: int) -> bool:
    return invite.guest_id is None and not invite.declined and invite.erase_after > now


def _has_length(content: bytes, length: int) -> None:
    if len(content) != length:
        raise UnreadableError


def _bytes(content: bytes | None) -> bytes | None:
    return None if content is None else bytes(content)
