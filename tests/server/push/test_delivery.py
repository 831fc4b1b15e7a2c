"""Sending: what a push service is told, what its answers mean, and what no answer can make us do."""

import asyncio
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from server.clock import now
from server.errors import SettingsError
from server.push.answers import Outcome, Result
from server.push.connections import Limits, Trust
from server.push.delivery import TTL_SECONDS, Courier, Message
from server.push.encryption import CIPHERTEXT_BYTES
from server.push.endpoints import PushServices
from server.push.payloads import Kind
from server.push.vapid import KeyRing, open_key_ring, rotate_keys
from tests.server.push.conftest import SHORT, Write, send
from tests.server.push.hostile import hostile_endpoints
from tests.server.push.phone import Phone
from tests.server.push.push_service import PushService

# --- what goes over the wire ----------------------------------------------------------------------------------------


async def test_the_phone_reads_what_was_sent_to_it(courier: Courier, service: PushService, write: Write) -> None:
    phone = Phone()

    outcomes = await send(courier, [write(f"{service.origin}/201/x", Kind.NUDGE, phone)])

    assert outcomes == [Outcome(1, Result.DELIVERED, 201)]
    assert phone.opens(service.heard[0].body)[0] == Kind.NUDGE


async def test_all_kinds_are_equal_to_the_byte_on_the_wire(
    courier: Courier, service: PushService, write: Write
) -> None:
    # Given one push of each kind, again and again
    await send(courier, [write(f"{service.origin}/201/{i}", kind) for i in range(10) for kind in Kind])

    # Then requests have one size and the same headers, and a body tells nothing but its size
    assert len(service.heard) == 10 * len(Kind)
    assert len({heard.bytes_on_the_wire for heard in service.heard}) == 1
    assert len({tuple(heard.headers.items()) for heard in service.heard}) == 1
    assert {len(heard.body) for heard in service.heard} == {CIPHERTEXT_BYTES}


async def test_a_request_says_what_the_standard_asks_for_and_nothing_else(
    courier: Courier, service: PushService, write: Write, keys: KeyRing
) -> None:
    await send(courier, [write(f"{service.origin}/201/x")])

    assert service.heard[0].headers == {
        "host": service.origin.removeprefix("http://"),
        "authorization": keys.authorization(service.origin, keys.current_id, now()),
        "ttl": str(TTL_SECONDS),
        "urgency": "high",
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "content-length": str(CIPHERTEXT_BYTES),
    }


async def test_a_subscription_made_with_the_previous_key_is_served_with_that_key(
    service: PushService, tmp_path: Path, couriers: AsyncExitStack
) -> None:
    # Given one subscription made before the host's key was renewed, and one made after
    old = open_key_ring(tmp_path, "mailto:push@example.org")
    rotate_keys(tmp_path)
    ring = open_key_ring(tmp_path, "mailto:push@example.org")
    courier = Courier(PushServices(service.origin), ring)
    couriers.push_async_callback(courier.close, 0)
    phone, endpoint = Phone(), f"{service.origin}/201/x"

    def message(ref: int, key_id: str) -> Message:
        return Message(ref, endpoint, phone.p256dh, phone.auth, key_id, Kind.PROMPT)

    # When both get a push, and a third whose key is gone
    outcomes = await send(courier, [message(1, old.current_id), message(2, ring.current_id), message(3, "gone")])

    # Then each was signed with the key it knows, and the third was not sent
    assert [outcome.result for outcome in outcomes] == [Result.DELIVERED, Result.DELIVERED, Result.REFUSED]
    used = {heard.headers["authorization"].rpartition("k=")[2] for heard in service.heard}
    assert used == {old.public_key, ring.public_key}


async def test_few_connections_carry_many_messages(courier: Courier, service: PushService, write: Write) -> None:
    outcomes = await send(courier, [write(f"{service.origin}/201/{i}") for i in range(500)])

    assert [outcome.result for outcome in outcomes] == [Result.DELIVERED] * 500
    assert len({heard.path for heard in service.heard}) == len(service.heard) == 500
    assert service.connections <= Limits().connections


