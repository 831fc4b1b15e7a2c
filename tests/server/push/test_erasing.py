"""What the worker erases, it says in numbers alone."""

import logging

import pytest

from server.models import Account
from tests.server.push.her import Days


async def test_a_host_is_told_how_many_of_each_were_erased_and_nothing_else(
    days: Days, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "nightjar")
    async with days.somebody():
        await days.worker.erase()
        assert caplog.messages == []

        await Account.all().update(active_week=1)
        await days.worker.erase()

    assert caplog.messages == ["erased: 1 accounts"]
