"""One answer of every kind that the app can give: each document, each redirect, each way to be refused or to fail.

And all that a phone can ask for: an account from its opening to its end, with everything it may be refused on the way.
"""

import asyncio
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import NamedTuple

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.__main__ import prepare
from server.app import create_app
from server.settings import Settings
from server.site import Site
from tests.server.push.phone import Phone

Asked = tuple[str, str, dict[str, str]]


class Answered(NamedTuple):
    """What was asked, and what came back."""

    method: str
    address: str
    answer: httpx.Response


OWN = {"sec-fetch-site": "same-origin"}


async def _fail(request: Request) -> Response:
    raise ValueError(request.url)


def failing_app(settings: Settings) -> Starlette:
    """The real app on a database of its own, with one more address: one that fails."""
    prepare(settings)
    app = create_app(settings)
    app.router.routes.insert(0, Route("/fails", _fail))
    return app


ID, OTHER_ID = "i" * 22, "o" * 22
KEY, OTHER_KEY = "k" * 42 + "A", "l" * 42 + "A"
CONTENT = urlsafe_b64encode(bytes(4096)).decode().rstrip("=")
BACKUP = bytes(16 * 1024)
HALF = urlsafe_b64encode(bytes(1024)).decode().rstrip("=")
NOTES = urlsafe_b64encode(bytes(3072)).decode().rstrip("=")
FOR_CARDS = ("/s/card", "/s/card/take", "/s/card/look", "/s/card/show", "/s/card/done", "/s/card/off")
FOR_CIRCLES = ("/s/circle/stop", "/s/circle/notes", "/s/circle/agree", "/s/circle/say", "/s/report")
FOR_SIGNED_IN = (
    "/s/out",
    "/s/renew",
    "/s/spare",
    "/s/lay",
    "/s/clear",
    "/s/note",
    "/s/wait",
    "/s/slip",
    "/s/try",
    *FOR_CARDS,
    *FOR_CIRCLES,
)
FOR_PHONES = ("/s/new", "/s/in", "/s/again", "/s/take", "/s/tick", "/s/card/read", "/s/card/pass")
SCHEDULE = {"zone": "Europe/Madrid", "times": ["08:30"], "days": [1, 2, 3, 4, 5, 6, 7]}
ANSWER = {"id": ID, "says": "here", "given_at": 1, "sent_at": 1, "check_in": None}


def addresses_of(site: Site) -> Iterator[str]:
    """Every address that has a document."""
    yield from ("/", "/up", "/tea/", site.hello_path)
    yield from (f"/a/{name}" for name in site.assets)
    yield from (f"/b/{language}.bin" for language in site.packs)
    yield from (f"/t/{number}?l={language}" for number, language in site.plain_pages)
    for cover in site.manifests:
        yield from (f"/{cover}/", f"/{cover}/sw.js", f"/{cover}/app.webmanifest")
    yield from (f"/{cover}/{file}" for cover, file in site.pictures)
    yield from (f"/{cover}/{language}" for cover, language in site.cover_pages)


def requests_for(site: Site) -> Iterator[Asked]:
    """Every request worth asking."""
    for address in addresses_of(site):
        for language in site.languages:
            yield "GET", address, {"accept-language": language}
        yield "HEAD", address, {}
        yield "POST", address, OWN
    yield "GET", "/no/such/address", {}
    yield "GET", "/fails", {}
    yield "POST", "/sip/", {}
    yield "POST", "/sip/", OWN | {"content-length": "999999999"}


def every_answer(app: Starlette) -> list[Answered]:
    """Ask for everything."""
    return asyncio.run(_ask(app))


async def _ask(app: Starlette) -> list[Answered]:
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as visitor,
    ):
        return [*await _ask_for_documents(app, visitor), *await _ask_as_a_phone(visitor)]


