"""Her answers, from a signed-in phone or by a slip from a locked one: what they end, whom they call (CI-2, CI-6)."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Final, Literal, NamedTuple

from tortoise.transactions import in_transaction

from server.checkin_store import CheckInStore, Kept, OpenedCheckIn
from server.checkins.answers import REMEMBER_SECONDS, Answer, Asked, Verdict, judge
from server.checkins.check_in import DAY, Answered, Circle, CompanyWanted, LadderSettings, LeftOff, Rung, Step
from server.checkins.ladder import open_check_in, step
from server.circles import read_circle
from server.clock import day_number
from server.errors import FullError, NotFoundError
from server.holding import hold_account
from server.models import AnsweredBefore, Slip, new_id
from server.sealing import Place
from server.sending import take_step

Says = Literal["here", "come"]
SLIPS_AT_MOST: Final = 60
# A phone sends what it has queued for a week, and may be in a zone a day ahead.
_SLIP_DAYS: Final = 9


class NewSlip(NamedTuple):
    """A slip as a phone lays it by: the digest of what it will send, what that says, and for which of her days."""

    digest: str
    says: Says
    day: date


async def take_answer(store: CheckInStore, account: str, answer: Answer, now: int) -> None:
    """Do what an answer means; NotFoundError if it names a check-in that is not hers, or is long gone."""
    async with in_transaction():
        await hold_account(account)
        await _take(store, account, answer, now, quietly=False)


async def lay_by_slips(store: CheckInStore, account: str, slips: Iterable[NewSlip]) -> None:
    """Keep these slips instead of those before; FullError if there are too many, or one is there already."""
    rows = {
        slip.digest: Slip(
            digest=slip.digest,
            account_id=account,
            sealed=store.host_secrets.seal(_place(slip.digest), slip.says.encode()),
            erase_after=(day_number(slip.day) + _SLIP_DAYS) * DAY,
        )
        for slip in slips
    }
    if len(rows) > SLIPS_AT_MOST:
        raise FullError
    async with in_transaction():
        await hold_account(account)
        await Slip.filter(account_id=account).delete()
        if await Slip.filter(digest__in=list(rows)).exists():
            raise FullError
        await Slip.bulk_create(rows.values())


async def redeem_slip(store: CheckInStore, slip: str, given_at: int, sent_at: int, now: int) -> None:
    """Take a slip for the answer it stands for, once; nothing happens if there is no such slip."""
    digest = _digest_of(slip)
    accounts = await Slip.filter(digest=digest).values_list("account_id", flat=True)
    if not accounts:
        return
    async with in_transaction():
        await hold_account(str(accounts[0]))
        # Read again now that nobody else can use it.
        sealed = await Slip.filter(digest=digest).values_list("sealed", flat=True)
        if not sealed:
            return
        says = store.host_secrets.open(_place(digest), bytes(sealed[0])).decode()
        await Slip.filter(digest=digest).delete()
        answer = Answer.model_validate(
            {"id": digest[:22], "says": says, "given_at": given_at, "sent_at": sent_at, "check_in": None}
        )
        await _take(store, str(accounts[0]), answer, now, quietly=True)


async def _take(store: CheckInStore, account: str, answer: Answer, now: int, *, quietly: bool) -> None:
    """`quietly`: it came by a slip, so that company is wanted under duress, and another note is shown for it."""
    kept = {one.ladder.id: one for one in (await store.read_check_ins([account])).get(account, [])}
    asked = [Asked(one.ladder.id, one.asked_at, one.ladder.is_open, one.answered_at) for one in kept.values()]
    seen = {answer.id} if await AnsweredBefore.filter(account_id=account, answer=answer.id).exists() else set()
    judged = judge(answer, asked, seen, now)
    if judged.verdict is Verdict.UNKNOWN:
        raise NotFoundError
    if judged.verdict is Verdict.REPEAT:
        return
    # In whole days, or it would tell when she answered.
    erase_after = -(-(now + REMEMBER_SECONDS) // DAY) * DAY
    await AnsweredBefore.create(account_id=account, answer=answer.id, erase_after=erase_after)
    for names, event in ((judged.answered, Answered()), (judged.silenced, LeftOff())):
        for name in names:
            await _happens(store, kept[name], judged.given_at, step(kept[name].ladder, event, now), now)
    if not judged.company_wanted:
        return
    times = await store.read_times(account)
    circle = await read_circle(store.host_secrets, account, now, opted_in=bool(times and times.nudge))
    if judged.company is not None:
        called: Kept | None = kept[judged.company]
    else:
        called = await _open_for_company(store, account, times.ladder if times else LadderSettings(), circle, now)
    if called is not None:
        done = step(called.ladder, CompanyWanted(quietly), now, circle)
        await _happens(store, called, judged.given_at, done, now)


async def _open_for_company(
    store: CheckInStore, account: str, settings: LadderSettings, circle: Circle, now: int
) -> Kept | None:
    """Open a check-in that nobody asked for, to call her buddies; None where nobody would be called."""
    opened = open_check_in(new_id(), now + DAY, settings, now).check_in
    if step(opened, CompanyWanted(), now, circle).check_in.rung is Rung.ENDED:
        return None
    kept = Kept(ladder=opened, asked_at=now)
    await store.open_check_ins([OpenedCheckIn(account, now // DAY, kept, Step(opened))])
    return kept


async def _happens(store: CheckInStore, kept: Kept, given_at: int, done: Step, now: int) -> None:
    answered = kept.model_copy(update={"answered_at": given_at})
    await store.write_check_ins([answered])
    # Nothing that follows from an answer is said to herself.
    await take_step(store, answered, done, (), now)


def _place(digest: str) -> Place:
    return Place("slip", "sealed", digest)


def _digest_of(slip: str) -> str:
    return urlsafe_b64encode(sha256(slip.encode()).digest()).rstrip(b"=").decode()
