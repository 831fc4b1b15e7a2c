"""Erases what nobody needs any more. Runs once an hour at least: answered check-ins must be gone within a day.

What it returns are counts, the only thing about any of this that a host may ever see.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from server.accounts import erase_account
from server.clock import day_number
from server.models import (
    Account,
    AnsweredBefore,
    CheckIn,
    Handover,
    Heartbeat,
    Invite,
    Nudge,
    Outbox,
    Report,
    Session,
    Slip,
    Tie,
)
from server.push.payloads import Kind
from server.stopping import Stopping
from server.storage import forget_for_good

BUDDY_IDLE_DAYS: Final = 400
"""How long somebody may stay away who is another's buddy, at least."""
_DAYS_A_WEEK: Final = 7
_HEARTBEAT_SECONDS: Final = 7 * 24 * 3600
# A check-in that nothing has ended, such as one whose answer never came: a late answer still finds it for this long.
_OPEN_CHECK_IN_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Erased:
    """How many of each were erased."""

    accounts: int
    sessions: int
    check_ins: int
    answers: int
    messages: int
    handovers: int
    slips: int
    invites: int
    nudges: int
    reports: int
    heartbeats: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(asdict(self).values())


async def erase_what_is_due(now: int, stopping: Stopping, *, idle_days: int) -> Erased:
    """Erase what is past its time at this moment, and accounts that nobody has used for `idle_days`."""
    today = day_number(datetime.fromtimestamp(now, UTC).date())
    on_its_way = Outbox.filter(kind=Kind.ALL_CLEAR, check_in_id__not_isnull=True).values("check_in_id")
    erased = Erased(
        accounts=await _erase_idle_accounts(stopping, today, idle_days, now),
        sessions=await _erase(Session.filter(ends_day__lte=today)),
        # Not while an all-clear about it is still on its way.
        check_ins=await _erase(CheckIn.filter(erase_after__lte=now).exclude(id__in=Subquery(on_its_way)))
        + await _erase(CheckIn.filter(day__lt=today - _OPEN_CHECK_IN_DAYS)),
        answers=await _erase(AnsweredBefore.filter(erase_after__lte=now)),
        messages=await _erase(Outbox.filter(stale_after__lte=now)),
        handovers=await _erase(Handover.filter(erase_after__lte=now)),
        slips=await _erase(Slip.filter(erase_after__lte=now)),
        invites=await _erase(Invite.filter(erase_after__lte=now)),
        nudges=await _erase(Nudge.filter(erase_after__lte=now)),
        reports=await _erase(Report.filter(erase_after__lte=now)),
        heartbeats=await _erase(Heartbeat.filter(at__lte=now - _HEARTBEAT_SECONDS)),
    )
    if erased.total:
        await forget_for_good()
    return erased


def last_idle_week(today: int, idle_days: int) -> int:
    """Return the last week for which an account that was used in it has been idle for long enough on a day.

    Counted from the week's first day, and one day early for the hour of that day: never too late.
    """
    return (today - idle_days + 1) // _DAYS_A_WEEK


async def _erase_idle_accounts(stopping: Stopping, today: int, idle_days: int, now: int) -> int:
    week = last_idle_week(today, idle_days)
    # A buddy whom nobody had to ask for months is no stranger: she counts on them, and would not be told.
    buddies_week = last_idle_week(today, max(idle_days, BUDDY_IDLE_DAYS))
    idle = Q(account__active_week__lte=week)
    in_pairs = {str(account) for account in await Tie.filter(idle).distinct().values_list("account_id", flat=True)}
    kept = await Tie.filter(idle, is_hers=False, account__active_week__gt=buddies_week).values_list(
        "account_id", flat=True
    )
    # Those in a pair leave it first, one after the other; the rest go at once.
    leaving = in_pairs - {str(account) for account in kept}
    count = sum([await erase_account(stopping, account, now) for account in leaving])
    still_in_pairs = Subquery(Tie.all().values("account_id"))
    return count + await _erase(Account.filter(active_week__lte=week).exclude(id__in=still_in_pairs))


async def _erase(rows: QuerySet[Any]) -> int:
    # Counted first: what SQLite counts while it erases includes all that hung on the rows.
    count = await rows.count()
    if count:
        await rows.delete()
    return count
