"""Scripts and styles: kept for ever, since their names change with their content."""

from http import HTTPStatus
from urllib.parse import quote

import httpx
import pytest
from starlette.applications import Starlette

from server.site import Site


async def test_every_script_and_style_may_be_kept_for_ever(visitor: httpx.AsyncClient, standing_app: Starlette) -> None:
    site: Site = standing_app.state.site
    assert len(site.assets) >= 8

    for name in site.assets:
        answer = await visitor.get(f"/a/{name}")
        assert answer.status_code == HTTPStatus.OK
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        kind = "javascript" if name.endswith(".js") else "css"
        assert answer.headers["content-type"] == f"text/{kind}; charset=utf-8"


@pytest.mark.parametrize(
    "name",
    ["sip.js", "sip.0000000000.js", "..", "../build.json", "%2e%2e%2fbuild.json", "/etc/passwd", "sip.ts", "%00", " "],
)
async def test_nothing_else_is_served_from_there(name: str, visitor: httpx.AsyncClient) -> None:
    for spelling in (name, quote(name, safe="")):
        answer = await visitor.get(f"/a/{spelling}")
        assert answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.SEE_OTHER}


async def test_the_worker_is_served_under_its_covers_address_only(
    visitor: httpx.AsyncClient, standing_app: Starlette
) -> None:
    # Under /a/ it would lack its plan, and its scope would be wrong.
    site: Site = standing_app.state.site
    assert not [name for name in site.assets if name.startswith("sw.")]
    assert (await visitor.get("/sip/sw.js")).status_code == HTTPStatus.OK
