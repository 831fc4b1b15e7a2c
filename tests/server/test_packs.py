"""What she keeps herself has its views in the pack; plain pages show what can be read without script."""

import gzip
import json
import re

import pytest
from starlette.applications import Starlette

from server.clock import today
from server.library import KEEPING_VIEWS, Edition, load_library
from server.settings import PROJECT
from server.shipped_names import SHIPPED_NAMES
from server.site import Site


@pytest.fixture
def site(standing_app: Starlette) -> Site:
    site: Site = standing_app.state.site
    return site


@pytest.fixture(params=["en", "es"])
def edition(request: pytest.FixtureRequest) -> Edition:
    return load_library(PROJECT / "content", today()).edition(request.param)


def views_of(site: Site, language: str) -> dict[str, str]:
    views: dict[str, str] = json.loads(gzip.decompress(site.packs[language].body))["views"]
    return views


def test_each_prompt_can_be_written_under_the_id_it_keeps_for_ever(site: Site, edition: Edition) -> None:
    plan = views_of(site, edition.language)["plan"]

    sections = re.findall(r'data-section="([^"]+)"', plan)
    prompts = re.findall(r'data-prompt="([^"]+)" data-kind="([^"]+)"', plan)
    items = re.findall(r'data-item="([^"]+)"', plan)
    assert sections == [section.id for section in edition.sections]
    assert prompts == [(prompt.id, prompt.kind) for section in edition.sections for prompt in section.prompts]
    assert items == [item.id for section in edition.sections for prompt in section.prompts for item in prompt.items]


def test_every_element_has_its_place_in_a_view(site: Site, edition: Edition) -> None:
    views = views_of(site, edition.language)
    places = {"plan": "planEditor", "reading": "planReading", "notes": "privateNotes", "days": "dayMoods"}

    for view, name in places.items():
        assert f"<{SHIPPED_NAMES[name]} " in views[view]


@pytest.mark.parametrize("view", ["plan", "reading", "notes", "days"])
def test_a_view_that_keeps_words_leads_on_where_nothing_can_be_kept_yet(
    view: str, site: Site, edition: Edition
) -> None:
    html = views_of(site, edition.language)[view]

    assert re.search(r'data-absent hidden>.*?data-go="safe"', html, re.DOTALL)


def test_the_browser_remembers_and_spells_nothing_that_is_typed(site: Site, edition: Edition) -> None:
    # Typed text rests in session files, and some spellers ask a server, unless each field says no.
    views = views_of(site, edition.language)

    fields = [
        field for view in ("plan", *KEEPING_VIEWS) for field in re.findall(r"<(?:input|textarea)[^>]*>", views[view])
    ]
    assert len(fields) > 10
    for field in fields:
        assert 'autocomplete="off"' in field, field
        assert not field.startswith("<textarea") or 'spellcheck="false"' in field, field


def test_plain_pages_show_the_prompts_to_read_and_no_way_to_what_needs_a_script(site: Site, edition: Edition) -> None:
    pages = [
        document.body.decode() for (_, language), document in site.plain_pages.items() if language == edition.language
    ]
    text = "".join(pages)

    assert edition.strings["plan_read_only"] in text
    for words in ("notes_title", "days_title", "reading_title", "keeping_absent", "plan_add"):
        assert f">{edition.strings[words]}<" not in text
    assert "<template" not in text
    assert "<textarea" not in text
