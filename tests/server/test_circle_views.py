"""The views of people who look out for her: their scripts find all they need, and every outcome has its words."""

import gzip
import json
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette

from server.site import Site

CIRCLE = Path(__file__).resolve().parents[2] / "pwa" / "inside" / "circle"
SCRIPTS = {
    "buddies": ("buddies-view.ts", "person-card.ts", "how-form.ts", "note-editor.ts", "nudge-card.ts", "tell-form.ts"),
    "invite": ("invite-view.ts", "note-editor.ts"),
}
# What may come of asking the server, and of anything that takes memory or the phone's storage.
ANY = {"working", "failed", "memory", "offline", "later", "refused", "closed", "nothing", "full"}
CODES = {
    "buddies": ANY | {"kept", "agreed", "stopped", "stopping", "gone", "told", "empty", "long"},
    "invite": ANY | {"no-name", "copied", "dropped", "most"},
}
# The server's replies, and the notes of a pair.
REPLIES, NOTES = range(1, 10), range(3)


@pytest.fixture(params=["en", "es"])
def views(standing_app: Starlette, request: pytest.FixtureRequest) -> dict[str, str]:
    site: Site = standing_app.state.site
    found: dict[str, str] = json.loads(gzip.decompress(site.packs[request.param].body))["views"]
    return found


@pytest.mark.parametrize("view", SCRIPTS)
def test_every_spot_that_a_script_looks_for_is_there(view: str, views: dict[str, str]) -> None:
    source = "".join((CIRCLE / name).read_text("utf-8") for name in SCRIPTS[view])
    # The script itself marks what it adds to the list; and what scrolls is the room.
    wanted = set(re.findall(r"\[(data-[a-z-]+)", source)) - {"data-extra", "data-scrolls"}

    assert len(wanted) > 5
    assert {name for name in wanted if name not in views[view]} == set()


@pytest.mark.parametrize("view", SCRIPTS)
def test_whatever_may_come_of_it_has_words(view: str, views: dict[str, str]) -> None:
    assert set(re.findall(r'data-said="([^"]+)"', views[view])) == CODES[view]


def test_every_reply_has_words_where_she_reads_it_and_where_it_is_given(views: dict[str, str]) -> None:
    phrases = dict(re.findall(r'data-phrase="(\d)">([^<]+)<', views["buddies"]))
    given = re.findall(r'data-says="(\d)"[^>]*>[^<]+<', views["buddies"])

    assert sorted(map(int, phrases)) == list(REPLIES)
    assert sorted(map(int, given)) == list(REPLIES)


@pytest.mark.parametrize("view", SCRIPTS)
def test_there_are_three_notes_each_with_a_preview(view: str, views: dict[str, str]) -> None:
    assert re.findall(r'data-kind="(\d)"', views[view]) == [str(kind) for kind in NOTES]
    assert views[view].count("data-preview") == len(NOTES)


@pytest.mark.parametrize("view", SCRIPTS)
def test_it_is_said_where_it_counts_that_nobody_promises_anything(view: str, views: dict[str, str]) -> None:
    assert re.search("not an emergency service|no es un servicio de emergencias", views[view])
    assert re.search("will not tell you|no te lo dirá", views[view])
