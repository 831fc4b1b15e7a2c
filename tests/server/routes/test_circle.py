"""The circle: what each side may know and change of their own end, and that nothing in it tells of the other's."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from server.models import BuddyWishes, Tie
from server.ties import AGREED_FOR_DAYS
from tests.server.people import NOTES, Someone, answer_at_once, as_text, pair, someone
from tests.server.push.her import Clock

DAY = 86_400
DEFAULTS = {
    "most_buddies": 5,
    "most_people": 10,
    "together": False,
    "paused_until": None,
    "zone": None,
    "quiet_from": None,
    "quiet_to": None,
}
OTHERS = {
    "most_buddies": 2,
    "most_people": 3,
    "together": True,
    "paused_until": "2026-12-24",
    "zone": "Europe/Madrid",
    "quiet_from": "22:00",
    "quiet_to": "07:30",
}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("server.clock.now", clock.now)
    answer_at_once(monkeypatch)
    return clock


@pytest.fixture
async def her(serving_app: Starlette) -> AsyncIterator[Someone]:
    async with someone(serving_app, 1) as her:
        yield her


@pytest.fixture
async def buddy(serving_app: Starlette) -> AsyncIterator[Someone]:
    async with someone(serving_app, 2) as buddy:
        yield buddy


def told(answer: httpx.Response) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    return answer.status_code, answer.content, tuple(sorted(answer.headers.items()))


# --- wishes -----------------------------------------------------------------------------------------------------------


async def test_wishes_are_kept_as_they_were_said_and_begin_with_what_the_host_allows(her: Someone) -> None:
    assert (await her.circle())["most"] == {"buddies": 5, "people": 10}
    assert (await her.circle())["wishes"] == DEFAULTS

    for wishes in (OTHERS, OTHERS | {"paused_until": "turned_on"}, DEFAULTS):
        assert (await her.phone.put("/s/circle", json=wishes)).status_code == 204
        assert (await her.circle())["wishes"] == wishes
    assert await BuddyWishes.all().count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"most_buddies": 6},
        {"most_people": 11},
        {"most_buddies": 0},
        {"most_people": "3"},
        {"together": 1},
        {"paused_until": "tomorrow"},
        {"paused_until": "1999-12-31"},
        {"zone": "Europe/Nowhere"},
        {"zone": None},
        {"quiet_from": None},
        {"quiet_to": "22:00"},
        {"quiet_to": "25:00"},
        {"turn": "t" * 22},
    ],
)
async def test_wishes_that_make_no_sense_are_refused_without_a_word(her: Someone, change: dict[str, Any]) -> None:
    answer = await her.phone.put("/s/circle", json=OTHERS | change)

    assert (answer.status_code, answer.content) == (400, b'{"kind":"unreadable"}')
    assert (await her.circle())["wishes"] == DEFAULTS


# --- one's own end ----------------------------------------------------------------------------------------------------


async def test_ninety_days_after_it_was_agreed_to_each_side_is_asked_anew(
    her: Someone, buddy: Someone, clock: Clock
) -> None:
    hers, theirs = await pair(her, buddy)
    clock.at += (AGREED_FOR_DAYS - 1) * DAY
    await renew(her, buddy)
    assert not (await her.circle())["hers"][0]["agree"]

    clock.at += DAY
    assert (await her.circle())["hers"][0]["agree"]
    assert (await buddy.circle())["theirs"][0]["agree"]

    # Each answers for themselves
    assert (await her.asks("/s/circle/agree", id=theirs)).status_code == 204
    assert (await her.circle())["hers"][0]["agree"]
    assert (await her.asks("/s/circle/agree", id=hers)).status_code == 204
    assert not (await her.circle())["hers"][0]["agree"]
    assert (await buddy.circle())["theirs"][0]["agree"]


async def renew(*people: Someone) -> None:
    """Sign in anew, after months."""
    for number, one in enumerate(people, 1):
        answer = await one.asks("/s/in", account=one.account, secret=as_text(bytes([number]) * 32))
        assert answer.status_code == 200


async def test_her_notes_are_replaced_as_a_whole_and_never_given_back(her: Someone, buddy: Someone) -> None:
    hers, theirs = await pair(her, buddy)
    other = as_text(b"m" * 3072)

    assert (await her.asks("/s/circle/notes", id=hers, notes=other)).status_code == 204
    assert (await buddy.asks("/s/circle/notes", id=hers, notes=NOTES)).status_code == 204
    assert (await buddy.asks("/s/circle/notes", id=theirs, notes=NOTES)).status_code == 204
    assert (await her.asks("/s/circle/notes", id=hers, notes=as_text(bytes(3071)))).status_code == 400

    kept = {str(row): notes for row, notes in await Tie.all().values_list("id", "notes")}
    assert kept == {hers: b"m" * 3072, theirs: None}
    assert other not in (await her.phone.get("/s/circle")).text + (await buddy.phone.get("/s/circle")).text


# --- stopping ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["her", "buddy"])
async def test_stopping_is_at_once_and_silent_both_ways(her: Someone, buddy: Someone, who: str, clock: Clock) -> None:
    # Given a pair, as the one who stays sees it
    hers, theirs = await pair(her, buddy)
    stopping, staying, tie = (her, buddy, hers) if who == "her" else (buddy, her, theirs)
    before = told(await staying.phone.get("/s/circle"))

    # When the other stops
    assert (await stopping.stops(tie)).status_code == 204

    # Then it is gone for the one, and for the other every byte is as before
    assert tie not in (await stopping.phone.get("/s/circle")).text
    assert told(await staying.phone.get("/s/circle")) == before

    # And neither end leads to the other, nor does a note rest
    (left,) = await Tie.all()
    assert left.notes is None
    assert tie.encode() not in bytes(left.sealed)


@pytest.mark.parametrize("who", ["her", "buddy"])
async def test_every_action_on_a_stand_in_is_answered_to_the_byte_as_on_a_pair(
    her: Someone, buddy: Someone, serving_app: Starlette, who: str
) -> None:
    # Given two pairs, one of which the other side has stopped
    async with someone(serving_app, 3) as other:
        ends = [await pair(her, buddy, "p" * 22), await pair(her, other, "q" * 22)]
        staying = her if who == "her" else buddy
        if who == "her":
            await buddy.stops(ends[0][1])
            stand_in, real = ends[0][0], ends[1][0]
        else:
            await her.stops(ends[0][0])
            _, real = await pair(other, buddy, "r" * 22)
            stand_in = ends[0][1]

        # When the one who stays does all there is to do
        answers = []
        for tie in (stand_in, real):
            done = [
                await staying.asks("/s/circle/notes", id=tie, notes=NOTES),
                await staying.asks("/s/circle/agree", id=tie),
                *[await staying.asks("/s/circle/say", id=tie, says=says) for says in (1, 2, 9)],
                await staying.asks("/s/report", id=tie, content=as_text(bytes(4096))),
                await staying.stops(tie),
                await staying.stops(tie),
            ]
            answers.append([told(answer) for answer in done])

        # Then no answer tells one from the other
        assert answers[0] == answers[1]
        assert {status for status, *_ in answers[0]} == {204}


async def test_a_day_of_no_news_and_the_day_of_a_stop_are_equally_long(
    her: Someone, buddy: Someone, clock: Clock
) -> None:
    _, theirs = await pair(her, buddy)
    lengths = set()
    for day in range(7):
        clock.at += DAY
        if day == 3:
            await buddy.stops(theirs)
        answer = await her.phone.get("/s/circle")
        lengths.add(len(answer.content))
        assert "said_day" in answer.text
    assert len(lengths) == 1


async def test_what_the_network_sees_is_in_steps(her: Someone, buddy: Someone) -> None:
    empty = await her.phone.get("/s/circle")
    await pair(her, buddy)
    one = await her.phone.get("/s/circle")

    assert len(empty.content) == len(one.content) == 4096
    assert int(one.headers["content-length"]) == 4096


# --- what no phone sends ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("says", [0, 10, "1", None, 1.5])
async def test_a_reply_is_one_of_nine(her: Someone, says: object) -> None:
    assert (await her.asks("/s/circle/say", id="t" * 22, says=says)).status_code == 400


async def test_an_end_that_cannot_be_opened_is_left_out_and_can_still_be_stopped(her: Someone, buddy: Someone) -> None:
    # Given a row that a host's mistake with keys has made unreadable
    hers, _ = await pair(her, buddy)
    await Tie.filter(id=hers).update(sealed=bytes(300))

    assert (await her.circle())["hers"] == []
    assert (await her.stops(hers)).status_code == 204
    assert not await Tie.filter(id=hers).exists()
