"""What nobody needs any more is erased on its day, with a moved clock, and only counts are ever told."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.clock import day_number
from server.models import Account, AnsweredBefore, CheckIn, Device, Handover, Heartbeat, Invite, Nudge, Outbox, Session
from server.push.payloads import Kind
from server.retention import Erased, erase_what_is_due, last_idle_week
from server.sealing import HostSecrets
from server.sessions import begin_session, find_visitor
from server.settings import Settings
from tests.factories import NOW, TODAY, Sealer, make_account, make_full_account, make_message, stopping_with

DAY = 24 * 3600
NOTHING = Erased(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


@pytest.fixture
def sealer(ready: Settings, database: object) -> Sealer:
    return Sealer(HostSecrets(ready.secret_file))


async def test_nothing_is_erased_before_its_time(sealer: Sealer) -> None:
    await make_full_account(sealer.secrets)

    assert await erase_what_is_due(NOW - 1, stopping_with(sealer.secrets), idle_days=90) == NOTHING


async def test_an_idle_account_is_gone_after_the_days_the_host_allows_and_never_later(sealer: Sealer) -> None:
    # Given an account that was last used today
    account = await make_account()

    # When days pass
    gone_after = None
    for days in range(120):
        if (await erase_what_is_due(NOW + days * DAY, stopping_with(sealer.secrets), idle_days=90)).accounts:
            gone_after = days
            break

    # Then it is gone within the 90, though not a fortnight early
    assert gone_after is not None
    assert 80 < gone_after <= 90
    assert not await Account.filter(id=account.id).exists()


async def test_an_account_in_use_stays_for_years(sealer: Sealer) -> None:
    account = await make_account()
    begun = await begin_session(account.id, TODAY)

    for days in range(0, 800, 40):
        today = TODAY + timedelta(days=days)
        visitor = await find_visitor(begun.token, today)
        assert visitor, days
        begun = await begin_session(account.id, today, begun.device)
        assert (await erase_what_is_due(NOW + days * DAY, stopping_with(sealer.secrets), idle_days=90)).accounts == 0


@given(used=st.integers(0, 50_000), idle_days=st.integers(30, 366), hour=st.integers(0, DAY - 1))
def test_no_account_outlives_the_hosts_days_by_an_hour_nor_goes_two_weeks_early(
    used: int, idle_days: int, hour: int
) -> None:
    erased_on = next(day for day in range(used, used + 400) if used // 7 <= last_idle_week(day, idle_days))

    # Used at the first second of its day, erased in the worst case by a run at any hour of the day
    assert (erased_on - used) * DAY + hour < idle_days * DAY
    assert erased_on - used >= idle_days - 1 - 7


async def test_a_check_in_that_has_ended_goes_at_its_moment_with_what_hangs_on_it(sealer: Sealer) -> None:
    account = await make_account()
    subscription = await sealer.subscription(await Device.get(account=account))
    ended = await sealer.check_in(account, erase_after=NOW + 3600)
    open_one = await sealer.check_in(account, number=1)
    await make_message(subscription, ended, stale_after=NOW + DAY)

    assert (await erase_what_is_due(NOW + 3599, stopping_with(sealer.secrets), idle_days=90)).check_ins == 0
    assert (await erase_what_is_due(NOW + 3600, stopping_with(sealer.secrets), idle_days=90)).check_ins == 1
    assert [left.id for left in await CheckIn.all()] == [open_one.id]
    assert await Outbox.all().count() == 0


async def test_a_check_in_stays_while_an_all_clear_about_it_is_on_its_way(sealer: Sealer) -> None:
    account = await make_account()
    subscription = await sealer.subscription(await Device.get(account=account))
    ended = await sealer.check_in(account, erase_after=NOW)
    message = await make_message(subscription, ended, stale_after=NOW + DAY)
    await Outbox.filter(id=message.id).update(kind=Kind.ALL_CLEAR)

    assert (await erase_what_is_due(NOW, stopping_with(sealer.secrets), idle_days=90)).check_ins == 0
    await message.delete()
    assert (await erase_what_is_due(NOW, stopping_with(sealer.secrets), idle_days=90)).check_ins == 1


async def test_a_check_in_that_nothing_ended_goes_after_a_week(sealer: Sealer) -> None:
    account = await make_account()
    await sealer.check_in(account, day=day_number(TODAY))

    assert (await erase_what_is_due(NOW + 7 * DAY, stopping_with(sealer.secrets), idle_days=90)).check_ins == 0
    assert (await erase_what_is_due(NOW + 8 * DAY, stopping_with(sealer.secrets), idle_days=90)).check_ins == 1


async def test_sessions_answers_messages_handovers_invites_nudges_and_heartbeats_go_at_their_moment(
    sealer: Sealer,
) -> None:
    await make_full_account(sealer.secrets)

    erased = await erase_what_is_due(NOW, stopping_with(sealer.secrets), idle_days=90)
    assert asdict(erased) == asdict(NOTHING) | dict.fromkeys(
        ("answers", "messages", "handovers", "slips", "invites", "nudges"), 1
    )

    assert (await erase_what_is_due(NOW + 7 * DAY, stopping_with(sealer.secrets), idle_days=90)).heartbeats == 1
    assert (await erase_what_is_due(NOW + 90 * DAY, stopping_with(sealer.secrets), idle_days=366)).sessions == 1
    for table in (AnsweredBefore, Outbox, Handover, Invite, Nudge, Heartbeat, Session):
        assert await table.all().count() == 0, table
    assert await Account.all().count() == 1


async def test_what_it_says_are_counts_alone(sealer: Sealer) -> None:
    await make_full_account(sealer.secrets)

    erased = await erase_what_is_due(NOW + 400 * DAY, stopping_with(sealer.secrets), idle_days=90)

    assert all(type(count) is int for count in asdict(erased).values())
    assert erased.accounts == 1
