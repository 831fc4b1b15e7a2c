"""Sessions: only who holds the token is let in, only as long as it lasts, and only into their own account."""

from datetime import timedelta

import pytest

from server.clock import day_number, week_number
from server.errors import FullError, NotFoundError
from server.models import Account, Device, Session, Subscription
from server.sealing import HostSecrets
from server.sessions import (
    DEVICES_AT_MOST,
    SESSION_DAYS,
    Visitor,
    begin_session,
    devices_of,
    find_visitor,
    renew_session,
    sign_out,
    sign_out_others,
)
from server.settings import Settings
from tests.factories import TODAY, Sealer, make_account

pytestmark = pytest.mark.usefixtures("database")


def after(days: int) -> timedelta:
    return timedelta(days=days)


async def test_a_token_lets_its_own_device_in_and_is_kept_nowhere() -> None:
    account = await make_account()

    begun = await begin_session(account.id, TODAY)

    assert await find_visitor(begun.token, TODAY) == Visitor(account.id, begun.device)
    assert begun.token not in {str(value) for row in await Session.all().values() for value in row.values()}


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "á"])
async def test_any_other_token_lets_nobody_in(token: str) -> None:
    await make_account()

    assert await find_visitor(token, TODAY) is None


async def test_a_session_ends_by_itself_and_goes_on_where_it_is_used() -> None:
    # Given two phones
    account = await make_account()
    used, unused = await begin_session(account.id, TODAY), await begin_session(account.id, TODAY)

    # When one is used a month later
    visitor = await find_visitor(used.token, TODAY + after(30))
    assert visitor
    assert visitor.ages
    await renew_session(used.token, TODAY + after(30))

    # Then the other ends on its day, and the first goes on
    assert await find_visitor(unused.token, TODAY + after(SESSION_DAYS - 1))
    assert await find_visitor(unused.token, TODAY + after(SESSION_DAYS)) is None
    assert await find_visitor(used.token, TODAY + after(SESSION_DAYS + 29))


async def test_a_session_is_not_written_again_each_time_it_is_used() -> None:
    # Otherwise the row would tell when she was here last.
    account = await make_account()
    begun = await begin_session(account.id, TODAY)

    for days in range(30):
        visitor = await find_visitor(begun.token, TODAY + after(days))
        assert visitor
        assert not visitor.ages


async def test_the_account_remembers_no_more_than_the_week() -> None:
    account = await make_account()
    begun = await begin_session(account.id, TODAY)

    for days in (0, 6, 7, 20):
        await find_visitor(begun.token, TODAY + after(days))
        kept = await Account.get(id=account.id)
        assert kept.active_week == week_number(TODAY + after(days)) == (day_number(TODAY) + days) // 7


async def test_a_phone_that_signs_in_again_stays_the_same_device_and_its_old_token_ends() -> None:
    account = await make_account()
    first = await begin_session(account.id, TODAY)

    again = await begin_session(account.id, TODAY, first.device)

    assert again.device == first.device
    assert again.token != first.token
    assert await find_visitor(first.token, TODAY) is None


async def test_nobody_becomes_a_device_of_somebody_else() -> None:
    # Given another person's device
    account, other = await make_account(), await make_account()
    (theirs,) = await devices_of(other.id)

    # When a phone claims to be it
    begun = await begin_session(account.id, TODAY, theirs)

    # Then it is a new device of its own account, and theirs is as it was
    assert begun.device != theirs
    assert await devices_of(other.id) == [theirs]
    assert await Session.filter(device_id=theirs).count() == 1


async def test_there_are_only_so_many_devices_and_those_long_gone_make_room() -> None:
    # Given as many phones as there may be
    account = await make_account()
    for _ in range(DEVICES_AT_MOST - 1):
        await begin_session(account.id, TODAY)
    with pytest.raises(FullError):
        await begin_session(account.id, TODAY)

    # When the sessions of some have ended
    gone = (await devices_of(account.id))[:3]
    await Session.filter(device_id__in=gone).delete()

    # Then one more fits
    await begin_session(account.id, TODAY)
    assert not set(gone) & set(await devices_of(account.id))


async def test_signing_out_forgets_the_device_and_where_it_was_reached(ready: Settings) -> None:
    account = await make_account()
    device = await Device.get(account=account)
    await Sealer(HostSecrets(ready.secret_file)).subscription(device)

    await sign_out(account.id, device.id)

    assert (await Device.all().count(), await Session.all().count(), await Subscription.all().count()) == (0, 0, 0)
    assert await Account.all().count() == 1


async def test_nobody_signs_out_somebody_elses_device() -> None:
    account, other = await make_account(), await make_account()
    (theirs,) = await devices_of(other.id)

    for device in (theirs, "x" * 22):
        with pytest.raises(NotFoundError):
            await sign_out(account.id, device)

    assert await devices_of(other.id) == [theirs]


async def test_the_others_are_signed_out_and_nobody_elses() -> None:
    account, other = await make_account(), await make_account()
    kept = await begin_session(account.id, TODAY)

    await sign_out_others(account.id, kept.device)

    assert await devices_of(account.id) == [kept.device]
    assert len(await devices_of(other.id)) == 1
