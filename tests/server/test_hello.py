"""The page a host sends people to: says everything without script, and gives nothing away in passing."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from pydantic import HttpUrl

from server.app import create_app
from server.content_records import Hello
from server.library import load_library
from server.settings import Settings
from tests.promises.telltale import find_words

PROJECT = Path(__file__).resolve().parents[2]
LIBRARY = load_library(PROJECT / "content", date(2026, 11, 20))
EXIT = "https://weather.example/"

LANGUAGES = pytest.mark.parametrize("language", LIBRARY.languages)


class Reader(HTMLParser):
    """Reads a page as a browser without script does."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def links(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.elements if tag == "a"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, exit_url=HttpUrl(EXIT))


async def read(client: httpx.AsyncClient, address: str = "/hello") -> Reader:
    answer = await client.get(address)
    assert answer.status_code == 200
    return Reader(answer.text)


@LANGUAGES
async def test_it_says_all_its_words_without_script(client: httpx.AsyncClient, language: str) -> None:
    page = await read(client, f"/hello?l={language}")
    hello = LIBRARY.edition(language).hello

    # What answers somebody who practises is said by script; a ready-made prompt to install only a cover can offer.
    by_script = {"practise_text", "practise_start", "practise_open", "practise_close", "practise_done"}
    by_script |= {"practise_again", "language_label", "pick_button", "open_button"}
    for key in Hello.model_fields.keys() - by_script:
        texts = getattr(hello, key)
        for text in [texts] if isinstance(texts, str) else texts:
            assert " ".join(text.split()) in page.text, key


@LANGUAGES
async def test_every_cover_can_be_opened_without_script(
    client: httpx.AsyncClient, settings: Settings, language: str
) -> None:
    page = await read(client, f"/hello?l={language}")

    for cover in settings.covers:
        assert f"/{cover}/" in page.links
    icons = [attrs["src"] for tag, attrs in page.elements if tag == "img"]
    assert {f"/{cover}/icon.svg" for cover in settings.covers} <= set(icons)


@LANGUAGES
async def test_the_plain_pages_can_be_read_without_script(client: httpx.AsyncClient, language: str) -> None:
    page = await read(client, f"/hello?l={language}")

    plain = {link for link in page.links if link.startswith("/t/")}
    assert len(plain) == 6
    for link in plain:
        answer = await client.get(link)
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.text


async def test_the_first_thing_that_can_be_reached_leaves(client: httpx.AsyncClient) -> None:
    page = await read(client)

    assert page.links[0] == EXIT
    first = next(attrs for tag, attrs in page.elements if tag in {"a", "button", "input", "select", "summary"})
    assert first["id"] == "leave"
    for tag, attrs in page.elements:
        if tag == "a" and attrs["href"] == EXIT:
            assert attrs["rel"] == "noopener noreferrer"


async def test_what_an_older_phone_is_told_stays_hidden_from_others(client: httpx.AsyncClient) -> None:
    page = await read(client)

    (box,) = (attrs for _, attrs in page.elements if attrs.get("id") == "older")
    assert "hidden" in box
    # With script, the plain pages are opened in the place of this one.
    plain = [attrs for tag, attrs in page.elements if tag == "a" and (attrs["href"] or "").startswith("/t/")]
    assert all("data-open" in attrs for attrs in plain)


@LANGUAGES
async def test_title_and_address_are_neutral_and_nobody_keeps_or_indexes_it(
    client: httpx.AsyncClient, language: str
) -> None:
    answer = await client.get("/hello", headers={"accept-language": language})

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    assert f"<title>{LIBRARY.edition(language).hello.title}</title>" in answer.text
    assert not find_words(LIBRARY.edition(language).hello.title)
    assert not find_words(" ".join(answer.headers.values()))


async def test_it_asks_nothing_of_other_sites_and_runs_nothing_inline(client: httpx.AsyncClient) -> None:
    page = await read(client)

    for tag, attrs in page.elements:
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")], tag
        if tag in {"script", "img", "link"}:
            assert (attrs.get("src") or attrs.get("href") or "").startswith("/"), tag
        assert tag not in {"style", "iframe", "form", "input"}
    assert [attrs for tag, attrs in page.elements if tag == "link" and attrs["rel"] == "manifest"] == []


async def test_names_in_its_markup_and_in_what_it_loads_are_dull(client: httpx.AsyncClient) -> None:
    page = await read(client)

    for tag, attrs in page.elements:
        names = [tag, attrs.get("id"), attrs.get("class"), *(name for name in attrs if name.startswith("data-"))]
        assert not find_words(" ".join(name for name in names if name))
        for key in ("src", "href"):
            address = attrs.get(key) or ""
            assert not find_words(address)
            if address.startswith("/a/"):
                assert not find_words((await client.get(address)).text), address


async def test_the_host_chooses_its_address(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"hello_path": "/start-here"}))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        page = await read(client, "/start-here")
        elsewhere = await client.get("/hello")

    assert elsewhere.status_code == 404
    assert [link for link in page.links if "?l=" in link and not link.startswith("/t/")] == [
        f"/start-here?l={language}" for language in LIBRARY.languages
    ]


async def test_a_host_with_one_cover_offers_that_one(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"covers": ("sprout",)}))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        page = await read(client)

    assert {link for link in page.links if re.fullmatch(r"/[a-z]+/", link)} == {"/sprout/"}
