"""Backups and handovers: bytes in, the same bytes out, only to whom they belong, and gone when they should be."""

import pytest

from server.backups import SIZES_BYTES, erase_backup, keep_backup, read_backup
from server.errors import FullError, NotFoundError, UnreadableError
from server.handovers import CONTENT_BYTES, LIFETIME_SECONDS, lay_down, take_up
from server.models import Backup, Handover
from server.settings import Settings
from tests.factories import NOW, make_account

pytestmark = pytest.mark.usefixtures("database")

LOOKUP, OTHER_LOOKUP = "l" * 22, "m" * 22
CONTENT = bytes(range(256)) * (CONTENT_BYTES // 256)


@pytest.mark.parametrize("size", SIZES_BYTES)
async def test_a_backup_comes_back_byte_for_byte(size: int) -> None:
    account, content = await make_account(), bytes(index % 251 for index in range(size))

    await keep_backup(account.id, content)

    assert await read_backup(account.id) == content


async def test_there_is_one_backup_an_account_and_only_of_a_size_that_tells_little() -> None:
    account = await make_account()
    await keep_backup(account.id, bytes(SIZES_BYTES[0]))
    await keep_backup(account.id, b"x" * SIZES_BYTES[0])

    for size in (0, 1, SIZES_BYTES[0] - 1, SIZES_BYTES[0] + 1, SIZES_BYTES[-1] * 2):
        with pytest.raises(UnreadableError):
            await keep_backup(account.id, bytes(size))

    # What was there before a wrong one came is still there.
    assert await read_backup(account.id) == b"x" * SIZES_BYTES[0]
    assert await Backup.all().count() == 1


async def test_a_backup_is_there_for_its_account_alone_and_goes_when_told(ready: Settings) -> None:
    account, other = await make_account(), await make_account()
    await keep_backup(account.id, b"telling" * 2340 + b"1234")

    with pytest.raises(NotFoundError):
        await read_backup(other.id)
    await erase_backup(other.id)
    assert await read_backup(account.id)

    await erase_backup(account.id)
    with pytest.raises(NotFoundError):
        await read_backup(account.id)
    for file in ready.data.glob("nightjar.sqlite3*"):
        assert b"telling" not in file.read_bytes(), file


# --- handovers ----------------------------------------------------------------------------------------------------


async def test_what_is_laid_down_is_taken_up_once() -> None:
    account = await make_account()
    await lay_down(account.id, LOOKUP, CONTENT, NOW)

    assert await take_up(LOOKUP, NOW + LIFETIME_SECONDS - 1) == CONTENT
    with pytest.raises(NotFoundError):
        await take_up(LOOKUP, NOW)


async def test_a_code_is_worth_nothing_after_its_minutes_and_what_it_led_to_is_gone() -> None:
    await lay_down((await make_account()).id, LOOKUP, CONTENT, NOW)

    with pytest.raises(NotFoundError):
        await take_up(LOOKUP, NOW + LIFETIME_SECONDS)

    assert await Handover.all().count() == 0


async def test_a_new_code_takes_the_place_of_the_one_before() -> None:
    account = await make_account()
    await lay_down(account.id, LOOKUP, CONTENT, NOW)
    await lay_down(account.id, OTHER_LOOKUP, CONTENT, NOW)

    with pytest.raises(NotFoundError):
        await take_up(LOOKUP, NOW)
    assert await take_up(OTHER_LOOKUP, NOW) == CONTENT


async def test_nobody_lays_anything_down_where_somebody_else_has() -> None:
    owner, stranger = await make_account(), await make_account()
    await lay_down(owner.id, LOOKUP, CONTENT, NOW)

    with pytest.raises(FullError):
        await lay_down(stranger.id, LOOKUP, bytes(CONTENT_BYTES), NOW)

    assert await take_up(LOOKUP, NOW) == CONTENT


@pytest.mark.parametrize("size", [0, CONTENT_BYTES - 1, CONTENT_BYTES + 1])
async def test_all_handovers_are_equally_long(size: int) -> None:
    with pytest.raises(UnreadableError):
        await lay_down((await make_account()).id, LOOKUP, bytes(size), NOW)
