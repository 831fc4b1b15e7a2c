"""The outbox: each message is made once, claimed by one, put off with growing and uneven pauses, dropped when stale."""

import asyncio
import json
from collections.abc import Collection

import pytest
from tortoise.exceptions import OperationalError

from server.models import Device, Outbox, Subscription
from server.push.answers import Outcome, Result
from server.push.delivery import Courier
from server.push.outbox import (
    CLAIM_SECONDS,
    Note,
    claim_messages,
    make_messages,
    pause_after,
    record_outcomes,
    release_claims,
    renew_claims,
)
from server.push.payloads import Kind
from server.push.vapid import KeyFile
from server.sealing import HostSecrets
from server.settings import Settings
from server.worker import Worker
from tests.factories import NOW, Sealer, make_account, make_message
from tests.server.push.phone import Phone
from tests.server.push.push_service import PushService

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def secrets(ready: Settings) -> HostSecrets:
    return HostSecrets(ready.secret_file)


async def subscribe(secrets: HostSecrets, endpoint: str = "https://push.example/x") -> str:
    phone, device = Phone(), await Device.get(account=await make_account())
    reach = {"endpoint": endpoint, "p256dh": phone.p256dh, "auth": phone.auth}
    return (await Sealer(secrets).subscription(device, json.dumps(reach).encode())).id


async def test_the_same_message_is_made_once_for_each_subscription(secrets: HostSecrets) -> None:
    one, two = await subscribe(secrets), await subscribe(secrets)
    note = Note(Kind.PROMPT, "check-in prompt.1 ", None, NOW, NOW + 60)

    for _ in range(3):
        await make_messages([(note, one), (note, two)])
    await make_messages([(note._replace(key="check-in prompt.2 "), one)])

    assert await Outbox.all().count() == 3


async def test_a_claim_holds_until_it_ends_or_is_renewed_or_let_go(secrets: HostSecrets) -> None:
    subscription = await subscribe(secrets)
    note = Note(Kind.PROMPT, "k", None, NOW, NOW + 10_000)
    await make_messages([(note, subscription)])

    assert await claim_messages(secrets, NOW - 1, 9) == []
    (message,) = await claim_messages(secrets, NOW, 9)
    assert await claim_messages(secrets, NOW + CLAIM_SECONDS - 1, 9) == []
    await renew_claims([message.ref], NOW + 100)
    assert await claim_messages(secrets, NOW + CLAIM_SECONDS + 99, 9) == []
    assert await claim_messages(secrets, NOW + CLAIM_SECONDS + 100, 9) == [message]
    await release_claims()
    assert await claim_messages(secrets, NOW, 9) == [message]


async def test_what_comes_too_late_is_never_claimed(secrets: HostSecrets) -> None:
    await make_messages([(Note(Kind.PROMPT, "k", None, NOW, NOW + 60), await subscribe(secrets))])

    assert await claim_messages(secrets, NOW + 60, 9) == []
    assert await Outbox.all().count() == 0


async def test_pauses_grow_are_uneven_and_end(secrets: HostSecrets) -> None:
    pauses = [pause_after(attempts, None, 0) for attempts in range(40)]
    assert pauses[:4] == [20, 40, 80, 160]
    assert max(pauses) == 900
    assert len({pause_after(3, None, eighths) for eighths in range(8)}) == 8
    assert min(pause_after(0, 600, eighths) for eighths in range(8)) == 600


async def test_what_failed_together_does_not_come_again_together(secrets: HostSecrets) -> None:
    device = await Device.get(account=await make_account())
    subscription = await Sealer(secrets).subscription(device)
    refs = [(await make_message(subscription, stale_after=NOW + 9999)).id for _ in range(100)]

    await record_outcomes([Outcome(ref, Result.FAILED) for ref in refs], NOW)

    rows = await Outbox.all()
    assert {row.attempts for row in rows} == {1}
    assert len({row.due for row in rows}) >= 4
    assert min(row.due for row in rows) >= NOW + 20


async def test_handfuls_that_come_at_once_are_each_written_down_once(
    ready: Settings, secrets: HostSecrets, courier: Courier
) -> None:
    worker = Worker(ready, secrets, KeyFile(ready.data, ready.contact), courier=courier, clock=lambda: NOW)
    subscription = await Sealer(secrets).subscription(await Device.get(account=await make_account()))
    refs = [(await make_message(subscription, stale_after=NOW + 9999)).id for _ in range(20)]

    await asyncio.gather(*(worker._record([Outcome(ref, Result.FAILED)]) for ref in refs))

    assert [row.attempts for row in await Outbox.all()] == [1] * 20


async def test_where_nothing_can_be_written_nothing_goes_out_again(
    ready: Settings,
    secrets: HostSecrets,
    service: PushService,
    courier: Courier,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given a message, and a database that is full by the time it has gone out
    keys, subscription = KeyFile(ready.data, ready.contact), await subscribe(secrets, f"{service.origin}/201/x")
    worker = Worker(ready, secrets, keys, courier=courier, clock=lambda: NOW)
    await make_messages([(Note(Kind.PROMPT, "k", None, NOW, NOW + 60), subscription)])
    await Subscription.all().update(vapid_key=keys.ring.current_id)
    messages = await worker.claim()

    async def fail(outcomes: Collection[Outcome], now: int) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as full:
        full.setattr("server.worker.record_outcomes", fail)
        with pytest.raises(OperationalError):
            await worker.send(messages)
        # Then the worker takes nothing up before it could write down what it did
        await release_claims()
        with pytest.raises(OperationalError):
            await worker.claim()

    # And once it can, the message is crossed out, and was sent once
    assert await worker.claim() == []
    assert await Outbox.all().count() == 0
    assert len(service.heard) == 1
