"""One person, her phone, the server she uses and a push service: a day of hers is told by moving the clock."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from pydantic import HttpUrl
from starlette.applications import Starlette
from tortoise.transactions import in_transaction

from server.app import wire_app
from server.holding import hold_accounts
from server.models import new_id
from server.push.connections import Limits
from server.push.delivery import Courier
from server.push.endpoints import PushServices
from server.push.payloads import Kind
from server.push.vapid import KeyFile
from server.sealing import HostSecrets
from server.settings import Settings
from server.site import Site
from server.ties import NOTE_BYTES, NewPair, make
from server.worker import Worker
from tests.server.prepared import phone_of
from tests.server.push.phone import Phone
from tests.server.push.push_service import PushService

ZONE = "Europe/Madrid"
SCHEDULE = {"zone": ZONE, "times": ["08:30", "20:00"], "days": [1, 2, 3, 4, 5, 6, 7]}
LADDER = {"reminder_minutes": 120, "grace_minutes": 360, "patience_minutes": 60}
STEP_SECONDS = 60


def moment(text: str) -> int:
    """Her wall clock on a Thursday in November, such as "08:30", or "+1 08:30" on the day after."""
    days, _, clock = text.rpartition(" ")
    there = datetime.fromisoformat(f"2026-11-26T{clock}").replace(tzinfo=ZoneInfo(ZONE))
    return int(there.timestamp()) + int(days or 0) * 86_400


def clock_of(at: int) -> str:
    return datetime.fromtimestamp(at, ZoneInfo(ZONE)).strftime("%H:%M")


@dataclass
class Clock:
    """Stands where the server reads the time."""

    at: int = field(default_factory=lambda: moment("07:00"))

    def __call__(self) -> int:
        return self.at

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.at, UTC)


@dataclass
class Her:
    """She, as far as a server can see."""

    browser: httpx.AsyncClient
    phone: Phone
    endpoint: str
    clock: Clock
    account: str
    answers: int = 0

    async def turn_on(self, ladder: Mapping[str, int] = LADDER, **changes: object) -> None:
        body = {"schedule": SCHEDULE | changes, "ladder": {**LADDER, **ladder}, "nudge": True}
        answer = await self.browser.put("/s/times", json=body)
        assert answer.status_code == 204, answer.text

    async def subscribe(self) -> None:
        key = (await self.state())["key"]
        body = {"endpoint": self.endpoint, "p256dh": self.phone.p256dh, "auth": self.phone.auth, "key": key}
        answer = await self.browser.put("/s/reach", json=body)
        assert answer.status_code == 204, answer.text

    async def state(self) -> dict[str, Any]:
        answer = await self.browser.get("/s/times")
        assert answer.status_code == 200
        state: dict[str, Any] = answer.json()
        return state

    async def answer(self, says: str = "here", *, ago: int = 0, check_in: str | None = None) -> httpx.Response:
        self.answers += 1
        body = {
            "id": f"{self.answers:022d}",
            "says": says,
            "given_at": self.clock.at - ago,
            "sent_at": self.clock.at,
            "check_in": check_in,
        }
        return await self.browser.post("/s/note", json=body)

    async def circle(self) -> dict[str, Any]:
        answer = await self.browser.get("/s/circle")
        assert answer.status_code == 200
        circle: dict[str, Any] = answer.json()
        return circle

    async def nudge(self) -> dict[str, Any] | None:
        """What she is asked, as the only buddy of somebody."""
        (one,) = (await self.circle())["theirs"]
        nudge: dict[str, Any] | None = one["nudge"]
        return nudge

    async def says(self, code: int) -> int:
        (one,) = (await self.circle())["theirs"]
        return (await self.browser.post("/s/circle/say", json={"id": one["id"], "says": code})).status_code

    async def wishes(self, **changes: object) -> None:
        kept = (await self.circle())["wishes"]
        answer = await self.browser.put("/s/circle", json=kept | {"zone": ZONE} | changes)
        assert answer.status_code == 204, answer.text

    async def stops(self, tie: str) -> None:
        assert (await self.browser.post("/s/circle/stop", json={"id": tie})).status_code == 204

    async def wait(self, what: str) -> None:
        assert (await self.browser.post("/s/wait", json={"what": what, "check_in": None})).status_code == 204


class Days:
    """The server with its worker, moved from moment to moment."""

    def __init__(self, settings: Settings, app: Starlette, service: PushService, clock: Clock) -> None:
        self.settings, self.app, self.service, self.clock = settings, app, service, clock
        self.came: list[tuple[int, Kind, str]] = []
        self._phones: dict[str, Phone] = {}
        self.restart()

    def restart(self) -> None:
        """Another worker, that knows nothing of the one before."""
        keys = KeyFile(self.settings.data, self.settings.contact)
        courier = Courier(
            PushServices(self.settings.own_push_service), keys.ring, limits=Limits(connect_seconds=1, total_seconds=1)
        )
        self.worker = Worker(
            self.settings, HostSecrets(self.settings.secret_file), keys, courier=courier, clock=self.clock
        )

    @asynccontextmanager
    async def somebody(self, name: str = "201/her") -> AsyncIterator[Her]:
        phone = Phone()
        async with phone_of(self.app) as browser:
            opened = await browser.post("/s/new", json={"secret": "k" * 42 + "A"})
            assert opened.status_code == 200
            her = Her(browser, phone, f"{self.service.origin}/{name}", self.clock, opened.json()["account"])
            self._phones[f"/{name}"] = phone
            await her.subscribe()
            yield her

    async def pair(self, her: Her, buddy: Her) -> str:
        """Make the two a pair, as a finished invite does; give the id of her end."""
        secrets = HostSecrets(self.settings.secret_file)
        async with in_transaction():
            await hold_accounts([her.account, buddy.account], wait=True)
            notes = b"".join(bytes([which]) * NOTE_BYTES for which in (1, 2, 3))
            return await make(secrets, NewPair(her.account, buddy.account, new_id(), notes), self.clock.at // 86_400)

    async def until(self, text: str, step: int = STEP_SECONDS) -> list[tuple[str, str]]:
        """Let the worker do its turns until her clock shows this; give what came meanwhile: when, and what."""
        end, first = moment(text), len(self.came)
        while self.clock.at < end:
            self.clock.at = min(self.clock.at + step, end)
            await self.tick()
        return [(clock_of(at), kind.name.lower()) for at, kind, _ in self.came[first:]]

    def told(self, first: int = 0) -> list[tuple[str, str, str]]:
        """What came, from some message on: when by her clock, what, and to whom."""
        return [(clock_of(at), kind.name.lower(), path.rpartition("/")[2]) for at, kind, path in self.came[first:]]

    async def sleep_until(self, text: str) -> None:
        """Let time pass while nobody looks."""
        self.clock.at = moment(text)

    async def tick(self) -> None:
        heard = len(self.service.heard)
        await self.worker.tick()
        for one in self.service.heard[heard:]:
            kind = Kind(self._phones[one.path].opens(one.body)[0])
            self.came.append((self.clock.at, kind, one.path))


@asynccontextmanager
async def open_days(
    settings: Settings, site: Site, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Days]:
    """A host that is ready, its clock in the test's hands, and the push service its own."""
    clock = Clock()
    monkeypatch.setattr("server.clock.now", clock.now)
    # That all answers take equally long is for other tests; here there are weeks of them.
    monkeypatch.setattr("server.routes.circle._SECONDS", 0)
    named = settings.model_copy(update={"push_service": HttpUrl(service.origin)})
    app = wire_app(named, site)
    async with app.router.lifespan_context(app):
        days = Days(named, app, service, clock)
        try:
            yield days
        finally:
            await days.worker.stop()