class _AskingPhone:
    """A phone that writes down what it asked."""

    def __init__(self, browser: httpx.AsyncClient) -> None:
        self._browser = browser
        self.answers: list[Answered] = []

    async def ask(self, method: str, address: str, json: object = None, content: bytes | None = None) -> httpx.Response:
        answer = await self._browser.request(method, address, headers=OWN, json=json, content=content)
        self.answers.append(Answered(method, address, answer))
        return answer

    async def ask_in_vain(self) -> None:
        """Say nothing that makes sense."""
        for address in (*FOR_PHONES, *FOR_SIGNED_IN):
            await self.ask("POST", address, content=b"no json")
            await self.ask("PATCH", address)
        for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH"):
            await self.ask(method, "/s/save")
            await self.ask(method, "/s/list")
            await self.ask(method, "/s/times")
            await self.ask(method, "/s/circle")
        for method in ("PUT", "DELETE"):
            await self.ask(method, "/s/reach")

    async def open(self, key: str, lookup: str) -> None:
        """Open an account and let words sign in to it, if nobody else has them."""
        account = (await self.ask("POST", "/s/new", {"secret": key})).json()["account"]
        await self.ask("POST", "/s/in", {"account": account, "secret": key})
        words = {"lookup": lookup, "proof": key}
        await self.ask("POST", "/s/spare", {"words": words})
        await self.ask("POST", "/s/again", words)
        await self.ask("POST", "/s/again", words | {"proof": OTHER_KEY})
        await self.ask("POST", "/s/lay", {"lookup": ID, "content": CONTENT})

    async def use(self) -> None:
        """Do all that a phone can do which is signed in."""
        for content in (BACKUP, b"of no size that a phone sends"):
            await self.ask("PUT", "/s/save", content=content)
            await self.ask("GET", "/s/save")
            await self.ask("HEAD", "/s/save")
        await self.ask("DELETE", "/s/save")
        await self.be_asked()
        await self.have_a_circle()
        await self.ask("POST", "/s/spare", {"words": None})
        await self.ask("POST", "/s/take", {"lookup": ID})
        await self.ask("POST", "/s/renew", {"secret": OTHER_KEY})
        await self.ask("POST", "/s/out", {"device": OTHER_ID})
        await self.ask("POST", "/s/out", {})

    async def be_asked(self) -> None:
        """Turn check-ins on, answer, put them off, and turn them off."""
        await self.ask("PUT", "/s/times", {"schedule": SCHEDULE, "ladder": {}, "nudge": False})
        state = (await self.ask("GET", "/s/times")).json()
        phone = Phone()
        reach = {"p256dh": phone.p256dh, "auth": phone.auth, "key": state["key"]}
        for endpoint in ("https://fcm.googleapis.com/fcm/send/x", "https://push.example.org/x"):
            await self.ask("PUT", "/s/reach", {"endpoint": endpoint, **reach})
        for _ in range(7):
            await self.ask("POST", "/s/try", {})
        for check_in in (None, ID):
            await self.ask("POST", "/s/note", ANSWER | {"check_in": check_in})
            await self.ask("POST", "/s/wait", {"what": "hour", "check_in": check_in})
        await self.ask("POST", "/s/slip", {"slips": [{"digest": KEY, "says": "come", "day": "2026-11-26"}]})
        await self.ask("POST", "/s/tick", {"slip": KEY, "given_at": 1, "sent_at": 1})
        await self.ask("DELETE", "/s/reach")
        await self.ask("DELETE", "/s/times")

    async def have_a_circle(self) -> None:
        """Ask for buddies, as far as one can alone, and change what there is of a pair."""
        wishes = (await self.ask("GET", "/s/circle")).json()["wishes"]
        await self.ask("PUT", "/s/circle", wishes)
        for lookup in (ID, OTHER_ID, *(f"{number}" * 22 for number in range(5))):
            await self.ask("POST", "/s/card", {"lookup": lookup, "content": HALF})
        for lookup in (ID, "x" * 22):
            await self.ask("POST", "/s/card/read", {"lookup": lookup})
            await self.ask("POST", "/s/card/look", {"lookup": lookup})
            await self.ask("POST", "/s/card/take", {"lookup": lookup, "reply": HALF})
            await self.ask("POST", "/s/card/show", {"lookup": lookup, "shown": HALF})
            await self.ask("POST", "/s/card/done", {"lookup": lookup, "notes": NOTES})
            await self.ask("POST", "/s/card/pass", {"lookup": lookup})
            await self.ask("POST", "/s/card/off", {"lookup": lookup})
        await self.ask("POST", "/s/circle/notes", {"id": ID, "notes": NOTES})
        await self.ask("POST", "/s/circle/agree", {"id": ID})
        await self.ask("POST", "/s/circle/say", {"id": ID, "says": 1})
        await self.ask("POST", "/s/report", {"id": ID, "content": CONTENT})
        await self.ask("POST", "/s/circle/stop", {"id": ID})

    async def guess(self) -> None:
        """Try until it has to wait."""
        for _ in range(7):
            await self.ask("POST", "/s/in", {"account": OTHER_ID, "secret": KEY})


async def _ask_as_a_phone(browser: httpx.AsyncClient) -> list[Answered]:
    phone = _AskingPhone(browser)
    await phone.ask_in_vain()
    await phone.ask("POST", "/s/take", {"lookup": ID})
    for key, lookup in ((KEY, ID), (OTHER_KEY, OTHER_ID), (KEY, ID)):
        await phone.open(key, lookup)
    await phone.ask_in_vain()
    await phone.use()
    await phone.guess()
    await phone.ask("POST", "/s/new", {"secret": KEY})
    await phone.ask("POST", "/s/clear", {})
    return phone.answers


async def _ask_for_documents(app: Starlette, visitor: httpx.AsyncClient) -> list[Answered]:
    answers = []
    for method, address, headers in requests_for(app.state.site):
        answer = await visitor.request(method, address, headers=headers)
        answers.append(Answered(method, address, answer))
        if "etag" in answer.headers:
            again = await visitor.request(method, address, headers=headers | {"if-none-match": answer.headers["etag"]})
            answers.append(Answered(method, address, again))
    return answers
