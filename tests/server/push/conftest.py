"""What the tests of delivery share: a key ring, a push service on the loopback, and a way to it."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from starlette.applications import Starlette

from server.push.answers import Outcome
from server.push.connections import Limits
from server.push.delivery import Courier, Message
from server.push.endpoints import PushServices
from server.push.payloads import Kind
from server.push.vapid import KeyRing, open_key_ring
from server.settings import Settings
from tests.server.push.her import Days, open_days
from tests.server.push.phone import Phone
from tests.server.push.push_service import PushService, open_push_service

Write = Callable[..., Message]
SHORT = Limits(connect_seconds=1, total_seconds=1)


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    return open_key_ring(tmp_path, "mailto:push@example.org")


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with open_push_service() as service:
        yield service


@pytest.fixture
async def couriers() -> AsyncIterator[AsyncExitStack]:
    """Closes every courier that a test made."""
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def courier(service: PushService, keys: KeyRing, couriers: AsyncExitStack) -> Courier:
    """A courier of little patience, for whom the service on the loopback is the host's own."""
    courier = Courier(PushServices(service.origin), keys, limits=SHORT)
    couriers.push_async_callback(courier.close, 0)
    return courier


@pytest.fixture
def write(keys: KeyRing) -> Write:
    """Write a message to a phone; each with a number of its own."""
    phone = Phone()
    written = iter(range(1, 1_000_000))

    def write(endpoint: str, kind: Kind = Kind.PROMPT, to: Phone = phone) -> Message:
        return Message(next(written), endpoint, to.p256dh, to.auth, keys.current_id, kind)

    return write


@pytest.fixture
async def days(
    ready: Settings, standing_app: Starlette, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Days]:
    """A host whose clock the test moves, and people to open it for."""
    async with open_days(ready, standing_app.state.site, service, monkeypatch) as days:
        yield days


async def send(courier: Courier, messages: Iterable[Message]) -> list[Outcome]:
    """Send all and return their outcomes in the order of the messages."""
    return sorted([outcome async for handful in courier.send(messages) for outcome in handful])
