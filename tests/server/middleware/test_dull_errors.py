"""Whatever goes wrong, a visitor sees one of two pages in the cover's dress, and nothing of what happened."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from server.app import create_app
from server.middleware.dull_errors import DullErrors
from server.settings import Settings
from tests.promises.telltale import find_words

OWN = {"sec-fetch-site": "same-origin"}
# (method, address, headers, status): one of each way to be refused
REFUSALS = [
    ("GET", "/no/such/address", {}, 404),
    ("GET", "/favicon.ico", {}, 404),
    ("GET", "/sip", {}, 404),
    ("GET", "/sip/none.png", {}, 404),
    ("GET", "/a/none.js", {}, 404),
    ("GET", "/b/none.bin", {}, 404),
    ("GET", "/t/99", {}, 404),
    ("POST", "/sip/", OWN, 405),
    ("POST", "/sip/", {}, 403),
    ("POST", "/sip/", OWN | {"content-length": "999999"}, 413),
    ("GET", "/refuses", {}, 418),
]
FAILURES = [("GET", "/fails", {}, 500), ("POST", "/fails", OWN, 500), ("GET", "/busy", {}, 503)]


@pytest.fixture(scope="module")
def transport() -> httpx.ASGITransport:
    async def fail(request: Request) -> Response:
        raise ValueError(f"the diary of {request.query_params.get('name')} at /srv/diary.py")

    async def refuse(request: Request) -> Response:
        raise HTTPException(418, detail="the diary is a teapot")

    async def be_busy(request: Request) -> Response:
        raise HTTPException(503, detail="the diary is busy")

    app = create_app(Settings())
    for address, handler in {"fails": fail, "refuses": refuse, "busy": be_busy}.items():
        app.router.routes.insert(0, Route(f"/{address}", handler, methods=["GET", "POST"]))
    return httpx.ASGITransport(app)


@pytest.fixture
async def visitor(transport: httpx.ASGITransport) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as visitor:
        yield visitor


@pytest.mark.parametrize(("method", "address", "headers", "status"), REFUSALS + FAILURES)
async def test_an_error_looks_like_a_page_of_the_cover(
    method: str, address: str, headers: dict[str, str], status: int, visitor: httpx.AsyncClient
) -> None:
    for language in ("en", "es"):
        answer = await visitor.request(method, address, headers=headers | {"accept-language": language})

        assert answer.status_code == status
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        assert "<title>Sip</title>" in answer.text
        assert f'<html lang="{language}"' in answer.text
        assert 'href="/sip/"' in answer.text


@pytest.mark.parametrize("address", ["/sprout/none.png", "/sprout/", "/sprout", "/sprout/a/b"])
async def test_within_a_cover_an_error_wears_that_covers_dress_and_name(
    address: str, visitor: httpx.AsyncClient
) -> None:
    for language in ("en", "es"):
        answer = await visitor.post(address, headers=OWN | {"accept-language": language})

        assert answer.status_code in {404, 405}
        assert "<title>Sprout</title>" in answer.text
        assert f'<html lang="{language}"' in answer.text
        for part in ("/sprout/", "/sprout/icon.svg"):
            assert f'href="{part}"' in answer.text
        (style,) = re.findall(r'href="(/a/sprout[^"]+css)"', answer.text)
        assert (await visitor.get(style)).status_code == 200
        assert "sip" not in answer.text.lower()


@pytest.mark.parametrize(("method", "address", "headers", "status"), REFUSALS + FAILURES)
async def test_an_error_tells_nothing_of_what_was_asked_or_what_failed(
    method: str, address: str, headers: dict[str, str], status: int, visitor: httpx.AsyncClient
) -> None:
    answer = await visitor.request(method, f"{address}?name=lovelace", headers=headers)

    said = (answer.text + str(answer.headers)).lower()
    for secret in ("lovelace", "diary", "teapot", "traceback", "valueerror", ".py", "none.", "such"):
        assert secret not in said, secret
    assert not find_words(said)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("ways", [REFUSALS, FAILURES])
async def test_errors_of_a_class_are_equal_to_the_last_byte(
    ways: list[tuple[str, str, dict[str, str], int]], language: str, visitor: httpx.AsyncClient
) -> None:
    pages = {
        (await visitor.request(method, address, headers=headers | {"accept-language": language})).content
        for method, address, headers, _ in ways
    }
    assert len(pages) == 1


async def test_an_answer_that_breaks_off_half_way_is_not_followed_by_another() -> None:
    # Given an app that fails when the answer has begun
    async def break_off(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError("the diary ends here")

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 500, "headers": []})

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    # When it is asked
    await DullErrors(break_off, page=lambda *_: page)({"type": "http"}, receive_nothing, send)

    # Then nothing more is sent, so that the connection is closed and the browser knows
    assert [message["status"] for message in sent] == [200]


async def receive_nothing() -> Message:
    return {"type": "http.disconnect"}


async def test_somebody_who_hangs_up_half_way_is_no_fault_and_makes_no_line(caplog: pytest.LogCaptureFixture) -> None:
    # Given a visitor who is gone before the answer
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def hung_up(message: Message) -> None:
        raise OSError("the other side has hung up")

    await DullErrors(answer, page=lambda *_: answer)({"type": "http"}, receive_nothing, hung_up)

    # Then nothing is logged: anybody could fill a host's disk that way
    assert caplog.records == []


async def test_somebody_who_hangs_up_while_sending_is_no_fault_either(caplog: pytest.LogCaptureFixture) -> None:
    async def read(scope: Scope, receive: Receive, send: Send) -> None:
        await Request(scope, receive).body()

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await DullErrors(read, page=lambda *_: read)({"type": "http"}, receive_nothing, send)

    assert sent == []
    assert caplog.records == []


async def test_a_failure_is_found_out_without_a_body_too(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.head("/fails")

    assert (answer.status_code, answer.content) == (500, b"")


async def test_the_server_goes_on_after_a_failure(visitor: httpx.AsyncClient) -> None:
    await visitor.get("/fails")

    assert (await visitor.get("/sip/")).status_code == 200
