"""What holds for every route of the table."""

import httpx
import pytest

from server.routes import starlette_routes

EXAMPLES = {
    "/hello": "/hello",
    "/": "/",
    "/up": "/up",
    "/a/{name}": None,  # named after its content: see test_assets.py
    "/b/{language}.bin": "/b/en.bin",
    "/t/{number}": "/t/1",
    # What phones ask for is no page: see the tests named after their routes.
    "/s/new": None,
    "/s/in": None,
    "/s/again": None,
    "/s/take": None,
    "/s/lay": None,
    "/s/renew": None,
    "/s/spare": None,
    "/s/list": None,
    "/s/out": None,
    "/s/clear": None,
    "/s/save": None,
    "/s/times": None,
    "/s/note": None,
    "/s/wait": None,
    "/s/slip": None,
    "/s/tick": None,
    "/s/reach": None,
    "/s/try": None,
    "/s/card": None,
    "/s/card/read": None,
    "/s/card/take": None,
    "/s/card/pass": None,
    "/s/card/look": None,
    "/s/card/show": None,
    "/s/card/done": None,
    "/s/card/off": None,
    "/s/circle": None,
    "/s/circle/stop": None,
    "/s/circle/notes": None,
    "/s/circle/agree": None,
    "/s/circle/say": None,
    "/s/report": None,
    "/{cover}/app.webmanifest": "/sip/app.webmanifest",
    "/{cover}/sw.js": "/sip/sw.js",
    "/{cover}/": "/sip/",
    "/{cover}/{part}": "/sip/icon.svg",
}
ADDRESSES = [address for address in EXAMPLES.values() if address]


def test_there_is_an_example_of_every_route() -> None:
    assert [route.path for route in starlette_routes("/hello")] == list(EXAMPLES)


@pytest.mark.parametrize("address", ADDRESSES)
async def test_head_tells_the_same_as_get_without_the_body(address: str, visitor: httpx.AsyncClient) -> None:
    whole = await visitor.get(address)
    head = await visitor.head(address)

    assert head.status_code == whole.status_code
    assert head.headers == whole.headers
    assert head.content == b""


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_route_that_only_reads_says_so_to_those_who_write(address: str, visitor: httpx.AsyncClient) -> None:
    # Given a request that one of our own pages might send
    own = {"sec-fetch-site": "same-origin"}

    # When it tries to change what can only be read
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = await visitor.request(method, address, headers=own)

        # Then it is told what it may do instead (RFC 9110 section 15.5.6)
        assert answer.status_code == 405
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
