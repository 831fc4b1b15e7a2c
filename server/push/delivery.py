"""Sends pushes: encrypts each, has its push service called, and says what became of it."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from server.clock import now
from server.errors import SubscriptionError
from server.push.answers import Outcome, Result, judge
from server.push.connections import Call, Connections, Limits, Trust, call_options
from server.push.encryption import encrypt
from server.push.endpoints import PushServices
from server.push.pace import REST_SECONDS, Pace
from server.push.payloads import Kind, payload
from server.push.vapid import KeyRing

# The same for all kinds: a header that differs would tell them apart. A phone that is off at night still gets a nudge
# and what ends it; a prompt that comes as late is the cover's everyday reminder, in place of the one before.
TTL_SECONDS: Final = 24 * 60 * 60
_HEADERS: Final = (
    f"TTL: {TTL_SECONDS}",
    "Urgency: high",
    "Content-Encoding: aes128gcm",
    "Content-Type: application/octet-stream",
    # Without a value libcurl leaves them out.
    "Accept:",
    "User-Agent:",
    "Expect:",
)
_MOST_LANES: Final = 64
_LIMITS: Final = Limits()
_TRUST: Final = Trust()


class Message(NamedTuple):
    """One push to one subscription. `ref` is the caller's own name for it; `key_id` that of the VAPID key it knows."""

    ref: int
    endpoint: str
    p256dh: str
    auth: str
    key_id: str
    kind: Kind


@dataclass(slots=True, eq=False)
class _Batch:
    """The messages of one `send`: how many are still open, and the outcomes that nobody has taken yet."""

    open: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def report(self, outcome: Outcome) -> None:
        self.open -= 1
        self.outcomes.append(outcome)
        self.news.set()


class _Errand(NamedTuple):
    """A message on its way, and in which round of its service's pace it set out."""

    ref: int
    batch: _Batch
    begun_in: int


class _Lane:
    """The way to one push service: what waits for it, and what is on its way."""

    def __init__(self, courier: "Courier", origin: str, *, is_own: bool) -> None:
        self.waiting: deque[tuple[Message, _Batch]] = deque()
        self.connections = Connections(courier.limits, self._finish)
        self._courier = courier
        self._origin = origin
        self._is_own = is_own
        self._pace = Pace(courier.limits.at_once)
        self._errands: dict[Call, _Errand] = {}
        self._free: list[Call] = []
        self._headers: dict[str, tuple[str, ...]] = {}
        self._time = asyncio.get_running_loop().time
        self.idle = asyncio.Event()

    def fill(self) -> None:
        """Start messages while there is room; a service at rest gets none, and its messages are told how long."""
        while self.waiting and len(self._errands) < self._pace.room:
            message, batch = self.waiting.popleft()
            rest = self._pace.rests_until - self._time()
            if rest > 0:
                batch.report(Outcome(message.ref, Result.LATER, None, int(rest) + 1))
                continue
            try:
                self._start(message, batch)
            except SubscriptionError:
                batch.report(Outcome(message.ref, Result.REFUSED))
        if self._errands:
            self.idle.clear()
        else:
            self.idle.set()

    def close(self) -> None:
        self.connections.close()
        for call in self._free:
            call.curl.close()

    def _start(self, message: Message, batch: _Batch) -> None:
        authorization = self._courier.keys.authorization(self._origin, message.key_id, now())
        body = encrypt(payload(message.kind), message.p256dh, message.auth)
        call = self._free.pop() if self._free else Call(self._courier.options, may_be_private=self._is_own)
        call.prepare(message.endpoint, self._with_headers(authorization), body)
        self._errands[call] = _Errand(message.ref, batch, self._pace.round)
        self.connections.start(call)

    def _with_headers(self, authorization: str) -> tuple[str, ...]:
        """Return the same headers for the same token, by which a call knows that it has them already."""
        if authorization not in self._headers:
            # One for each key in use, renewed twice a day: what was there before is not needed any more.
            self._headers = dict(list(self._headers.items())[-2:])
            self._headers[authorization] = (f"Authorization: {authorization}", *_HEADERS)
        return self._headers[authorization]

    def _finish(self, ended: list[Call]) -> None:
        for call in ended:
            ref, batch, begun_in = self._errands.pop(call)
            if status := call.status:
                outcome = judge(ref, status, call.retry_after_seconds)
            else:
                outcome = Outcome(ref, Result.REFUSED if call.met_private_address else Result.FAILED)
            self._free.append(call)
            self._pace.learn(outcome, begun_in, self._time())
            batch.report(outcome)
        self.fill()


class Courier:
    """Sends messages until it is closed; belongs to the event loop that runs when it is first asked to."""

    def __init__(
        self, services: PushServices, keys: KeyRing, *, limits: Limits = _LIMITS, trust: Trust = _TRUST
    ) -> None:
        """Take what may be called, and the keys to sign with; SettingsError where no service could be trusted."""
        self.keys = keys
        self.limits = limits
        self.options = call_options(limits, trust, plain_http=services.allows_plain_http)
        self._services = services
        self._lanes: dict[str, _Lane] = {}
        self._batches: set[_Batch] = set()
        self._is_closing = False
        self._is_closed = False

    async def send(self, messages: Iterable[Message]) -> AsyncGenerator[list[Outcome]]:
        """Send all, and yield their outcomes in handfuls as they come, in any order.

        A message without an outcome at the end (the courier was closed) may have been sent or not.
        """
        if self._is_closing:
            return
        self._leave_idle_lanes()
        batch = _Batch()
        self._batches.add(batch)
        try:
            for lane in self._sort(messages, batch):
                lane.fill()
            while batch.outcomes or (batch.open and not self._is_closed):
                await batch.news.wait()
                batch.news.clear()
                handful, batch.outcomes = batch.outcomes, []
                if handful:
                    yield handful
        finally:
            self._batches.discard(batch)
            for lane in self._lanes.values():
                lane.waiting = deque(entry for entry in lane.waiting if entry[1] is not batch)

    async def close(self, grace_seconds: float = 5) -> None:
        """Start no message any more, wait a moment for those on their way, and close all connections."""
        self._is_closing = True
        for lane in self._lanes.values():
            lane.waiting.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(grace_seconds):
                for lane in self._lanes.values():
                    await lane.idle.wait()
        self._is_closed = True
        for lane in self._lanes.values():
            lane.close()
        self._lanes.clear()
        for batch in self._batches:
            batch.news.set()

    def _leave_idle_lanes(self) -> None:
        """Make room for other services: whoever has an account can name endless ones below the domains on the list."""
        if len(self._lanes) >= _MOST_LANES:
            for origin in [origin for origin, lane in self._lanes.items() if lane.idle.is_set()]:
                self._lanes.pop(origin).close()

    def _sort(self, messages: Iterable[Message], batch: _Batch) -> set[_Lane]:
        """Put each message into the lane of its service; asked again here, since what was stored may be old."""
        touched = set()
        for message in messages:
            batch.open += 1
            try:
                origin = self._services.origin_of(message.endpoint)
            except SubscriptionError:
                batch.report(Outcome(message.ref, Result.REFUSED))
                continue
            if origin not in self._lanes:
                if len(self._lanes) >= _MOST_LANES:
                    batch.report(Outcome(message.ref, Result.LATER, None, REST_SECONDS))
                    continue
                self._lanes[origin] = _Lane(self, origin, is_own=self._services.is_own(origin))
            lane = self._lanes[origin]
            lane.waiting.append((message, batch))
            touched.add(lane)
        return touched
