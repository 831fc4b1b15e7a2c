"""Where a device is reached: what is taken, what is refused, and how many there may be."""

import json
from collections import Counter
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from server.models import Subscription
from server.push.outbox import place_of_reach
from tests.server.prepared import phone_of
from tests.server.push.phone import Phone

ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABx"


async def reach_of(browser: httpx.AsyncClient, **changes: str) -> dict[str, Any]:
    key, phone = (await browser.get("/s/times")).json()["key"], Phone()
    return {"endpoint": ENDPOINT, "p256dh": phone.p256dh, "auth": phone.auth, "key": key} | changes


@pytest.fixture
async def her(own_phone: httpx.AsyncClient) -> httpx.AsyncClient:
    assert (await own_phone.post("/s/new", json={"secret": "k" * 42 + "A"})).status_code == 200
    return own_phone


async def test_a_device_is_reached_in_one_place_however_often_it_subscribes(
    her: httpx.AsyncClient, serving_app: Starlette
) -> None:
    reach: dict[str, Any] = {}
    for number in range(5):
        reach = await reach_of(her, endpoint=f"{ENDPOINT}{number}")
        assert (await her.put("/s/reach", json=reach)).status_code == 204

    (row,) = await Subscription.all()
    secrets = serving_app.state.host_secrets
    kept = json.loads(secrets.open(place_of_reach(row.id), row.sealed))
    assert kept == {name: reach[name] for name in ("endpoint", "p256dh", "auth")}
    assert (await her.get("/s/times")).json()["reach"] == "on"
    assert (await her.delete("/s/reach")).status_code == 204
    assert (await her.get("/s/times")).json()["reach"] == "none"
    assert await Subscription.all().count() == 0


async def test_a_phone_that_was_set_up_anew_is_asked_once(her: httpx.AsyncClient, serving_app: Starlette) -> None:
    # Given a phone that has lost its cookie and signs in as another device, with the same address
    opened = (await her.post("/s/new", json={"secret": "o" * 42 + "A"})).json()
    reach = await reach_of(her)
    await her.put("/s/reach", json=reach)
    async with phone_of(serving_app) as anew:
        await anew.post("/s/in", json={"account": opened["account"], "secret": "o" * 42 + "A"})
        await anew.put("/s/reach", json=reach)

    assert await Subscription.all().count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "https://push.example.org/x"},
        {"endpoint": "http://127.0.0.1/x"},
        {"endpoint": ENDPOINT + "x" * 2000},
        {"p256dh": "B" + "A" * 86},
        {"auth": "short"},
        {"key": "B" + "A" * 86},
        {"more": "x"},
    ],
    ids=str,
)
async def test_what_could_never_be_sent_to_is_refused_with_the_same_bytes(
    her: httpx.AsyncClient, change: dict[str, str]
) -> None:
    answer = await her.put("/s/reach", json=await reach_of(her, **change))

    assert (answer.status_code, answer.content) == (400, b'{"kind":"unreadable"}')
    assert await Subscription.all().count() == 0


async def test_there_is_nothing_to_rehearse_where_nobody_is_reached(her: httpx.AsyncClient) -> None:
    answer = await her.post("/s/try", json={})
    assert (answer.status_code, answer.content) == (404, b'{"kind":"nothing"}')


async def test_ten_thousand_subscriptions_to_one_account_are_ten_at_the_most(
    her: httpx.AsyncClient, serving_app: Starlette
) -> None:
    # Given an account on as many devices as there may be
    opened = (await her.post("/s/new", json={"secret": "o" * 42 + "A"})).json()
    sign_in, devices = {"account": opened["account"], "secret": "o" * 42 + "A"}, [her]
    async with AsyncExitStack() as stack:
        for _ in range(12):
            phone = await stack.enter_async_context(phone_of(serving_app))
            if (await phone.post("/s/in", json=sign_in)).status_code == 200:
                devices.append(phone)

        # When somebody subscribes ten thousand times, each time elsewhere
        said: Counter[int] = Counter()
        reach = await reach_of(her)
        for number in range(10_000):
            answer = await devices[number % len(devices)].put(
                "/s/reach", json=reach | {"endpoint": f"{ENDPOINT}{number}"}
            )
            said[answer.status_code] += 1

    # Then nearly all of it is turned away, and each device is reached in one place
    assert said.keys() == {204, 429}
    assert said[204] <= 110
    assert 1 < await Subscription.all().count() <= len(devices) <= 10
