"""State is changed by our own pages only (ASVS 3.5.1): tried on the real app, with one route that writes."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.app import create_app
from server.settings import Settings


@pytest.fixture(scope="module")
def written() -> list[str]:
    return []


@pytest.fixture(scope="module")
def transport(written: list[str]) -> httpx.ASGITransport:
    async def write(request: Request) -> Response:
        written.append(request.method)
        return PlainTextResponse("written")

    app = create_app(Settings())
    app.router.routes.insert(0, Route("/write", write, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]))
    return httpx.ASGITransport(app)


@pytest.fixture
async def browser(transport: httpx.ASGITransport, written: list[str]) -> AsyncIterator[httpx.AsyncClient]:
    written.clear()
    async with httpx.AsyncClient(transport=transport, base_url="https://app.example") as browser:
        yield browser


OWN = [
    {"sec-fetch-site": "same-origin", "origin": "https://app.example"},
    {"sec-fetch-site": "same-origin"},
    {"origin": "https://app.example"},
]
FOREIGN = [
    {},  # neither: a script outside any browser, or a browser older than both headers
    {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    {"sec-fetch-site": "same-site", "origin": "https://blog.app.example"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": "cross-site", "origin": "https://app.example"},  # a forged Origin does not outweigh the browser
    {"sec-fetch-site": ""},
    {"origin": "https://evil.example"},
    {"origin": "https://app.example.evil.example"},
    {"origin": "https://app.example:444"},
    {"origin": "app.example"},
    {"origin": "null"},
    {"origin": ""},
]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("headers", OWN)
async def test_our_own_pages_may_write(
    method: str, headers: dict[str, str], browser: httpx.AsyncClient, written: list[str]
) -> None:
    answer = await browser.request(method, "/write", headers=headers)

    assert answer.status_code == 200
    assert written == [method]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "BREW"])
@pytest.mark.parametrize("headers", FOREIGN)
async def test_nobody_else_may_write_and_the_request_is_not_even_read(
    method: str, headers: dict[str, str], browser: httpx.AsyncClient, written: list[str]
) -> None:
    answer = await browser.request(method, "/write", headers=headers, content=b"x" * 100_000)

    assert answer.status_code == 403
    assert written == []


@pytest.mark.parametrize("headers", FOREIGN)
async def test_reading_is_free_to_all_since_a_link_elsewhere_may_lead_here(
    headers: dict[str, str], browser: httpx.AsyncClient
) -> None:
    assert (await browser.get("/sip/", headers=headers)).status_code == 200
    assert (await browser.head("/sip/", headers=headers)).status_code == 200


@pytest.mark.parametrize("address", ["/", "/sip/", "/b/en.bin", "/no/such/address"])
async def test_a_foreign_write_is_refused_alike_whether_or_not_there_is_something(
    address: str, browser: httpx.AsyncClient
) -> None:
    assert (await browser.post(address)).status_code == 403


async def test_another_site_gets_no_leave_to_read_by_script(browser: httpx.AsyncClient) -> None:
    # Given another site's script that asks first, as browsers make it (CORS)
    asks = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    for answer in (await browser.options("/write", headers=asks), await browser.get("/b/en.bin", headers=asks)):
        # Then nothing in the answer allows it
        assert not [name for name in answer.headers if name.startswith("access-control-")]
