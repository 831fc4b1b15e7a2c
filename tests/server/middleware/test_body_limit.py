"""Nobody can fill the server's memory: a body is counted as it comes, whatever was announced."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.app import create_app
from server.middleware.body_limit import BODY_LIMIT_BYTES
from server.settings import Settings

OWN = {"sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def transport() -> httpx.ASGITransport:
    async def read(request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))

    app = create_app(Settings())
    app.router.routes.insert(0, Route("/read", read, methods=["POST"]))
    return httpx.ASGITransport(app)


@pytest.fixture
async def browser(transport: httpx.ASGITransport) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=OWN) as browser:
        yield browser


class Chunks:
    """A body of unknown length, which remembers how much of it was taken."""

    def __init__(self, total: int) -> None:
        self.left = total

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self.left:
            size = min(self.left, 10_000)
            self.left -= size
            yield b"x" * size


@pytest.mark.parametrize("size", [0, 1, BODY_LIMIT_BYTES])
async def test_a_body_up_to_the_limit_arrives_whole(size: int, browser: httpx.AsyncClient) -> None:
    assert (await browser.post("/read", content=b"x" * size)).text == str(size)
    assert (await browser.post("/read", content=Chunks(size))).text == str(size)


async def test_a_body_announced_as_too_large_is_refused_before_a_byte_is_read(browser: httpx.AsyncClient) -> None:
    body = Chunks(BODY_LIMIT_BYTES + 1)

    answer = await browser.post("/read", content=body, headers={"content-length": str(BODY_LIMIT_BYTES + 1)})

    assert answer.status_code == 413
    assert body.left == BODY_LIMIT_BYTES + 1


async def test_a_body_that_never_ends_is_cut_off_at_the_limit(browser: httpx.AsyncClient) -> None:
    # Given a body in chunks, which announces no length
    body = Chunks(1_000_000_000)

    answer = await browser.post("/read", content=body)

    # Then hardly more than the limit was ever taken
    assert answer.status_code == 413
    assert 1_000_000_000 - body.left <= BODY_LIMIT_BYTES + 10_000


async def test_a_body_longer_than_announced_is_refused_as_well(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/read", content=Chunks(BODY_LIMIT_BYTES + 1), headers={"content-length": "1"})
    assert answer.status_code == 413


@pytest.mark.parametrize("length", [b"-1", b"1e3", b"\xb2", b"", b"0x10", b"9" * 5000])
async def test_an_announcement_that_is_no_number_is_refused(length: bytes, browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/read", content=b"x", headers={b"content-length": length})
    assert answer.status_code == 413
