"""Packs: opaque bytes to everything between here and the room, and kept by nobody on the way."""

import gzip
import json
import re
from http import HTTPStatus

import httpx
import pytest

from server.library import KEEPING_VIEWS

PAGES = (
    "for-help", "alone", "trust", "peers", "groups", "in-a-group", "looking-after", "hard-days", "for-friends",
    "running-a-network", "devices", "leaving", "staying", "after",
    "bit-by-bit", "more-calm",
    "listening", "hard-times", "own-lines", "between-us", "own-rest", "trained-people",
)  # fmt: skip
# A phone on a slow line gets everything of its language in one go.
LARGEST_PACK_BYTES = 180 * 1024


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("takes", ["gzip", "identity", "br;q=1.0"])
async def test_a_pack_travels_as_bytes_that_no_browser_opens_by_itself(
    language: str, takes: str, visitor: httpx.AsyncClient
) -> None:
    # When a phone fetches a pack, whatever it says it can unpack
    answer = await visitor.get(f"/b/{language}.bin", headers={"accept-encoding": takes})

    # Then it is gzip by content, but not by header: a browser would write what it unpacks into its cache
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "content-encoding" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    assert answer.content[:2] == b"\x1f\x8b"


async def test_a_pack_holds_every_view_and_every_country(visitor: httpx.AsyncClient) -> None:
    packs = {
        language: json.loads(gzip.decompress((await visitor.get(f"/b/{language}.bin")).content))
        for language in ("en", "es", "ar")
    }

    views = ["start", "lines", "plan", "steady", "exit", "traces", "read", "circles", *PAGES]
    views += [f"steady-{number}" for number in range(1, 18)]
    views += KEEPING_VIEWS
    for pack in packs.values():
        assert pack["format"] == 1
        assert sorted(pack["views"]) == sorted(views)
        assert len(pack["countries"]) >= 75
        assert len(pack["words"]) == 2048
    assert packs["en"]["countries"].keys() == packs["es"]["countries"].keys()


@pytest.mark.parametrize("language", ["en", "es"])
async def test_a_pack_stays_small_enough_for_a_slow_line(language: str, visitor: httpx.AsyncClient) -> None:
    assert len((await visitor.get(f"/b/{language}.bin")).content) <= LARGEST_PACK_BYTES


@pytest.mark.parametrize("language", ["en", "es"])
async def test_every_page_is_listed_and_leads_back_to_the_list(language: str, visitor: httpx.AsyncClient) -> None:
    views = json.loads(gzip.decompress((await visitor.get(f"/b/{language}.bin")).content))["views"]

    assert 'data-go="read"' in views["start"]
    for page in PAGES:
        assert f'data-go="{page}"' in views["read"]
        assert 'data-go="read"' in views[page]
        assert 'data-go="start"' in views[page]


async def test_views_of_a_pack_hold_no_address_of_ours(visitor: httpx.AsyncClient) -> None:
    # A link would put an inside address into the history; views lead to one another by buttons.
    pack = json.loads(gzip.decompress((await visitor.get("/b/en.bin")).content))
    for html in [*pack["views"].values(), *(country["html"] for country in pack["countries"].values())]:
        assert 'href="/' not in html
        assert 'href="view:' not in html
        assert " style=" not in html
        assert "<script" not in html


async def test_nothing_typed_inside_is_remembered_by_the_browser_and_every_field_has_a_name(
    visitor: httpx.AsyncClient,
) -> None:
    # A field without it is written into the files from which a browser restores its tabs.
    pack = json.loads(gzip.decompress((await visitor.get("/b/en.bin")).content))
    for html in pack["views"].values():
        for field in re.findall(r"<(?:input|textarea|select)[^>]*>", html):
            assert 'autocomplete="off"' in field
        # Rows that a script makes are named by it; journeys ask axe about those.
        for field in re.findall(r"<(?:input|textarea|select)[^>]*>", re.sub(r"(?s)<template.*?</template>", "", html)):
            name = re.search(r'id="([^"]+)"', field)
            assert re.search('type="(checkbox|radio)"', field) or (name and f'<label for="{name[1]}">' in html), field


async def test_what_needs_script_is_no_plain_page(visitor: httpx.AsyncClient) -> None:
    start = (await visitor.get("/t/1")).text
    assert "What this phone will still show" in start
    assert "Keep your words here" not in start
    assert "Remove everything" not in start


@pytest.mark.parametrize("name", ["de.bin", "en", "EN.bin", "en.bin.gz", "..%2f..%2fen.bin"])
async def test_a_pack_that_does_not_exist_is_not_there(name: str, visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get(f"/b/{name}")).status_code == HTTPStatus.NOT_FOUND
