"""The host's machine: the real server on a loopback port, with the faults a network has.

`stop` really closes the port, so a phone that gets an answer afterwards has it from its own store.
"""

import asyncio
import socket
import threading
import time
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import uvicorn

from server.__main__ import prepare
from server.app import create_app
from server.settings import Settings

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_START_SECONDS = 20.0


class Wire:
    """Stands between a phone and the app: writes down what is asked, delays it, breaks it, unknown to the app."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._delay_seconds = 0.0
        self._broken: dict[str, int] = {}
        self._garbled: set[str] = set()
        self.asked: list[str] = []
        self.cookies_set: list[str] = []

    def slow(self, seconds: float) -> None:
        """Let every answer take this much longer."""
        self._delay_seconds = seconds

    def break_path(self, prefix: str, status: int = 503) -> None:
        """Answer every address that starts like this with a failure."""
        self._broken[prefix] = status

    def garble_path(self, prefix: str) -> None:
        """Answer every address that starts like this with a body that makes no sense."""
        self._garbled.add(prefix)

    def mend(self) -> None:
        """Take all faults away."""
        self._delay_seconds = 0.0
        self._broken.clear()
        self._garbled.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        self.asked.append(path + ("?" + scope["query_string"].decode() if scope["query_string"] else ""))
        if self._delay_seconds:
            await asyncio.sleep(self._delay_seconds)
        for prefix, status in self._broken.items():
            if path.startswith(prefix):
                await _refuse(send, status)
                return
        garbled = any(path.startswith(prefix) for prefix in self._garbled)

        async def listen(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                self.cookies_set += [value.decode() for name, value in message["headers"] if name == b"set-cookie"]
            elif garbled and message.get("body"):
                message = {**message, "body": b"\0" * len(message["body"])}
            await send(message)

        await self._app(scope, receive, listen)


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


class Host:
    """A running server that can be stopped and started again on the same address."""

    def __init__(self, make_app: Callable[[], Application], port: int | None = None) -> None:
        self._make_app = make_app
        self.port = port or free_port()
        self.base = f"http://localhost:{self.port}"
        self.wire = Wire(make_app())
        self.start()

    def start(self) -> None:
        """Open the port, on the same app and the same faults as before."""
        config = uvicorn.Config(
            self.wire, host="127.0.0.1", port=self.port, log_config=None, access_log=False, timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        end = time.monotonic() + _START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > end:
                raise RuntimeError(f"the server did not start on {self.base}")
            time.sleep(0.01)

    def stop(self) -> None:
        """Close the port and every connection to it."""
        self._server.should_exit = True
        self._thread.join(10)

    def replace_app(self, make_app: Callable[[], Application]) -> None:
        """Serve another app from now on, as after an update; what was asked so far stays written down."""
        self.wire._app = make_app()

    # Said so often in journeys that they may be said of the host itself.
    def slow(self, seconds: float) -> None:
        """Let every answer take this much longer."""
        self.wire.slow(seconds)

    def break_path(self, prefix: str, status: int = 503) -> None:
        """Fail every address that starts like this."""
        self.wire.break_path(prefix, status)

    def mend(self) -> None:
        """Put everything right again: no faults, an open port, nothing written down."""
        self.wire.mend()
        self.wire.asked.clear()
        self.wire.cookies_set.clear()
        if not self._thread.is_alive():
            self.start()

    @property
    def asked(self) -> list[str]:
        """Every address that was asked for, in order."""
        return self.wire.asked


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepare_apart(settings: Settings) -> None:
    """Make what a start makes. Playwright keeps an event loop running in its thread, and this needs one of its own."""
    with ThreadPoolExecutor(1) as another_thread:
        another_thread.submit(prepare, settings).result()


def open_host(settings: Settings) -> Host:
    """Serve Nightjar as `make run` does, on the port of its settings."""
    prepare_apart(settings)
    return Host(lambda: create_app(settings), settings.port)
