"""The views of whoever looks out for somebody: their scripts find all they need, and nothing more is ever shown."""

import gzip
import json
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette

from server.site import Site

CIRCLE = Path(__file__).resolve().parents[2] / "pwa" / "inside" / "circle"
SCRIPTS = {
    "invited": ("invited-view.ts", "pairing-steps.ts", "nudge-card.ts"),
    "people": ("people-view.ts", "person-row.ts", "care-form.ts", "nudge-card.ts", "tell-form.ts"),
    "start": ("asked-card.ts",),
}
# What may come of asking the server, and of anything that takes memory or the phone's storage.
ANY = {"working", "failed", "memory", "offline", "later", "refused", "closed", "full"}
READ = {"unknown", "eight", "words", "over", "own", "newer", "damaged"}
CODES = {
    "invited": ANY | READ | {"nothing", "limit", "no-name", "tried", "blocked"},
    "people": ANY
    | {"said", "handed", "enough", "agreed", "stopped", "kept", "told", "tried", "two", "empty", "long", "no-name"},
}
PARTS = {"words", "asked", "see", "rules", "may", "push", "practice", "decide", "apple", "keep"}
PARTS |= {"declined", "sent", "compare", "agreed", "made", "stopped"}


@pytest.fixture(params=["en", "es"])
def views(standing_app: Starlette, request: pytest.FixtureRequest) -> dict[str, str]:
    site: Site = standing_app.state.site
    found: dict[str, str] = json.loads(gzip.decompress(site.packs[request.param].body))["views"]
    return found


@pytest.mark.parametrize("view", SCRIPTS)
def test_every_spot_that_a_script_looks_for_is_there(view: str, views: dict[str, str]) -> None:
    source = "".join((CIRCLE / name).read_text("utf-8") for name in SCRIPTS[view])
    wanted = set(re.findall(r"\[(data-[a-z-]+)", source))

    assert len(wanted) > 3
    assert {spot for spot in wanted if not re.search(rf"\b{spot}[\s>=]", views[view])} == set()


@pytest.mark.parametrize("view", CODES)
def test_everything_that_may_come_of_it_has_words(view: str, views: dict[str, str]) -> None:
    assert {code for code in CODES[view] if f'data-said="{code}"' not in views[view]} == set()


def test_every_part_of_the_way_is_there_and_each_button_leads_to_one(views: dict[str, str]) -> None:
    html = views["invited"]

    assert set(re.findall(r'data-part="([a-z]+)"', html)) == PARTS
    assert set(re.findall(r'data-to="([a-z]+)"', html)) <= PARTS


def test_no_attribute_of_a_code_form_is_taken_for_a_spot_of_the_view(views: dict[str, str]) -> None:
    # What a script fills by such a name would be written over the form itself.
    (form,) = re.findall(r"<x-code ([^>]*)>", views["invited"])
    source = "".join((CIRCLE / name).read_text("utf-8") for name in SCRIPTS["invited"])

    assert set(re.findall(r"\b(data-[a-z-]+)=", form)) & set(re.findall(r"\[(data-[a-z-]+)", source)) == set()


@pytest.mark.parametrize("view", CODES)
def test_every_field_has_a_label_and_is_remembered_by_no_browser(view: str, views: dict[str, str]) -> None:
    for field in re.findall(r"<(?:input|textarea|select)[^>]*>", views[view]):
        assert 'autocomplete="off"' in field
        name = re.search(r'id="([^"]+)"', field)
        if name:
            assert f'<label for="{name[1]}">' in views[view]
        else:
            assert re.search(rf"<label[^>]*>(?:<span[^>]*>[^<]*</span>)?{re.escape(field)}", views[view])


def test_they_are_on_no_plain_page(standing_app: Starlette) -> None:
    site: Site = standing_app.state.site

    assert not [key for key in site.plain_pages for view in CODES if view in key]


def test_a_way_leads_to_each_and_to_every_page_for_them(views: dict[str, str]) -> None:
    assert 'data-go="people"' in views["start"]
    assert 'data-go="invited"' in views["people"]
    for page in ("listening", "hard-times", "own-lines", "between-us", "own-rest", "trained-people"):
        assert f'data-go="{page}"' in views["people"]
        assert f'data-go="{page}"' in views["read"]


def test_what_is_shown_of_a_nudge_is_a_line_and_that_all_is_well_and_nothing_else(views: dict[str, str]) -> None:
    # No spot in which a moment, a reason or a kind of check-in could ever be shown.
    (row,) = re.findall(r'<template data-row="person">(.*?)</template>', views["people"], re.DOTALL)
    filled = {"data-from", "data-note", "data-name", "data-good-time"}

    empty = {
        spot for tag in re.findall(r"<(?:bdi|p|b|span)\b[^>]*></", row) for spot in re.findall(r"data-[a-z-]+", tag)
    }
    assert empty <= filled
