"""A push service on the loopback, on both of its sides: Firefox's own protocol, and RFC 8030 with RFC 8292 for servers.

Firefox speaks a WebSocket (RFC 6455) to it, as in its PushServiceWebSocket; written by hand, since a journey needs six
messages of it and no more. Subscriptions lead to `/wpush/v2/<token>`; a push that the browser is not there for waits.
"""

import asyncio
import json
import secrets
import threading
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha1
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from server.clock import epoch_seconds

_ACCEPT: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10
_LONGEST_TOKEN_SECONDS: Final = 86_400

Message = dict[str, Any]


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    text = text.rstrip("=")
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Subscription:
    """One channel of the one browser there is."""

    channel: str
    key: bytes


@dataclass
class Push:
    """One push as the server handed it over, and what the browser said of it (100: decrypted and delivered)."""

    body: bytes
    headers: dict[str, str]
    status: int
    acknowledged: int | None = None


@dataclass
class Browser:
    """The browser's connection; without one, pushes wait."""

    writer: asyncio.StreamWriter | None = None
    waiting: list[Message] = field(default_factory=list)
    # The browsers that the service knows; another name in its greeting tells one that it is not known any more.
    known: set[str] = field(default_factory=set)


class JourneyPushService:
    """Runs in a thread of its own, from the start until `stop`."""

    def __init__(self) -> None:
        self.origin = ""
        self.pushes: list[Push] = []
        self.subscriptions: dict[str, Subscription] = {}
        self._browser = Browser()
        self._by_version: dict[str, Push] = {}
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)

    def forgets_everybody(self) -> None:
        """Lose all subscriptions, and hang up: the browser calls again and is told that it is new here."""
        self.subscriptions = {}
        self._browser.known.clear()
        self._browser.waiting.clear()
        if writer := self._browser.writer:
            self._loop.call_soon_threadsafe(writer.close)

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        self.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await self._stopping.wait()
        server.close()
        if self._browser.writer:
            self._browser.writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
                headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
                if headers.get("upgrade", "").lower() == "websocket":
                    await self._talk(reader, writer, headers["sec-websocket-key"])
                    return
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                status = self._take(head[0].split(" ")[1], headers, body)
                writer.write(f"HTTP/1.1 {status} .\r\nLocation: /m/1\r\nContent-Length: 0\r\n\r\n".encode())
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()

    # --- the server's side ------------------------------------------------------------------------------------------

    def _take(self, path: str, headers: dict[str, str], body: bytes) -> int:
        subscription = self.subscriptions.get(path.rpartition("/")[2])
        status = self._status_for(subscription, headers)
        push = Push(body, headers, status)
        self.pushes.append(push)
        if subscription and status == 201:
            version = secrets.token_urlsafe(12)
            self._by_version[version] = push
            message = {"messageType": "notification", "channelID": subscription.channel, "version": version}
            self._tell(message | {"data": _text(body), "headers": {"encoding": "aes128gcm"}})
        return status

    def _status_for(self, subscription: Subscription | None, headers: dict[str, str]) -> int:
        if subscription is None:
            return 410
        if not headers.get("ttl", "").isdigit() or headers.get("content-encoding") != "aes128gcm":
            return 400
        return 201 if self._is_signed(subscription.key, headers.get("authorization", "")) else 401

    def _is_signed(self, key: bytes, authorization: str) -> bool:
        """Check as RFC 8292 has it: by the key that the browser subscribed with, for this origin, for a day at most."""
        fields = dict(part.strip().split("=", 1) for part in authorization.removeprefix("vapid ").split(","))
        signed, _, signature = fields.get("t", "").rpartition(".")
        raw = _bytes(signature)
        public = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), key)
        numbers = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        try:
            public.verify(numbers, signed.encode(), ECDSA(SHA256()))
        except InvalidSignature:
            return False
        claims = json.loads(_bytes(signed.partition(".")[2]))
        lasts = claims["exp"] - epoch_seconds()
        return bool(_bytes(fields["k"]) == key and claims["aud"] == self.origin and 0 < lasts <= _LONGEST_TOKEN_SECONDS)

    # --- the browser's side -----------------------------------------------------------------------------------------

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, key: str) -> None:
        accept = b64encode(sha1(key.encode() + _ACCEPT, usedforsecurity=False).digest()).decode()
        writer.write(
            "HTTP/1.1 101 .\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: push-notification\r\n\r\n".encode()
        )
        self._browser.writer = writer
        try:
            while True:
                kind, payload = await _read_frame(reader)
                if kind == _CLOSE:
                    return
                if kind == _PING:
                    writer.write(_frame(_PONG, payload))
                elif kind == _TEXT:
                    self._hear(json.loads(payload))
        finally:
            if self._browser.writer is writer:
                self._browser.writer = None

    def _hear(self, message: Message) -> None:
        match message.get("messageType", "ping"):
            case "ping":
                self._tell({}, surely=False)
            case "hello":
                uaid = message.get("uaid")
                if uaid not in self._browser.known:
                    uaid = secrets.token_hex(16)
                    self._browser.known.add(uaid)
                self._tell({"messageType": "hello", "uaid": uaid, "status": 200, "use_webpush": True, "broadcasts": {}})
                waiting, self._browser.waiting = self._browser.waiting, []
                for each in waiting:
                    self._tell(each)
            case "register":
                token = secrets.token_urlsafe(24)
                self.subscriptions[token] = Subscription(message["channelID"], _bytes(message["key"]))
                told = {"messageType": "register", "channelID": message["channelID"], "status": 200}
                self._tell(told | {"pushEndpoint": f"{self.origin}/wpush/v2/{token}"})
            case "unregister":
                channel = message["channelID"]
                self.subscriptions = {name: one for name, one in self.subscriptions.items() if one.channel != channel}
                self._tell({"messageType": "unregister", "channelID": channel, "status": 200})
            case "ack" | "nack":
                for update in message.get("updates", [message]):
                    if push := self._by_version.get(update["version"]):
                        push.acknowledged = update.get("code")

    def _tell(self, message: Message, *, surely: bool = True) -> None:
        if self._browser.writer:
            self._browser.writer.write(_frame(_TEXT, json.dumps(message).encode()))
        elif surely:
            self._browser.waiting.append(message)


def _frame(kind: int, payload: bytes) -> bytes:
    size = len(payload)
    length = bytes([size]) if size < 126 else b"\x7e" + size.to_bytes(2)
    return bytes([0x80 | kind]) + length + payload


async def _read_frame(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Read one frame; a browser masks all it sends, and says nothing here that would need two."""
    first, second = await reader.readexactly(2)
    size = second & 0x7F
    if size >= 126:
        size = int.from_bytes(await reader.readexactly(2 if size == 126 else 8))
    mask = await reader.readexactly(4)
    payload = await reader.readexactly(size)
    return first & 0x0F, bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))
