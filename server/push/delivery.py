"""Sends pushes: encrypts each, calls its push service over HTTP/2 (or HTTP/1.1), says what became of it.

The only file that opens a connection to another machine, and the only one that knows libcurl, which speaks HTTP and is
driven by the event loop. It keeps to what push services bear: few connections, at most 100 messages at once, and rest
for a service that asks for it or does not answer.
"""

import asyncio
import socket
import ssl
from asyncio import Future
from collections import deque
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import pycurl

from server.clock import now
from server.errors import SettingsError, SubscriptionError
from server.push.answers import LONGEST_WAIT_SECONDS, Outcome, Result, judge
from server.push.encryption import encrypt
from server.push.endpoints import PushServices, is_public
from server.push.pace import REST_SECONDS, Pace
from server.push.payloads import Kind, payload
from server.push.vapid import KeyRing

# The same for all kinds: a header that differs would tell them apart.
TTL_SECONDS: Final = 4 * 60 * 60
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
_MILLISECONDS: Final = 1000
_BODY_CAP_BYTES: Final = 16 * 1024
_FIRST_ANSWER: Final = 200
_MOST_LANES: Final = 64


class Message(NamedTuple):
    """One push to one subscription. `ref` is the caller's own name for it; `key_id` that of the VAPID key it knows."""

    ref: int
    endpoint: str
    p256dh: str
    auth: str
    key_id: str
    kind: Kind


class Limits(NamedTuple):
    """How much at once to one service, and for how long; over HTTP/2 on one connection, over HTTP/1.1 on several."""

    at_once: int = 100
    connections: int = 8
    connect_seconds: float = 10
    total_seconds: float = 30


_LIMITS: Final = Limits()


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


class _Call:
    """A libcurl handle, used for one message after the other to one service; what stays the same is set once."""

    def __init__(self, options: dict[int, Any], *, may_be_private: bool) -> None:
        self.curl = pycurl.Curl()
        self.met_private_address = False
        self._authorization = ""
        for option, value in options.items():
            self.curl.setopt(option, value)
        if not may_be_private:
            self.curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)

    def _open_socket(self, _purpose: int, address: Any) -> socket.socket | int:  # noqa: ANN401 - pycurl has no types
        """Make the socket for a connection. The name has been looked up by now, so no DNS server can lie."""
        if not is_public(address.addr[0]):
            self.met_private_address = True
            return int(pycurl.SOCKET_BAD)
        return socket.socket(address.family, address.socktype, address.protocol)

    def prepare(self, endpoint: str, authorization: str, body: bytes) -> None:
        self.met_private_address = False
        if authorization != self._authorization:
            self.curl.setopt(pycurl.HTTPHEADER, [f"Authorization: {authorization}", *_HEADERS])
            self._authorization = authorization
        self.curl.setopt(pycurl.URL, endpoint)
        self.curl.setopt(pycurl.POSTFIELDS, body)

    def outcome(self, ref: int) -> Outcome:
        """Judge by the status once there is one: a body that is too long or too slow changes nothing any more."""
        status = self.curl.getinfo(pycurl.RESPONSE_CODE)
        if status >= _FIRST_ANSWER:
            return judge(ref, status, self.curl.getinfo(pycurl.RETRY_AFTER))
        return Outcome(ref, Result.REFUSED if self.met_private_address else Result.FAILED)


class _Lane:
    """The way to one push service: one connection, or several where each carries one message at a time (HTTP/1.1)."""

    def __init__(self, origin: str, limits: Limits) -> None:
        self.origin = origin
        self.pace = Pace(limits.at_once)
        self.waiting: deque[tuple[Message, _Batch]] = deque()
        self.free: list[_Call] = []
        self.in_flight = 0
        self._connections = limits.connections
        self._knows_version = False
        self.multi = pycurl.AsyncCurlMulti(close_handles=True)
        self.multi.setopt(pycurl.M_PIPELINING, pycurl.PIPE_MULTIPLEX)
        self.multi.setopt(pycurl.M_MAX_CONCURRENT_STREAMS, limits.at_once)
        self.multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, 1)

    def learn_version(self, call: _Call) -> None:
        if not self._knows_version and (version := call.curl.getinfo(pycurl.INFO_HTTP_VERSION)):
            self._knows_version = True
            if version < pycurl.CURL_HTTP_VERSION_2_0:
                self.multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, self._connections)

    async def close(self) -> None:
        await self.multi.aclose()
        for call in self.free:
            call.curl.close()


