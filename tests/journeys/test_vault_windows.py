"""More than one window, and more than one phone: nothing she wrote gives way to something else she wrote."""

from pathlib import Path

import pytest

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.keeper import CODE, Keeper

PASSPHRASE = "four mild otters rowing"
HERE = "the side gate is never locked"
THERE = "the neighbour is home after six"
NOTE = "rain all day"

_FIELD = "#view [data-section=home] textarea"
_BESIDE = "#view [data-section=home] [data-theirs]"


@pytest.fixture
def keeper(chromium_phone: ChromiumPhone, host: Host) -> Keeper:
    return Keeper(chromium_phone, host)


def test_two_windows_that_write_in_the_same_part_keep_both(keeper: Keeper) -> None:
    # Given the same part of the plan, open in two windows
    keeper.keeps_words_with(CODE)
    keeper.writes_in_the_plan("home", "it creaks")
    one = keeper.phone.window
    keeper.phone.new_window()
    keeper.comes_back()
    keeper.opens_a_part_of_the_plan("home")

    # When both write
    keeper.writes(_FIELD, THERE)
    keeper.waits_until_kept()
    keeper.phone.switch_to(one)
    keeper.writes(_FIELD, HERE)
    keeper.waits_until_kept()

    # Then the later one is told of the other, and what it has written stands beside it
    assert keeper.finds_written(_FIELD) == HERE
    keeper.phone.wait_until(f"document.querySelector('{_BESIDE}') !== null", "the other is not shown")
    assert THERE in keeper.text_of_the_view()

    # And so it is when she comes back
    keeper.exits()
    keeper.comes_back()
    keeper.opens_a_part_of_the_plan("home")
    assert keeper.finds_written(_FIELD) == HERE
    assert THERE in keeper.text_of_the_view()

    # Until she decides
    keeper.phone.click("#view [data-keep-both]")
    keeper.waits_until_kept()
    keeper.reads("start")
    keeper.opens_a_part_of_the_plan("home")
    written = keeper.phone.evaluate(f"[...document.querySelectorAll('{_FIELD}')].map((it) => it.value)")
    assert {HERE, THERE} <= set(written)
    assert not keeper.phone.evaluate(f"document.querySelector('{_BESIDE}') !== null")


def test_a_file_made_here_opens_on_another_phone(keeper: Keeper, shop: Shop, tmp_path: Path) -> None:
    # Given a plan, a note and a day
    keeper.keeps_words_with(CODE)
    keeper.writes_in_the_plan("home", HERE)
    keeper.writes_a_note(NOTE)
    keeper.marks_the_day(4)
    keeper.phone.goto(keeper.host.base + "/")
    keeper.comes_back()

    # When she makes a file of them
    file = keeper.makes_a_file(PASSPHRASE, tmp_path)

    # Then it tells nothing
    made = file.read_bytes()
    assert len(made) == 16 * 1024
    for planted in (HERE, NOTE, PASSPHRASE, "plan", "entries"):
        assert planted.encode() not in made

    # And another phone, which has a code of its own, opens it
    other = Keeper(shop.chromium(tmp_path / "other"), keeper.host)
    other.keeps_words_without_a_code()
    other.opens_a_file(file, PASSPHRASE)
    assert other.phone.evaluate("document.querySelector('#view [data-new]').textContent") == "3"
    other.phone.click("#view [data-add]")
    other.phone.wait_until("!document.querySelector('#view [data-said=added]').hidden", "it was not added")
    other.opens_a_part_of_the_plan("home")
    assert other.finds_written(_FIELD) == HERE
    other.reads("notes")
    assert other.sees(NOTE)
    other.reads("days")
    other.phone.wait_until("document.querySelector('#view [name=mood]:checked')?.value === '4'", "the day is not there")


def test_a_wrong_passphrase_adds_nothing(keeper: Keeper, tmp_path: Path) -> None:
    keeper.keeps_words_without_a_code()
    keeper.writes_in_the_plan("home", HERE)
    file = keeper.makes_a_file(PASSPHRASE, tmp_path)
    before = keeper.records()

    keeper.opens_a_file(file, PASSPHRASE + "s")

    keeper.phone.wait_until("!document.querySelector('#view [data-said=wrong]').hidden", "it does not say so")
    assert keeper.records() == before
