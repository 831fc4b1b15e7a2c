"""What the journeys with check-ins share: a clock that moves, a push service, a host whose worker uses both."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import HttpUrl

import server.clock
import server.worker
from server.app import create_app
from server.settings import Settings
from tests.journeys.asked import LOOK_SECONDS, MovedClock
from tests.journeys.host import Host, free_port, prepare_apart
from tests.journeys.push_service import JourneyPushService


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovedClock:
    moved = MovedClock()
    monkeypatch.setattr(server.clock, "now", moved)
    # Nobody waits twenty seconds for a worker to look.
    monkeypatch.setattr(server.worker, "LOOK_SECONDS", LOOK_SECONDS)
    monkeypatch.setattr(server.worker, "DELIVER_SECONDS", LOOK_SECONDS)
    return moved


@pytest.fixture
def service() -> Iterator[JourneyPushService]:
    running = JourneyPushService()
    yield running
    running.stop()


@pytest.fixture
def asking_host(
    clock: MovedClock,
    service: JourneyPushService,
    make_host: Callable[..., Host],
    weather_host: Host,
    tmp_path: Path,
) -> Host:
    """A host that asks by that clock and calls that service."""
    assert server.clock.now is clock
    port = free_port()
    chosen = Settings(
        data=tmp_path / "data", port=port, push_service=HttpUrl(service.origin), exit_url=HttpUrl(weather_host.base)
    )
    prepare_apart(chosen)
    return make_host(lambda: create_app(chosen, with_worker=True), port)