class Courier:
    """Sends messages until it is closed; belongs to the event loop it was made in."""

    def __init__(
        self,
        services: PushServices,
        keys: KeyRing,
        *,
        limits: Limits = _LIMITS,
        certificates: Path | None = None,
        connect_to: Iterable[str] = (),
    ) -> None:
        """Take what may be called, and the keys to sign with.

        `certificates` replaces the machine's list of authorities; `connect_to` leads names elsewhere, as a lying DNS
        server does ("host:port:other-host:other-port").
        """
        self._services = services
        self._keys = keys
        self._limits = limits
        self._options = _options(services, limits, certificates, list(connect_to))
        self._lanes: dict[str, _Lane] = {}
        self._batches: set[_Batch] = set()
        self._closed = False
        self._loop = asyncio.get_running_loop()

    async def send(self, messages: Iterable[Message]) -> AsyncIterator[list[Outcome]]:
        """Send all, and yield their outcomes in handfuls as they come, in any order.

        A message without an outcome at the end (the courier was closed) may have been sent or not.
        """
        await self._leave_idle_lanes()
        batch = _Batch()
        self._batches.add(batch)
        try:
            for lane in self._sort(messages, batch):
                self._fill(lane)
            while batch.outcomes or (batch.open and not self._closed):
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
        lanes = self._lanes.values()
        for lane in lanes:
            lane.waiting.clear()
        on_their_way = [future for lane in lanes for future in lane.multi.futures()]
        if on_their_way:
            await asyncio.wait(on_their_way, timeout=grace_seconds)
        self._closed = True
        for batch in self._batches:
            batch.news.set()
        for lane in lanes:
            await lane.close()

    async def _leave_idle_lanes(self) -> None:
        """Make room for other services: whoever has an account can name endless ones below the domains on the list."""
        if len(self._lanes) >= _MOST_LANES:
            for lane in [lane for lane in self._lanes.values() if not lane.waiting and not lane.in_flight]:
                del self._lanes[lane.origin]
                await lane.close()

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
            if origin not in self._lanes and len(self._lanes) >= _MOST_LANES:
                batch.report(Outcome(message.ref, Result.LATER, None, REST_SECONDS))
                continue
            lane = self._lanes.get(origin) or self._lanes.setdefault(origin, _Lane(origin, self._limits))
            lane.waiting.append((message, batch))
            touched.add(lane)
        return touched

    def _fill(self, lane: _Lane) -> None:
        """Start messages while the lane has room; a service at rest gets none, and its messages are told how long."""
        while lane.waiting and lane.in_flight < lane.pace.room:
            message, batch = lane.waiting.popleft()
            rest = lane.pace.rests_until - self._loop.time()
            if rest > 0:
                batch.report(Outcome(message.ref, Result.LATER, None, int(rest) + 1))
            else:
                self._start(lane, message, batch)

    def _start(self, lane: _Lane, message: Message, batch: _Batch) -> None:
        try:
            authorization = self._keys.authorization(lane.origin, message.key_id, now())
            body = encrypt(payload(message.kind), message.p256dh, message.auth)
        except SubscriptionError:
            batch.report(Outcome(message.ref, Result.REFUSED))
            return
        own = self._services.is_own(lane.origin)
        call = lane.free.pop() if lane.free else _Call(self._options, may_be_private=own)
        call.prepare(message.endpoint, authorization, body)
        lane.in_flight += 1
        future = lane.multi.add_handle(call.curl)
        future.add_done_callback(partial(self._finish, lane, lane.pace.round, call, message.ref, batch))

    def _finish(  # noqa: PLR0913, PLR0917 - the callback of a transfer carries all that belongs to it
        self, lane: _Lane, begun_in: int, call: _Call, ref: int, batch: _Batch, future: Future[Any]
    ) -> None:
        lane.in_flight -= 1
        if future.cancelled():
            return
        # What libcurl says of a failure names the address, and is of no use to anybody: it is only taken off its hands.
        future.exception()
        outcome = call.outcome(ref)
        lane.free.append(call)
        lane.pace.learn(outcome, begun_in, self._loop.time())
        lane.learn_version(call)
        batch.report(outcome)
        self._fill(lane)


def _options(
    services: PushServices, limits: Limits, certificates: Path | None, connect_to: list[str]
) -> dict[int, Any]:
    return {
        pycurl.POST: 1,
        pycurl.HTTP_VERSION: pycurl.CURL_HTTP_VERSION_2TLS,
        # Share the first connection, once it is known to be HTTP/2, instead of opening one for each message.
        pycurl.PIPEWAIT: 1,
        pycurl.PROTOCOLS: pycurl.PROTO_HTTPS | (pycurl.PROTO_HTTP if services.allows_plain_http else 0),
        pycurl.FOLLOWLOCATION: 0,
        # The environment's proxies would be told every endpoint.
        pycurl.PROXY: "",
        **_authorities(certificates),
        pycurl.SSL_VERIFYPEER: 1,
        pycurl.SSL_VERIFYHOST: 2,
        pycurl.CONNECTTIMEOUT_MS: int(limits.connect_seconds * _MILLISECONDS),
        pycurl.TIMEOUT_MS: int(limits.total_seconds * _MILLISECONDS),
        pycurl.MAXFILESIZE: _BODY_CAP_BYTES,
        pycurl.WRITEFUNCTION: _discard,
        pycurl.MAXLIFETIME_CONN: LONGEST_WAIT_SECONDS,
        pycurl.NOSIGNAL: 1,
    } | ({pycurl.CONNECT_TO: connect_to} if connect_to else {})


def _authorities(certificates: Path | None) -> dict[int, str]:
    """Return where Python finds the machine's authorities: the libcurl of the package looks where it was built."""
    paths = ssl.get_default_verify_paths()
    found = {pycurl.CAINFO: certificates or paths.cafile, pycurl.CAPATH: None if certificates else paths.capath}
    if not any(found.values()):
        raise SettingsError("SSL_CERT_FILE: this machine has no list of certificate authorities (ca-certificates)")
    return {option: str(path) for option, path in found.items() if path}


def _discard(_chunk: bytes) -> None:
    """Answers have no body of use."""
