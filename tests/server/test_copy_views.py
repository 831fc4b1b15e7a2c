"""The views of the copy with the server, of bringing it back and of her phones: their scripts find all they need."""

import gzip
import json
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette

from server.site import Site

INSIDE = Path(__file__).resolve().parents[2] / "pwa" / "inside"
SCRIPTS = {
    "elsewhere": ("spare-copy.ts", "word-steps.ts"),
    "back": ("come-back.ts",),
    "phones": ("own-phones.ts",),
}
# What may come of asking the server, and of anything that takes memory or the phone's storage.
ANY = {"working", "failed", "memory", "offline", "later", "refused", "closed"}
CODES = {
    "elsewhere": ANY | {"turned-on", "turned-off", "saved", "elsewhere", "ended", "too-big"},
    "back": ANY | {"unknown", "eight", "wrong", "damaged", "newer", "full", "blocked"},
    "phones": ANY | {"joined", "others-out", "here-out", "erased", "no-code", "nothing"},
}


@pytest.fixture(params=["en", "es"])
def views(standing_app: Starlette, request: pytest.FixtureRequest) -> dict[str, str]:
    site: Site = standing_app.state.site
    found: dict[str, str] = json.loads(gzip.decompress(site.packs[request.param].body))["views"]
    return found


@pytest.mark.parametrize("view", SCRIPTS)
def test_every_spot_that_a_script_looks_for_is_there(view: str, views: dict[str, str]) -> None:
    source = "".join((INSIDE / name).read_text("utf-8") for name in SCRIPTS[view])
    wanted = set(re.findall(r"\[(data-[a-z-]+)", source))

    assert len(wanted) > 5
    assert {spot for spot in wanted if not re.search(rf"\b{spot}[\s>=]", views[view])} == set()


@pytest.mark.parametrize("view", SCRIPTS)
def test_everything_that_may_come_of_it_has_words(view: str, views: dict[str, str]) -> None:
    assert {code for code in CODES[view] if f'data-said="{code}"' not in views[view]} == set()


@pytest.mark.parametrize("view", SCRIPTS)
def test_every_field_has_a_label_and_is_remembered_by_no_browser(view: str, views: dict[str, str]) -> None:
    for field in re.findall(r"<(?:input|textarea)[^>]*>", views[view]):
        assert 'autocomplete="off"' in field
        name = re.search(r'id="([^"]+)"', field)
        assert f"<label>{field}" in views[view] if name is None else f'<label for="{name[1]}">' in views[view]


def test_they_are_on_no_plain_page(standing_app: Starlette) -> None:
    site: Site = standing_app.state.site

    assert not [key for key in site.plain_pages for view in SCRIPTS if view in key]


def test_a_way_leads_to_each(views: dict[str, str]) -> None:
    for view in SCRIPTS:
        assert f'data-go="{view}"' in views["safe"]
