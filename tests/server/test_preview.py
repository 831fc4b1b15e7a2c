"""The preview shows what is being written, as it is saved, to this machine alone."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from server import addresses
from server.preview import create_preview
from server.settings import Settings
from tests.server.terminal import serving

PAGE = """---
id: rest
title: "When you cannot sleep"
topic: care
order: 900
reviewed_on: 2026-11-20
sources: ["A source"]
---
A night can be long.
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "own" / "en" / "rest.md"
    file.parent.mkdir(parents=True)
    file.write_text(PAGE)
    return file


@pytest.fixture
async def desk(page: Path, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = create_preview(Settings(data=tmp_path / "data", content=page.parents[1]))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as desk:
        yield desk


def save(page: Path, text: str) -> None:
    page.write_text(text)
    os.utime(page, ns=(page.stat().st_atime_ns, page.stat().st_mtime_ns + 1))


async def test_a_saved_change_is_seen_without_a_restart(page: Path, desk: httpx.AsyncClient) -> None:
    address = addresses.plain_page("rest", "en")
    assert "A night can be long." in (await desk.get(address)).text
    before = (await desk.get("/state")).text

    save(page, PAGE.replace("long", "short"))

    assert (await desk.get("/state")).text != before
    assert "A night can be short." in (await desk.get(address)).text


async def test_a_page_asks_now_and_then_whether_anything_has_changed(desk: httpx.AsyncClient) -> None:
    state = (await desk.get("/state")).text

    assert f'const before = "{state}"' in (await desk.get("/")).text


async def test_what_is_broken_is_said_until_it_is_mended(page: Path, desk: httpx.AsyncClient) -> None:
    save(page, PAGE.replace("topic: care", "topic: <b>"))
    broken = (await desk.get("/")).text
    save(page, PAGE)
    mended = (await desk.get("/")).text

    assert f"{page}:4: topic: " in broken
    assert "<b>" not in broken
    assert "When you cannot sleep" in mended


async def test_every_page_says_that_it_is_a_preview_and_is_kept_nowhere(desk: httpx.AsyncClient) -> None:
    for address in ("/", addresses.plain_page("lines", "es"), "/t/0"):
        answer = await desk.get(address)
        assert "Preview. Only this machine can see it." in answer.text
        assert answer.headers["cache-control"] == "no-store"


async def test_pages_come_in_their_dress(desk: httpx.AsyncClient) -> None:
    html = (await desk.get(addresses.plain_page("rest", "en"))).text
    style = html.partition('rel="stylesheet" href="')[2].partition('"')[0]

    assert (await desk.get(style)).headers["content-type"].startswith("text/css")


def test_it_listens_to_this_machine_alone_whatever_the_host_has_set(tmp_path: Path) -> None:
    with serving(tmp_path, command="content preview", host="0.0.0.0") as preview:  # noqa: S104 - must be ignored
        # A socket on every address would take this one, which is the same machine by another name.
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.2:{preview.port}/")

        status, said = preview.stop()

    assert status == 0
    assert said == f"Preview, for nobody but you: {preview.base}\n"
    # It opens no database and makes no key.
    assert list(tmp_path.iterdir()) == []
