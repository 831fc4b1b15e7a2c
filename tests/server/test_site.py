"""A worker's plan lists what its cover needs offline, byte for byte, and changes as soon as one of them does."""

import hashlib
import json
from base64 import b64encode
from dataclasses import replace
from typing import Any

import httpx
import pytest

from server.app import create_app
from server.assets import Assets, load_assets
from server.clock import today
from server.covers import load_covers, load_frame_texts
from server.library import Library, load_library
from server.push.payloads import Kind
from server.settings import CONTENT, Settings
from server.site import Site, build_site

SETTINGS = Settings()
COVERS = load_covers(SETTINGS.covers)
FRAME = load_frame_texts()
LIBRARY = load_library(CONTENT, today())
ASSETS = load_assets(SETTINGS.build, COVERS)


def site_with(*, assets: Assets = ASSETS, library: Library = LIBRARY, frame: dict[str, dict[str, str]] = FRAME) -> Site:
    return build_site(SETTINGS, library, COVERS, frame, assets)


def plan_in(worker: bytes) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads(worker.removeprefix(b"self.plan=").partition(b";\n")[0])
    return plan


def plan_of(site: Site, cover: str = "sip") -> dict[str, Any]:
    return plan_in(site.workers[cover].body)


def with_changed_file(name: str) -> Assets:
    return replace(ASSETS, files={**ASSETS.files, name: ASSETS.files[name] + b"\n"})


@pytest.fixture(scope="module")
def site() -> Site:
    return site_with()


@pytest.mark.parametrize("cover", COVERS)
async def test_every_part_of_a_plan_is_served_with_the_very_bytes_it_names(
    cover: str, visitor: httpx.AsyncClient
) -> None:
    # Given the worker as a phone gets it
    plan = plan_in((await visitor.get(f"/{cover}/sw.js")).content)
    parts = [*plan["shell"], *plan["languages"].values(), *plan["packs"].values()]

    # When the parts are fetched
    for part in parts:
        body = (await visitor.get(part["address"])).content

        # Then each is what the plan says, after the browser has undone the compression
        assert b64encode(hashlib.sha256(body).digest()).decode() == part["digest"], part["address"]


@pytest.mark.parametrize("cover", COVERS)
async def test_a_plan_holds_all_that_the_covers_page_needs_and_both_languages(
    cover: str, visitor: httpx.AsyncClient
) -> None:
    plan = plan_in((await visitor.get(f"/{cover}/sw.js")).content)
    page = (await visitor.get(f"/{cover}/")).text
    data = json.loads(page.partition('type="application/json">')[2].partition("</script>")[0])

    shell = {part["address"] for part in plan["shell"]}

    assert shell == {address for address in page.split('"') if address.startswith("/a/")} | {data["inside"]}
    assert plan["scope"] == f"/{cover}/"
    assert plan["languages"].keys() == plan["packs"].keys() == set(LIBRARY.languages)
    for language in LIBRARY.languages:
        assert plan["languages"][language]["address"] == f"/{cover}/{language}"
        assert plan["packs"][language]["address"] == f"/b/{language}.bin"


@pytest.mark.parametrize("cover", COVERS)
def test_no_pack_is_among_what_a_worker_lays_by_as_it_comes(cover: str, site: Site) -> None:
    # Given how a phone tells a pack, to seal or to remove it, also one of another version (pwa/vault/lay-pack.ts)
    plan = plan_of(site, cover)

    def is_pack(part: dict[str, str]) -> bool:
        return part["address"].endswith(".bin")

    # Then it tells packs, and nothing else
    assert all(is_pack(part) for part in plan["packs"].values())
    assert not any(is_pack(part) for part in [*plan["shell"], *plan["languages"].values()])


def test_equal_input_makes_an_equal_plan(site: Site) -> None:
    assert plan_of(site_with()) == plan_of(site)


@pytest.mark.parametrize("part", ["style", "script", "inside"])
def test_a_plan_changes_with_each_part_of_the_shell(part: str, site: Site) -> None:
    name = ASSETS.inside if part == "inside" else getattr(ASSETS.covers["sip"], part)

    assert plan_of(site_with(assets=with_changed_file(name)))["version"] != plan_of(site)["version"]


def test_a_plan_changes_with_a_word_of_the_covers_page(site: Site) -> None:
    frame = {**FRAME, "es": {**FRAME["es"], "settings": "Otros ajustes"}}

    assert plan_of(site_with(frame=frame))["version"] != plan_of(site)["version"]


def test_a_plan_changes_with_a_word_of_the_pack(site: Site) -> None:
    # Given content in which one word of one language was mended
    spanish = LIBRARY.edition("es")
    strings = {key: text + "." for key, text in spanish.strings.items()}
    edition = spanish.model_copy(update={"strings": strings})
    mended = LIBRARY.model_copy(update={"editions": {**LIBRARY.editions, "es": edition}})

    # Then every phone is offered a new version, and the pack of the other language is not fetched again
    plan = plan_of(site_with(library=mended))
    assert plan["version"] != plan_of(site)["version"]
    assert plan["packs"]["en"] == plan_of(site)["packs"]["en"]


def test_a_plan_does_not_change_with_another_cover(site: Site) -> None:
    changed = site_with(assets=with_changed_file(ASSETS.covers["sprout"].script))

    assert plan_of(changed, "sprout")["version"] != plan_of(site, "sprout")["version"]
    assert plan_of(changed, "sip") == plan_of(site, "sip")


def test_a_worker_whose_own_code_changes_is_another_worker(site: Site) -> None:
    changed = site_with(assets=with_changed_file(ASSETS.worker))

    assert changed.workers["sip"].body != site.workers["sip"].body


def test_nothing_in_the_pages_depends_on_where_the_host_keeps_its_data() -> None:
    elsewhere = create_app(Settings(data=SETTINGS.data / "elsewhere", port=1)).state.site

    assert elsewhere.workers == site_with().workers


@pytest.mark.parametrize("cover", COVERS)
def test_a_plan_brings_the_words_of_every_push_since_a_push_brings_none(cover: str, site: Site) -> None:
    # Given the kinds that a push can be of, as its first byte says them
    kinds = {str(int(kind)) for kind in Kind}

    plan = plan_of(site, cover)

    # Then the cover has lines of its own for each, in each language, and a name and an icon to show them under; what
    # a kind is for is not said on the phone
    assert (plan["name"], plan["icon"]) == (COVERS[cover].name, f"/{cover}/icon-192.png")
    for language, part in plan["languages"].items():
        assert set(part["phrases"]) == kinds
        assert part["phrases"]["1"] == COVERS[cover].phrases[language].prompt
        assert part["phrases"]["4"] == COVERS[cover].phrases[language].all_clear


def test_another_line_makes_another_worker() -> None:
    # Given a cover whose reminders were reworded
    sip = COVERS["sip"]
    english = sip.phrases["en"].model_copy(update={"reminder": ["One", "Two"]})
    reworded = sip.model_copy(update={"phrases": {**sip.phrases, "en": english}})

    site = build_site(SETTINGS, LIBRARY, {**COVERS, "sip": reworded}, FRAME, ASSETS)

    # Then phones take the new worker
    assert plan_of(site)["version"] != plan_of(site_with())["version"]


def test_the_page_shows_a_reminder_of_its_own_cover_as_the_example(site: Site) -> None:
    for (cover, language), document in site.cover_pages.items():
        data = document.body.decode().partition('type="application/json">')[2].partition("</script>")[0]
        assert json.loads(data)["example"] == COVERS[cover].phrases[language].prompt[0]
