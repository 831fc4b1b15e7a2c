"""The view of copies: its template has every spot that its scripts look for, and it is in the pack only."""

import gzip
import json
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette

from server.site import Site

INSIDE = Path(__file__).resolve().parents[2] / "pwa" / "inside"
SCRIPTS = ("keep-copy.ts", "open-copy.ts", "eight-words.ts", "word-steps.ts")


@pytest.fixture(params=["en", "es"])
def view(standing_app: Starlette, request: pytest.FixtureRequest) -> str:
    site: Site = standing_app.state.site
    html: str = json.loads(gzip.decompress(site.packs[request.param].body))["views"]["keep"]
    return html


def test_every_spot_that_a_script_looks_for_is_there(view: str) -> None:
    wanted = {spot for name in SCRIPTS for spot in re.findall(r"\[(data-[a-z-]+)", (INSIDE / name).read_text("utf-8"))}

    assert len(wanted) > 25
    assert {spot for spot in wanted if not re.search(rf"\b{spot}[\s>=]", view)} == set()


def test_everything_that_can_go_wrong_has_words(view: str) -> None:
    source = "".join((INSIDE / name).read_text("utf-8") for name in SCRIPTS)
    codes = set(re.findall(r'\bsay\(\w+, "([a-z-]+)"\)', source))
    codes |= {"working", "failed", "memory", "full", "not-ours", "wrong", "newer", "too-big", "damaged", "made", "left"}

    assert {code for code in codes if f'data-said="{code}"' not in view} == set()


def test_every_field_has_a_label_and_is_remembered_by_no_browser(view: str) -> None:
    fields = re.findall(r"<input[^>]*>", view)

    assert len(fields) == 7
    for field in fields:
        assert 'autocomplete="off"' in field
        name = re.search(r'id="([^"]+)"', field)
        assert f"<label>{field}" in view if name is None else f'<label for="{name[1]}">' in view


def test_it_is_on_no_plain_page(standing_app: Starlette) -> None:
    site: Site = standing_app.state.site

    assert not [key for key in site.plain_pages if "keep" in key]
