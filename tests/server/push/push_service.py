"""A push service on the loopback that answers as it is asked to by the path, and remembers all it was sent.

Plain HTTP/1.1, written by hand: a test wants the very bytes, and answers no decent server would give.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

Writer = asyncio.StreamWriter


@dataclass
class Heard:
    """One request as it came over the wire."""

    path: str
    headers: dict[str, str]
    body: bytes
    bytes_on_the_wire: int


async def _drip(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 1000\r\n\r\n")
    await _dribble(writer, b".")


async def _drip_headers(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 201 Created\r\n")
    await _dribble(writer, b"x")


async def _drip_status(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 2")
    await _dribble(writer, b"0")


async def _dribble(writer: Writer, piece: bytes) -> None:
    while not writer.is_closing():
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0.05)


async def _huge(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
        await writer.drain()


async def _silence(writer: Writer) -> None:
    await asyncio.sleep(60)


def _status(line: str, *headers: str) -> Callable[[Writer], Coroutine[Any, Any, None]]:
    async def answer(writer: Writer) -> None:
        writer.write("\r\n".join((f"HTTP/1.1 {line}", *headers, "Content-Length: 0", "", "")).encode())
        await writer.drain()

    return answer


class PushService:
    """Answers by the first part of the path: `/201/...`, `/429-later/...`, `/huge/...`."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.paths: set[str] = set()
        self.called = asyncio.Event()
        self.connections = 0
        self.origin = ""
        self.answers: dict[str, Callable[[Writer], Coroutine[Any, Any, None]]] = {
            "201": _status("201 Created", "Location: /m/1"),
            "drip": _drip,
            "drip-headers": _drip_headers,
            "drip-status": _drip_status,
            "huge": _huge,
            "silence": _silence,
        }
        self._serving: set[asyncio.Task[None]] = set()

    def answer(self, name: str, line: str, *headers: str) -> str:
        """Teach it one more answer; returns an endpoint that gets it."""
        self.answers[name] = _status(line, *headers)
        return f"{self.origin}/{name}/x"

    async def serve(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task
        self._serving.add(task)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                first, *lines = head.decode("latin-1").strip().split("\r\n")
                headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                path = first.split(" ")[1]
                self.heard.append(Heard(path, headers, body, len(head) + len(body)))
                self.paths.add(path)
                self.called.set()
                await self.answers[path.split("/")[1]](writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._serving.discard(task)
            writer.transport.abort()

    @property
    def is_busy(self) -> bool:
        """Whether anybody is connected."""
        return bool(self._serving)

    async def hang_up(self) -> None:
        serving = list(self._serving)
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving)


@asynccontextmanager
async def open_push_service() -> AsyncIterator[PushService]:
    service = PushService()
    server = await asyncio.start_server(service.serve, "127.0.0.1", 0)
    service.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield service
    finally:
        server.close()
        await service.hang_up()