# --- what answers mean ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "headers", "result", "wait"),
    [
        ("200 OK", [], Result.DELIVERED, None),
        ("202 Accepted", [], Result.DELIVERED, None),
        ("204 No Content", [], Result.DELIVERED, None),
        ("404 Not Found", [], Result.GONE, None),
        ("410 Gone", [], Result.GONE, None),
        ("429 Too Many Requests", [], Result.LATER, None),
        ("429 Too Many Requests", ["Retry-After: 120"], Result.LATER, 120),
        ("429 Too Many Requests", ["Retry-After: 0"], Result.LATER, None),
        ("429 Too Many Requests", ["Retry-After: -5"], Result.LATER, None),
        ("429 Too Many Requests", ["Retry-After: soon"], Result.LATER, None),
        ("429 Too Many Requests", ["Retry-After: 999999999"], Result.LATER, 3600),
        ("429 Too Many Requests", ["Retry-After: 999999999999999999999"], Result.LATER, None),
        ("503 Service Unavailable", ["Retry-After: 86400"], Result.LATER, 3600),
        ("503 Service Unavailable", ["Retry-After: Mon, 01 Jan 2001 00:00:00 GMT"], Result.LATER, None),
        ("500 Internal Server Error", [], Result.FAILED, None),
        ("502 Bad Gateway", ["Retry-After: 5"], Result.FAILED, None),
        ("400 Bad Request", [], Result.REFUSED, None),
        ("401 Unauthorized", [], Result.REFUSED, None),
        ("403 Forbidden", [], Result.REFUSED, None),
        ("413 Payload Too Large", [], Result.REFUSED, None),
    ],
)
async def test_an_answer_becomes_what_there_is_to_do(
    line: str,
    headers: list[str],
    result: Result,
    wait: int | None,
    courier: Courier,
    service: PushService,
    write: Write,
) -> None:
    endpoint = service.answer("asked", line, *headers)

    assert await send(courier, [write(endpoint)]) == [Outcome(1, result, int(line[:3]), wait)]


async def test_a_moment_to_wait_for_becomes_seconds(courier: Courier, service: PushService, write: Write) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    endpoint = service.answer("asked", "429 Too Many Requests", f"Retry-After: {later}")

    (outcome,) = await send(courier, [write(endpoint)])

    assert outcome.result is Result.LATER
    assert outcome.retry_after_seconds in range(590, 602)


@pytest.mark.parametrize("status", ["301", "302", "303", "307", "308"])
async def test_no_redirect_is_followed(status: str, courier: Courier, service: PushService, write: Write) -> None:
    endpoint = service.answer("moved", f"{status} Moved", f"Location: {service.origin}/201/inside")

    assert await send(courier, [write(endpoint)]) == [Outcome(1, Result.REFUSED, int(status))]
    assert [heard.path for heard in service.heard] == ["/moved/x"]


# --- services that misbehave ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("behaviour", ["silence", "drip-status"])
async def test_who_does_not_answer_in_time_has_failed(
    behaviour: str, courier: Courier, service: PushService, write: Write
) -> None:
    begun = time.monotonic()
    assert await send(courier, [write(f"{service.origin}/{behaviour}/x")]) == [Outcome(1, Result.FAILED)]
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("behaviour", ["drip-headers", "drip", "huge"])
async def test_an_answer_that_does_not_end_counts_and_is_cut_off(
    behaviour: str, courier: Courier, service: PushService, write: Write
) -> None:
    begun = time.monotonic()
    assert await send(courier, [write(f"{service.origin}/{behaviour}/x")]) == [Outcome(1, Result.DELIVERED, 201)]
    assert time.monotonic() - begun < 3


async def test_the_answer_before_is_not_taken_for_that_of_a_call_that_failed(
    courier: Courier, service: PushService, write: Write
) -> None:
    # Given a message that was delivered, when the service falls silent
    await send(courier, [write(f"{service.origin}/201/x")])
    outcomes = await send(courier, [write(f"{service.origin}/silence/x")])

    assert outcomes == [Outcome(2, Result.FAILED)]


async def test_a_service_that_is_not_there_has_failed_and_is_left_alone_for_a_while(
    keys: KeyRing, write: Write, couriers: AsyncExitStack
) -> None:
    # Given a port that nobody listens on
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()
    await server.wait_closed()
    courier = Courier(PushServices(origin), keys, limits=SHORT._replace(at_once=4))
    couriers.push_async_callback(courier.close, 0)

    # When there is a lot to send
    outcomes = await send(courier, [write(f"{origin}/x") for _ in range(100)])

    # Then a few tries were enough, and the rest is asked to come back
    results = [outcome.result for outcome in outcomes]
    assert results.count(Result.FAILED) == 3
    assert results.count(Result.LATER) == 100 - results.count(Result.FAILED)
    assert {o.retry_after_seconds for o in outcomes if o.result is Result.LATER} <= {30, 31}


