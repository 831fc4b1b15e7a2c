"""The quiet answer: one-time slips that a locked phone sends without a session, and nobody can tell apart."""

import hashlib
from base64 import urlsafe_b64encode
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from server.checkin_store import CheckInStore
from server.checkins.check_in import Rung
from server.looking import look
from server.models import AnsweredBefore, CheckIn, Slip
from server.wishes import read_state
from tests.server.prepared import phone_of
from tests.server.push.her import Clock, moment

DAY = "2026-11-26"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("server.clock.now", clock.now)
    return clock


def slip_of(letter: str) -> str:
    return letter * 42 + "A"


def digest_of(slip: str) -> str:
    return urlsafe_b64encode(hashlib.sha256(slip.encode()).digest()).rstrip(b"=").decode()


def laid_by(**says: str) -> dict[str, Any]:
    return {"slips": [{"digest": digest_of(slip_of(name)), "says": said, "day": DAY} for name, said in says.items()]}


async def ask_her(phone: httpx.AsyncClient, app: Starlette, clock: Clock) -> str:
    """An account with one open check-in; gives its id."""
    opened = (await phone.post("/s/new", json={"secret": "k" * 42 + "A"})).json()
    schedule = {"zone": "Europe/Madrid", "times": ["08:30"], "days": [4]}
    await phone.put("/s/times", json={"schedule": schedule, "ladder": {}, "nudge": False})
    clock.at = moment("08:40")
    await look(CheckInStore(app.state.host_secrets), clock.at)
    assert (await phone.post("/s/slip", json=laid_by(h="here", c="come"))).status_code == 204
    return str(opened["account"])


async def send(app: Starlette, slip: str, clock: Clock, address: str = "203.0.113.9") -> httpx.Response:
    async with phone_of(app, address) as locked:
        return await locked.post("/s/tick", json={"slip": slip, "given_at": clock.at, "sent_at": clock.at})


def told(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    return answer.status_code, answer.content, dict(answer.headers)


@pytest.mark.parametrize("letter", ["h", "c"])
async def test_a_slip_answers_once_without_a_session(
    own_phone: httpx.AsyncClient, serving_app: Starlette, clock: Clock, letter: str
) -> None:
    # Given an open check-in and the slips of a day
    account = await ask_her(own_phone, serving_app, clock)
    store = CheckInStore(serving_app.state.host_secrets)
    assert len((await read_state(store, account)).open) == 1

    # When one is sent, and sent again
    first = await send(serving_app, slip_of(letter), clock)
    again = await send(serving_app, slip_of(letter), clock)

    # Then it has ended the check-in, and is gone; the other is still good
    assert (await read_state(store, account)).open == []
    assert [one.ladder.rung for one in (await store.read_check_ins([account]))[account]] == [Rung.ENDED]
    assert await Slip.all().count() == 1
    assert await AnsweredBefore.all().count() == 1
    assert told(first) == told(again)


async def test_nothing_in_an_answer_tells_slips_apart_or_whether_there_was_one(
    own_phone: httpx.AsyncClient, serving_app: Starlette, clock: Clock
) -> None:
    await ask_her(own_phone, serving_app, clock)

    said, took = [], []
    for letter in "hcx":
        answer = await send(serving_app, slip_of(letter), clock)
        said.append(told(answer))
        took.append(answer.elapsed.total_seconds())

    assert said[0] == said[1] == said[2]
    assert said[0][0] == 204
    assert min(took) > 0.24


async def test_slips_laid_by_take_the_place_of_those_before_and_are_equal_at_rest(
    own_phone: httpx.AsyncClient, serving_app: Starlette, clock: Clock
) -> None:
    await ask_her(own_phone, serving_app, clock)

    assert (await own_phone.post("/s/slip", json=laid_by(a="here", b="come", d="here"))).status_code == 204

    rows = await Slip.all()
    assert {row.digest for row in rows} == {digest_of(slip_of(letter)) for letter in "abd"}
    assert len({len(row.sealed) for row in rows}) == 1
    many = [{"digest": digest_of(slip_of("z")), "says": "here", "day": DAY}] * 61
    assert (await own_phone.post("/s/slip", json={"slips": many})).status_code == 400


async def test_nobody_can_lay_by_a_slip_that_is_anothers(
    own_phone: httpx.AsyncClient, serving_app: Starlette, clock: Clock
) -> None:
    await ask_her(own_phone, serving_app, clock)
    async with phone_of(serving_app) as other:
        await other.post("/s/new", json={"secret": "o" * 42 + "A"})
        assert (await other.post("/s/slip", json=laid_by(h="here"))).status_code == 409
    assert await Slip.all().count() == 2
    assert await CheckIn.all().count() == 1


async def test_what_is_no_slip_is_refused_like_any_other_nonsense(own_phone: httpx.AsyncClient) -> None:
    for body in ({}, {"slip": "x"}, {"slip": slip_of("h"), "given_at": -1, "sent_at": 1}):
        answer = await own_phone.post("/s/tick", json=body)
        assert (answer.status_code, answer.content) == (400, b'{"kind":"unreadable"}')
