"""Plain pages: the inside for people without script, under addresses and titles that say nothing."""

import gzip
import re
from http import HTTPStatus

import httpx
import pytest
from starlette.applications import Starlette

from server.site import Site

NUMBERS = [str(number) for number in (*range(1, 9), *range(21, 38), *range(120, 142))]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("number", NUMBERS)
async def test_a_plain_page_looks_like_the_covers_from_outside(
    number: str, language: str, visitor: httpx.AsyncClient
) -> None:
    answer = await visitor.get(f"/t/{number}?l={language}")

    assert answer.status_code == HTTPStatus.OK
    assert "<title>Sip</title>" in answer.text
    assert f'<html lang="{language}"' in answer.text
    # Neither the browser's cache nor a search engine may keep it.
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert "etag" not in answer.headers


async def test_these_are_all_the_plain_pages_there_are(standing_app: Starlette) -> None:
    # A number is never given to another page: a saved address must not turn into something else.
    site: Site = standing_app.state.site
    assert sorted({number for number, _ in site.plain_pages}, key=int) == NUMBERS


@pytest.mark.parametrize("language", ["en", "es"])
async def test_every_link_between_plain_pages_leads_somewhere_and_keeps_the_language(
    language: str, visitor: httpx.AsyncClient
) -> None:
    seen: set[str] = set()
    waiting = {f"/t/1?l={language}"}
    while waiting - seen:
        address = min(waiting - seen)
        seen.add(address)
        answer = await visitor.get(address)
        assert answer.status_code == HTTPStatus.OK, address
        waiting |= {link.replace("&amp;", "&") for link in re.findall(r'href="(/t/[^"]*)"', answer.text)}

    assert {address.partition("?")[0] for address in seen} >= {f"/t/{number}" for number in NUMBERS}
    assert all(address.endswith(f"?l={language}") for address in seen)


async def test_the_way_out_stands_before_everything_else_that_can_be_reached(visitor: httpx.AsyncClient) -> None:
    for number in NUMBERS:
        body = (await visitor.get(f"/t/{number}")).text.partition("<body")[2]
        first = re.search(r"<(a|button|input|select|summary)\b[^>]*>", body)
        assert first
        assert 'href="https://worldweather.wmo.int/"' in first[0]
        assert 'rel="noopener noreferrer"' in first[0]


async def test_what_close_does_is_said_truly_where_there_is_no_app(
    visitor: httpx.AsyncClient, standing_app: Starlette
) -> None:
    # Back, the cover, other windows: what the app's own page promises, a page without script cannot keep.
    for language, true, untrue in (
        ("en", "the Back button can bring this page back", ("does not bring these pages back", "shows the cover")),
        ("es", "el botón Atrás puede traer de vuelta", ("no trae de vuelta", "muestra la portada")),
    ):
        page = (await visitor.get(f"/t/6?l={language}")).text
        assert true in page
        pack = gzip.decompress(standing_app.state.site.packs[language].body).decode()
        assert true not in pack
        for promise in untrue:
            assert promise not in page
            assert promise in pack


async def test_where_scripts_run_a_plain_page_can_leave_at_once(visitor: httpx.AsyncClient) -> None:
    for number in NUMBERS:
        page = (await visitor.get(f"/t/{number}")).text
        scripts = re.findall(r"<script\b[^>]*>", page)
        assert len(scripts) == 1
        address = re.search(r'type="module" src="(/a/page\.[^"]+)"', scripts[0])
        assert address
        assert (await visitor.get(address[1])).status_code == HTTPStatus.OK
        assert 'data-home="/sip/"' in page


async def test_without_a_language_in_the_address_the_browser_decides(visitor: httpx.AsyncClient) -> None:
    for address in ("/t/1", "/t/1?l=de", "/t/1?l="):
        answer = await visitor.get(address, headers={"accept-language": "es"})
        assert '<html lang="es"' in answer.text
        assert "Accept-Language" in answer.headers["vary"]


@pytest.mark.parametrize("number", ["0", "9", "20", "38", "119", "999", "01", "-1", "1.0", "x", "1" * 5000, "%31%00"])
async def test_a_number_without_a_page_is_not_there(number: str, visitor: httpx.AsyncClient) -> None:
    # Five thousand digits are more than Python turns into a number: a fault, were the number ever read as one.
    assert (await visitor.get(f"/t/{number}")).status_code == HTTPStatus.NOT_FOUND
