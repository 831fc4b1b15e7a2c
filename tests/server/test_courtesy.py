"""The worker goes after phones that are being answered, and after a moment all the same."""

import asyncio
import time

import pytest

from server.courtesy import LONGEST_WAIT_SECONDS, Courtesy


async def test_nobody_is_waited_for_where_nobody_is() -> None:
    courtesy = Courtesy()
    with courtesy.guest():
        pass

    begun = time.monotonic()
    for _ in range(100):
        await courtesy.after_you()
    assert time.monotonic() - begun < LONGEST_WAIT_SECONDS


async def test_who_is_being_answered_goes_first() -> None:
    # Given two phones that are being answered
    courtesy, order = Courtesy(), list[str]()

    async def answer(turns: int) -> None:
        with courtesy.guest():
            for _ in range(turns):
                await asyncio.sleep(0)
            order.append("answered")

    async def work() -> None:
        await courtesy.after_you()
        order.append("worked")

    # When the worker would begin something
    await asyncio.gather(answer(5), answer(9), work())

    # Then it does so after both
    assert order == ["answered", "answered", "worked"]


async def test_a_phone_that_is_slow_holds_nobody_up() -> None:
    courtesy = Courtesy()
    with courtesy.guest():
        async with asyncio.timeout(10 * LONGEST_WAIT_SECONDS):
            await courtesy.after_you()


async def test_an_answer_that_fails_is_an_answer_too() -> None:
    courtesy = Courtesy()
    with pytest.raises(RuntimeError), courtesy.guest():
        raise RuntimeError

    begun = time.monotonic()
    await courtesy.after_you()
    assert time.monotonic() - begun < LONGEST_WAIT_SECONDS
