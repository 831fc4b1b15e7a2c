"""A push service that others wrote, npm's `web-push-testing`: it checks the token and decrypts what we send."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.push.answers import Outcome, Result
from server.push.delivery import Courier, Message
from server.push.endpoints import PushServices
from server.push.payloads import Kind
from server.push.vapid import KeyRing, open_key_ring
from server.settings import PROJECT
from tests.journeys.host import free_port
from tests.server.push.conftest import SHORT, send

SCRIPT = PROJECT / "node_modules" / "web-push-testing" / "src" / "bin" / "server.js"

pytestmark = pytest.mark.skipif(not SCRIPT.exists(), reason="npm's web-push-testing is not there: run `npm ci`")


@dataclass(frozen=True)
class Subscribed:
    """What the service gave a browser that subscribed there, and its own name for it."""

    name: str
    endpoint: str
    p256dh: str
    auth: str

    def gets(self, ref: int, kind: Kind, keys: KeyRing) -> Message:
        return Message(ref, self.endpoint, self.p256dh, self.auth, keys.current_id, kind)


class SecondService:
    """The service in a process of its own."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://localhost:{port}"

    def subscribe(self, keys: KeyRing) -> Subscribed:
        told = self._say("/subscribe", {"userVisibleOnly": "true", "applicationServerKey": keys.public_key})["data"]
        return Subscribed(told["clientHash"], told["endpoint"], told["keys"]["p256dh"], told["keys"]["auth"])

    def forgets(self, subscribed: Subscribed) -> None:
        self._say(f"/expire-subscription/{subscribed.name}", {})

    def read(self, subscribed: Subscribed) -> list[str]:
        """Give what it decrypted, as text: of bytes that are none, only the ASCII ones survive."""
        messages: list[str] = self._say("/get-notifications", {"clientHash": subscribed.name})["data"]["messages"]
        return messages

    def _say(self, path: str, body: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
        answer = httpx.post(self.origin + path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json() if answer.text.startswith("{") else None


@pytest.fixture(scope="module")
def second() -> Iterator[SecondService]:
    port = free_port()
    # It dumps stack traces where a token is refused.
    words = ["node", str(SCRIPT), str(port)]
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"PATH": os.environ["PATH"]}
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == f"Server running on port {port}\n".encode()
        yield SecondService(port)
    finally:
        process.kill()
        process.communicate()


async def test_a_second_service_takes_and_reads_every_kind(
    second: SecondService, keys: KeyRing, couriers: AsyncExitStack
) -> None:
    courier = Courier(PushServices(second.origin), keys, limits=SHORT)
    couriers.push_async_callback(courier.close, 0)
    subscribed = second.subscribe(keys)

    outcomes = await send(courier, [subscribed.gets(kind.value, kind, keys) for kind in Kind])

    assert outcomes == [Outcome(kind.value, Result.DELIVERED, 201) for kind in Kind]
    assert sorted(ord(message[0]) for message in second.read(subscribed)) == sorted(Kind)


async def test_a_second_service_that_has_forgotten_a_subscription_is_understood(
    second: SecondService, keys: KeyRing, couriers: AsyncExitStack
) -> None:
    courier = Courier(PushServices(second.origin), keys, limits=SHORT)
    couriers.push_async_callback(courier.close, 0)
    one, other = second.subscribe(keys), second.subscribe(keys)
    second.forgets(one)

    outcomes = await send(courier, [one.gets(1, Kind.PROMPT, keys), other.gets(2, Kind.PROMPT, keys)])

    assert outcomes == [Outcome(1, Result.GONE, 410), Outcome(2, Result.DELIVERED, 201)]
    assert (len(second.read(one)), len(second.read(other))) == (0, 1)


async def test_a_second_service_takes_nothing_under_a_key_that_the_browser_did_not_name(
    second: SecondService, keys: KeyRing, couriers: AsyncExitStack, tmp_path: Path
) -> None:
    # Given a subscription that was made for another server
    (tmp_path / "other").mkdir()
    subscribed = second.subscribe(open_key_ring(tmp_path / "other", "mailto:push@example.org"))
    courier = Courier(PushServices(second.origin), keys, limits=SHORT)
    couriers.push_async_callback(courier.close, 0)

    (outcome,) = await send(courier, [subscribed.gets(1, Kind.PROMPT, keys)])

    assert outcome.result is Result.REFUSED
    assert second.read(subscribed) == []
