"""Stops pairs: one's own end goes at once and for good, whatever comes of the database, and the other side is not told.

An end that was cut is written down outside the database before it is erased (`server/stopped.py`). A database that is
restored from an older copy is cleared of those ends before anything is asked or sent (`stop_again`).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tortoise.transactions import in_transaction

from server.buddy_wishes import REST, read_wishes
from server.checkins.check_in import DAY
from server.holding import hold_accounts
from server.models import Tie
from server.sealing import HostSecrets
from server.stopped import StoppedFile
from server.storage import forget_for_good
from server.ties import CallBack, Ends, TieRow, cut, hold_pair, peers_of, ties_of


class Stopping:
    """Cuts ends of pairs, and remembers that it did."""

    def __init__(self, host_secrets: HostSecrets, stopped: StoppedFile, call_back: CallBack) -> None:
        """Take the keys, the file to write it down in, and what calls back what a pair has set going."""
        self._secrets = host_secrets
        self._stopped = stopped
        self._call_back = call_back

    async def stop(self, account: str, tie: str, now: int) -> None:
        """Cut an end; nothing happens if it is not theirs."""
        async with hold_pair(self._secrets, account, tie) as ends:
            # Also one that cannot be opened any more: nobody may be kept in a pair by a lost key.
            if await Tie.filter(id=tie, account_id=account).exists():
                self._stopped.note([tie], now // DAY)
                if ends:
                    await self._cut(ends, now)
                await Tie.filter(id=tie).delete()
        await forget_for_good()

    @asynccontextmanager
    async def leaving(self, account: str, now: int) -> AsyncIterator[None]:
        """Open a transaction in which every end of an account is cut already, for whoever erases the account."""
        around = await self._around(account)
        async with in_transaction():
            held = await hold_accounts(around, wait=True)
            ties = await Tie.filter(account_id=account).values_list("id", flat=True)
            self._stopped.note([str(tie) for tie in ties], now // DAY)
            own = (await ties_of(self._secrets, [account])).get(account, [])
            for tie, peer in (await peers_of(self._secrets, own)).items():
                # A pair made in this very moment goes with the account too; its other end is not ours to write to.
                if peer is None or peer.account in held:
                    await self._cut(Ends(next(row for row in own if row.id == tie), peer), now)
            yield

    async def stop_again(self, now: int) -> int:
        """Cut every end that was cut before and is there again; return how many. It comes before anything else."""
        self._stopped.drop_old(now // DAY)
        if self._stopped.is_empty():
            return 0
        was_cut = self._stopped.finder()
        rows = await Tie.all().values_list("id", "account_id")
        back = [(str(account), str(tie)) for tie, account in rows if was_cut(str(tie))]
        for account, tie in back:
            await self.stop(account, tie, now)
        return len(back)

    async def _around(self, account: str) -> set[str]:
        own = (await ties_of(self._secrets, [account])).get(account, [])
        return {account, *(peer.account for peer in (await peers_of(self._secrets, own)).values() if peer)}

    async def _cut(self, ends: Ends, now: int) -> None:
        await self._call_back(ends, now)
        await cut(self._secrets, ends, await self._rest_of(ends.own))

    async def _rest_of(self, own: TieRow) -> str | None:
        if own.is_hers:
            return None
        wishes = (await read_wishes(self._secrets, [own.account])).get(own.account)
        return wishes.model_dump_json(include=set(REST)) if wishes else None