async def test_a_service_that_asks_for_rest_gets_it_and_others_go_on(
    courier: Courier, service: PushService, write: Write
) -> None:
    # Given a service that is overloaded
    busy = service.answer("busy", "503 Service Unavailable", "Retry-After: 600")
    await send(courier, [write(busy)])

    # When there are more messages for it
    outcomes = await send(courier, [write(f"{service.origin}/201/x") for _ in range(3)])

    # Then none is sent, and each is told how long to wait
    assert [(outcome.result, outcome.status) for outcome in outcomes] == [(Result.LATER, None)] * 3
    assert {outcome.retry_after_seconds for outcome in outcomes} <= {599, 600, 601}
    assert len(service.heard) == 1


async def test_one_subscription_that_got_too_many_does_not_silence_the_others(
    courier: Courier, service: PushService, write: Write
) -> None:
    flooded = service.answer("flooded", "429 Too Many Requests", "Retry-After: 600")
    await send(courier, [write(flooded)])

    (outcome,) = await send(courier, [write(f"{service.origin}/201/x")])

    assert outcome.result is Result.DELIVERED


async def test_the_event_loop_is_never_held_up_by_a_slow_service(
    courier: Courier, service: PushService, write: Write
) -> None:
    longest, before, running = 0.0, time.monotonic(), True

    async def watch() -> None:
        nonlocal longest, before
        while running:
            await asyncio.sleep(0)
            longest, before = max(longest, time.monotonic() - before), time.monotonic()

    watching = asyncio.create_task(watch())
    await send(courier, [write(f"{service.origin}/{name}/x") for name in ("silence", "drip", "huge", "201") * 5])
    running = False
    await watching

    assert longest < 0.25


# --- what must never be called --------------------------------------------------------------------------------------


async def test_none_of_the_hostile_addresses_is_called(courier: Courier, service: PushService, write: Write) -> None:
    # Given hostile addresses that were stored somehow, some of them with the port of a service that listens
    port = service.origin.rpartition(":")[2]
    stored = [*hostile_endpoints(), *(f"http://{host}:{port}/201/x" for host in ("localhost", "127.1", "[::1]", "0"))]

    outcomes = await send(courier, [write(endpoint) for endpoint in stored])

    assert {outcome.result for outcome in outcomes} == {Result.REFUSED}
    assert len(outcomes) == len(stored)
    assert service.connections == 0


