"""Rows for tests: each with everything it needs, and only what the test says is special."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from server.accounts import open_account
from server.buddy_wishes import AskedWishes, write_asked
from server.clock import day_number
from server.models import (
    Account,
    AnsweredBefore,
    Backup,
    CheckIn,
    Device,
    Handover,
    Heartbeat,
    Invite,
    Nudge,
    Outbox,
    Recovery,
    Schedule,
    Slip,
    Subscription,
    Tie,
    new_id,
)
from server.resealing import place_of
from server.sealing import HostSecrets
from server.stopped import StoppedFile
from server.stopping import Stopping
from server.ties import Ends, TieContents

# A Thursday, as is the first day of 1970 that weeks are counted from.
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
NOW = int(NOON.timestamp())
TODAY: date = NOON.date()
SECRET = bytes(range(32))
BACKUP = bytes(16 * 1024)


@dataclass(frozen=True)
class Sealer:
    """Makes rows with sealed columns."""

    secrets: HostSecrets

    async def subscription(
        self, device: Device, plain: bytes = b'{"endpoint": "https://push.example/x"}'
    ) -> Subscription:
        row = new_id()
        sealed = self.secrets.seal(place_of(Subscription, row), plain)
        return await Subscription.create(id=row, device=device, sealed=sealed, vapid_key="v1")

    async def schedule(self, account: Account, plain: bytes = b"09:00 Europe/Lisbon") -> Schedule:
        row = new_id()
        sealed = self.secrets.seal(place_of(Schedule, row), plain)
        return await Schedule.create(id=row, account=account, sealed=sealed, next_due=NOW)

    async def check_in(
        self, account: Account, *, number: int = 0, day: int | None = None, erase_after: int | None = None
    ) -> CheckIn:
        row = new_id()
        return await CheckIn.create(
            id=row,
            account=account,
            day=day_number(TODAY) if day is None else day,
            number=number,
            state=1,
            due=None if erase_after else NOW,
            sealed=self.secrets.seal(place_of(CheckIn, row), b"{}"),
            erase_after=erase_after,
        )


async def make_account(today: date = TODAY, secret: bytes = SECRET) -> Account:
    """An account as a phone opens it, with one signed-in device."""
    return await Account.get(id=(await open_account(secret, today)).account)


async def make_message(
    subscription: Subscription, check_in: CheckIn | None = None, *, stale_after: int = NOW
) -> Outbox:
    """A message that waits."""
    return await Outbox.create(
        key=new_id(), kind=1, subscription=subscription, check_in=check_in, due=NOW, stale_after=stale_after
    )


def stopping_with(secrets: HostSecrets) -> Stopping:
    """What stops pairs, writing it down beside the host's secret."""

    async def call_back(ends: Ends, now: int) -> None:
        """Nothing was set going."""

    return Stopping(secrets, StoppedFile(secrets.file.with_name("stopped")), call_back)


async def make_full_account(secrets: HostSecrets, today: date = TODAY) -> Account:
    """An account with a row in every table."""
    sealer, account = Sealer(secrets), await make_account(today)
    device = await Device.get(account=account)
    await sealer.schedule(account)
    check_in = await sealer.check_in(account)
    await make_message(await sealer.subscription(device), check_in)
    await AnsweredBefore.create(account=account, answer=new_id(), erase_after=NOW)
    await Recovery.create(account=account, lookup=new_id(), proof_hash="x")
    await Backup.create(account=account, content=BACKUP)
    slip = new_id()
    sealed = secrets.seal(place_of(Slip, slip), b"here")
    await Slip.create(digest=slip, account=account, sealed=sealed, erase_after=NOW)
    await Handover.create(account=account, lookup=new_id(), content=bytes(4096), erase_after=NOW)
    await Heartbeat.get_or_create(worker="w", defaults={"at": NOW})
    await _make_buddy_rows(secrets, account)
    return account


async def _make_buddy_rows(secrets: HostSecrets, account: Account) -> None:
    """What being or having a buddy leaves behind: here the other end of the pair is gone already."""
    await Invite.create(lookup=new_id(), account=account, content=bytes(1024), erase_after=NOW)
    await write_asked(secrets, account.id, AskedWishes())
    tie = new_id()
    contents = TieContents(peer=new_id(), card=new_id(), agreed_day=day_number(TODAY)).model_dump_json().encode()
    sealed = secrets.seal(place_of(Tie, tie), contents)
    await Tie.create(id=tie, account=account, is_hers=False, sealed=sealed)
    nudge = new_id()
    await Nudge.create(id=nudge, tie_id=tie, sealed=secrets.seal(place_of(Nudge, nudge), b"{}"), erase_after=NOW)
