"""Covers as a browser gets them."""

import gzip
from http import HTTPStatus

import httpx
import pytest
from starlette.applications import Starlette

from server.app import create_app
from server.settings import Settings

COVERS = Settings().covers
PARTS = {
    "app.webmanifest": "application/manifest+json",
    "sw.js": "text/javascript; charset=utf-8",
    "icon-192.png": "image/png",
    "icon-512.png": "image/png",
    "mask-512.png": "image/png",
    "touch.png": "image/png",
    "icon.svg": "image/svg+xml",
    "en": "text/html; charset=utf-8",
    "es": "text/html; charset=utf-8",
}


def visitor_of(app: Starlette) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


# --- the way in ---------------------------------------------------------------------------------------------------


async def test_the_bare_address_leads_to_the_default_cover_and_rests_nowhere(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/")

    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert answer.headers["location"] == "/sip/"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content == b""


async def test_a_host_chooses_default_cover_and_offer() -> None:
    # Given a host that offers two covers, Pantry first
    async with visitor_of(create_app(Settings(covers=("pantry", "sip")))) as visitor:
        # Then the bare address leads to Pantry, and so does a cover that is not on offer
        assert (await visitor.get("/")).headers["location"] == "/pantry/"
        assert (await visitor.get("/sprout/")).headers["location"] == "/pantry/"
        assert (await visitor.get("/sip/")).status_code == HTTPStatus.OK
        assert (await visitor.get("/sprout/sw.js")).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("address", ["/tea/", "/Sip/", "/%F0%9F%8C%99/", "/favicon.ico/", "/sip%00/"])
async def test_an_unknown_cover_leads_to_the_default_one(address: str, visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(address)

    assert (answer.status_code, answer.headers["location"]) == (HTTPStatus.SEE_OTHER, "/sip/")


@pytest.mark.parametrize("host", ["evil.example", "localhost:9", ""])
async def test_a_redirect_never_leads_to_where_a_forged_host_header_says(host: str, visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/", headers={"host": host})).headers["location"] == "/sip/"


# --- language -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cover", COVERS)
@pytest.mark.parametrize(("says", "language"), [("es-MX,es;q=0.9", "es"), ("en", "en"), ("de", "en"), ("", "en")])
async def test_a_cover_speaks_the_readers_language(
    cover: str, says: str, language: str, visitor: httpx.AsyncClient
) -> None:
    answer = await visitor.get(f"/{cover}/", headers={"accept-language": says})

    assert f'<html lang="{language}"' in answer.text
    assert "Accept-Language" in answer.headers["vary"]


@pytest.mark.parametrize("language", ["en", "es"])
async def test_the_worker_can_ask_for_one_language_whatever_the_browser_says(
    language: str, visitor: httpx.AsyncClient
) -> None:
    # Given a browser set to the other language
    other = {"accept-language": "es" if language == "en" else "en"}

    # When the worker fetches the cover's page under its fixed address
    fixed = await visitor.get(f"/sip/{language}", headers=other)

    # Then it gets the same page as a reader of that language, and no cache may mix the two up
    assert fixed.content == (await visitor.get("/sip/", headers={"accept-language": language})).content
    assert "Accept-Language" not in fixed.headers["vary"]


@pytest.mark.parametrize("address", [f"/sip/{part}" for part in ("de", "EN", "icon.png", "sip.ts", "cover.yaml")])
async def test_an_unknown_language_or_part_of_a_cover_is_not_there(address: str, visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get(address)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("part", PARTS)
async def test_an_unknown_cover_has_no_parts(part: str, visitor: httpx.AsyncClient) -> None:
    # A redirect would hand one cover's worker or manifest out under the address of another.
    assert (await visitor.get(f"/tea/{part}")).status_code == HTTPStatus.NOT_FOUND


async def test_an_unknown_language_in_the_address_is_passed_over(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/sip/?l=de", headers={"accept-language": "es"})
    assert '<html lang="es"' in answer.text


# --- parts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cover", COVERS)
@pytest.mark.parametrize(("part", "kind"), PARTS.items())
async def test_each_part_of_a_cover_is_there_and_says_what_it_is(
    cover: str, part: str, kind: str, visitor: httpx.AsyncClient
) -> None:
    answer = await visitor.get(f"/{cover}/{part}")

    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["content-type"] == kind
    # Checked each time, so that an update arrives; a changed icon or name would otherwise wait for a year.
    assert answer.headers["cache-control"] == "no-cache"


async def test_covers_differ_in_everything_that_makes_them_one(visitor: httpx.AsyncClient) -> None:
    for part in ("", "sw.js", "app.webmanifest", "icon-192.png"):
        bodies = {(await visitor.get(f"/{cover}/{part}")).content for cover in COVERS}
        assert len(bodies) == len(COVERS)


# --- asked for again, asked for small -----------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/sip/", "/sip/es", "/sip/sw.js", "/sip/app.webmanifest", "/sip/icon-512.png"])
async def test_what_a_browser_already_has_is_not_sent_again(address: str, visitor: httpx.AsyncClient) -> None:
    # Given a browser that has been here
    first = await visitor.get(address)

    # When it asks whether anything has changed, itself or through a proxy that has made the tag strong or added others
    tag = first.headers["etag"]
    for held in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        again = await visitor.get(address, headers={"if-none-match": held})

        # Then a word is enough, and it carries what the whole answer carried
        assert again.status_code == HTTPStatus.NOT_MODIFIED
        assert again.content == b""
        for name in ("etag", "cache-control", "vary"):
            assert again.headers.get(name) == first.headers.get(name)


async def test_a_browser_with_an_older_copy_gets_the_new_one(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/sip/", headers={"if-none-match": '"0123456789"'})
    assert answer.status_code == HTTPStatus.OK


async def test_each_language_has_a_tag_of_its_own(visitor: httpx.AsyncClient) -> None:
    english, spanish = [(await visitor.get(f"/sip/{language}")).headers["etag"] for language in ("en", "es")]
    assert english != spanish


@pytest.mark.parametrize("takes", ["gzip", "GZIP", "br, gzip", "deflate;q=0.5, gzip;q=0.8"])
async def test_pages_travel_compressed_to_browsers_that_can(takes: str, visitor: httpx.AsyncClient) -> None:
    plain = await visitor.get("/sip/", headers={"accept-encoding": "identity"})
    small = await visitor.get("/sip/", headers={"accept-encoding": takes})

    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < len(plain.content) / 2
    assert small.content == plain.content
    assert "Accept-Encoding" in plain.headers["vary"]
    assert "Accept-Encoding" in small.headers["vary"]


@pytest.mark.parametrize("takes", ["identity", "br", "gzip;q=0", "gzip; q=0.00", ""])
async def test_pages_travel_as_they_are_to_browsers_that_take_nothing_else(
    takes: str, visitor: httpx.AsyncClient
) -> None:
    answer = await visitor.get("/sip/", headers={"accept-encoding": takes})

    assert "content-encoding" not in answer.headers
    assert answer.text.startswith("<!doctype html>")


async def test_pictures_are_not_squeezed_twice(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/sip/icon-512.png", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in answer.headers


async def test_the_compressed_page_names_no_file_and_no_day(visitor: httpx.AsyncClient) -> None:
    # gzip's header could hold both (RFC 1952 section 2.3): a date would tell when the host last started.
    async with visitor.stream("GET", "/sip/", headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join([chunk async for chunk in answer.aiter_raw()])
    assert raw[3] == 0
    assert raw[4:8] == bytes(4)
    assert gzip.decompress(raw).startswith(b"<!doctype html>")