@pytest.mark.parametrize("lie", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
async def test_a_dns_server_that_lies_leads_nobody_into_the_hosts_network(
    lie: str, service: PushService, keys: KeyRing, write: Write, couriers: AsyncExitStack
) -> None:
    # Given an allowed name that suddenly leads to the host's own machine
    port = service.origin.rpartition(":")[2]
    courier = Courier(
        PushServices(), keys, limits=SHORT, trust=Trust(connect_to=(f"fcm.googleapis.com:443:{lie}:{port}",))
    )
    couriers.push_async_callback(courier.close, 0)

    # Then no connection is opened
    outcomes = await send(courier, [write("https://fcm.googleapis.com/fcm/send/x") for _ in range(3)])
    assert [(outcome.result, outcome.status) for outcome in outcomes] == [(Result.REFUSED, None)] * 3
    assert service.connections == 0


async def test_the_same_lie_would_have_reached_the_service_without_that_check(
    service: PushService, keys: KeyRing, write: Write, couriers: AsyncExitStack
) -> None:
    # Given the host's own service, which may be private
    port = service.origin.rpartition(":")[2]
    courier = Courier(
        PushServices("http://push.example"),
        keys,
        limits=SHORT,
        trust=Trust(connect_to=(f"push.example:80:127.0.0.1:{port}",)),
    )
    couriers.push_async_callback(courier.close, 0)

    assert await send(courier, [write("http://push.example/201/x")]) == [Outcome(1, Result.DELIVERED, 201)]


async def test_no_proxy_of_the_environment_is_told_an_endpoint(
    service: PushService, keys: KeyRing, write: Write, couriers: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    courier = Courier(PushServices(service.origin), keys, limits=SHORT)
    couriers.push_async_callback(courier.close, 0)

    assert await send(courier, [write(f"{service.origin}/201/x")]) == [Outcome(1, Result.DELIVERED, 201)]


async def test_broken_keys_of_one_subscription_stop_nobody_else(
    courier: Courier, service: PushService, write: Write
) -> None:
    good = write(f"{service.origin}/201/x")
    broken = write(f"{service.origin}/201/x")._replace(p256dh="B" + "A" * 86)

    outcomes = await send(courier, [broken, good])

    assert [outcome.result for outcome in outcomes] == [Result.DELIVERED, Result.REFUSED]


async def test_endless_names_below_an_allowed_domain_do_not_become_endless_connections(
    keys: KeyRing, service: PushService, write: Write, couriers: AsyncExitStack
) -> None:
    # Given subscriptions to hundreds of made-up services, none of which leads anywhere
    port = service.origin.rpartition(":")[2]
    courier = Courier(
        PushServices(service.origin), keys, limits=SHORT, trust=Trust(connect_to=(f"::127.0.0.1:{port}",))
    )
    couriers.push_async_callback(courier.close, 0)
    made_up = [write(f"https://a{number}.notify.windows.com/x") for number in range(300)]

    # When they are sent to, and then somebody else is
    results = [outcome.result for outcome in await send(courier, made_up)]
    (outcome,) = await send(courier, [write(f"{service.origin}/201/x")])

    # Then only some were tried, and the other has not lost anything by it
    assert results.count(Result.LATER) == 300 - 64
    assert outcome.result is Result.DELIVERED
    assert service.connections == 1


# --- beginning and end ----------------------------------------------------------------------------------------------


async def test_closing_waits_for_what_is_on_its_way_and_starts_nothing_new(
    service: PushService, keys: KeyRing, write: Write
) -> None:
    # Given a courier with one message on its way and others waiting
    courier = Courier(PushServices(service.origin), keys, limits=Limits(at_once=1, total_seconds=0.5))
    sending = asyncio.create_task(send(courier, [write(f"{service.origin}/{n}/x") for n in ("drip", "201", "201")]))
    await service.called.wait()

    # When it is closed
    await courier.close()

    # Then the first has its outcome, and nothing is said of those that were never sent
    assert await sending == [Outcome(1, Result.DELIVERED, 201)]
    assert len(service.heard) == 1


async def test_closing_does_not_wait_for_ever(service: PushService, keys: KeyRing, write: Write) -> None:
    courier = Courier(PushServices(service.origin), keys)
    sending = asyncio.create_task(send(courier, [write(f"{service.origin}/silence/x")]))
    await service.called.wait()

    await asyncio.wait_for(courier.close(0.1), 5)

    assert await sending == []


async def test_a_closed_courier_sends_nothing_and_may_be_closed_again(
    courier: Courier, service: PushService, write: Write
) -> None:
    await courier.close()
    assert await send(courier, [write(f"{service.origin}/201/x")]) == []
    await courier.close()
    assert service.connections == 0


async def test_who_stops_listening_leaves_nothing_behind_that_is_sent_later(
    service: PushService, keys: KeyRing, write: Write, couriers: AsyncExitStack
) -> None:
    # Given somebody who asks for many, and leaves after the first outcome
    courier = Courier(PushServices(service.origin), keys, limits=SHORT._replace(at_once=1))
    couriers.push_async_callback(courier.close, 0)
    sending = courier.send([write(f"{service.origin}/201/{number}") for number in range(100)])
    await anext(sending)
    await sending.aclose()

    # When the next one sends
    await send(courier, [write(f"{service.origin}/201/last")])

    # Then only what was on its way came before
    assert len(service.heard) <= 3
    assert service.heard[-1].path == "/201/last"


async def test_nothing_to_send_is_nothing_to_wait_for(courier: Courier) -> None:
    assert await send(courier, []) == []


async def test_two_senders_at_once_each_get_their_own_outcomes(
    courier: Courier, service: PushService, write: Write
) -> None:
    first, second = ([write(f"{service.origin}/201/x") for _ in range(50)] for _ in range(2))
    results = await asyncio.gather(send(courier, first), send(courier, second))
    assert [[outcome.ref for outcome in result] for result in results] == [[m.ref for m in b] for b in (first, second)]


async def test_a_machine_without_authorities_is_said_in_one_line(
    keys: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssl.get_default_verify_paths", lambda: type("Paths", (), {"cafile": None, "capath": None}))
    with pytest.raises(SettingsError, match=r"^SSL_CERT_FILE: "):
        Courier(PushServices(), keys)
