"""People with phones of their own: what each does step by step while two become a pair, and afterwards."""

from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from tests.server.prepared import phone_of

WORDS = "w" * 22


def as_text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


OFFER, REPLY, SHOWN = (as_text(bytes([part]) * 1024) for part in (1, 2, 3))
NOTES = as_text(b"n" * 3072)


def answer_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no answer take its time, where time is not what is tested."""
    monkeypatch.setattr("server.routes.cards._SECONDS", 0)
    monkeypatch.setattr("server.routes.circle._SECONDS", 0)


class Someone:
    """One person with one phone and one account."""

    def __init__(self, phone: httpx.AsyncClient, account: str) -> None:
        self.phone = phone
        self.account = account

    async def asks(self, address: str, **body: object) -> httpx.Response:
        return await self.phone.post(address, json=body)

    async def lays(self, words: str = WORDS, content: str = OFFER) -> httpx.Response:
        return await self.asks("/s/card", lookup=words, content=content)

    async def reads(self, words: str = WORDS) -> httpx.Response:
        return await self.asks("/s/card/read", lookup=words)

    async def takes(self, words: str = WORDS, reply: str = REPLY) -> httpx.Response:
        return await self.asks("/s/card/take", lookup=words, reply=reply)

    async def passes(self, words: str = WORDS) -> httpx.Response:
        return await self.asks("/s/card/pass", lookup=words)

    async def looks(self, words: str = WORDS) -> httpx.Response:
        return await self.asks("/s/card/look", lookup=words)

    async def shows(self, words: str = WORDS, shown: str = SHOWN) -> httpx.Response:
        return await self.asks("/s/card/show", lookup=words, shown=shown)

    async def finishes(self, words: str = WORDS, notes: str = NOTES) -> httpx.Response:
        return await self.asks("/s/card/done", lookup=words, notes=notes)

    async def takes_back(self, words: str = WORDS) -> httpx.Response:
        return await self.asks("/s/card/off", lookup=words)

    async def circle(self) -> dict[str, Any]:
        answer = await self.phone.get("/s/circle")
        assert answer.status_code == 200
        told: dict[str, Any] = answer.json()
        return told

    async def stops(self, tie: str) -> httpx.Response:
        return await self.asks("/s/circle/stop", id=tie)


@asynccontextmanager
async def someone(app: Starlette, number: int = 1) -> AsyncIterator[Someone]:
    """A person who has just opened an account, from a network of their own."""
    async with phone_of(app, f"203.0.{number}.7") as phone:
        opened = await phone.post("/s/new", json={"secret": as_text(bytes([number]) * 32)})
        yield Someone(phone, opened.json()["account"])


async def pair(her: Someone, buddy: Someone, words: str = WORDS) -> tuple[str, str]:
    """Go through every step; give the id of each one's own end."""
    before = {tie["id"] for tie in (await buddy.circle())["theirs"]}
    assert (await her.lays(words)).status_code == 204
    assert (await buddy.reads(words)).status_code == 200
    assert (await buddy.takes(words)).status_code == 204
    assert (await her.shows(words)).status_code == 204
    made = await her.finishes(words)
    assert made.status_code == 200
    (their,) = {tie["id"] for tie in (await buddy.circle())["theirs"]} - before
    return made.json()["id"], their
