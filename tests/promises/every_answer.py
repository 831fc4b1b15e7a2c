"""One answer of every kind that the app can give: each document, each redirect, each way to be refused or to fail."""

import asyncio
from collections.abc import Iterator
from typing import NamedTuple

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.app import create_app
from server.settings import Settings
from server.site import Site

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
    """The real app, with one more address: one that fails."""
    app = create_app(settings)
    app.router.routes.insert(0, Route("/fails", _fail))
    return app


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
    answers = []
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as visitor:
        for method, address, headers in requests_for(app.state.site):
            answer = await visitor.request(method, address, headers=headers)
            answers.append(Answered(method, address, answer))
            if "etag" in answer.headers:
                again = await visitor.request(
                    method, address, headers=headers | {"if-none-match": answer.headers["etag"]}
                )
                answers.append(Answered(method, address, again))
    return answers
