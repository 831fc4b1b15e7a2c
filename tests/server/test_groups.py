"""Groups and services: only what a source names, told openly, and a host's own beside ours."""

import gzip
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette

from server.errors import ContentError
from server.groups import Group
from server.library import load_library
from server.packs import plain_views
from server.rendering import Renderer
from server.settings import CONTENT
from server.site import Site

TODAY = date(2026, 11, 20)
OWN = """groups:
  - id: own-evening
    name: "Open evening"
    kind: peers
    country: "NZ"
    ways: [in_person]
    join: "Come to the library on Tuesdays at seven."
    free: true
    sources: ["We run it"]
    reviewed_on: 2026-11-19
"""
# Where no source names a site or a number: whom the remark says to ask instead, in both languages.
ASKED_ELSEWHERE = {"es-amigas-supervivientes": "Servicios Sociales"}
# Brackets that hold a name, the same in every language.
NAMES_IN_BRACKETS = {
    *("Women's Aid Federation of England", "LGBT+", "Mind", "Swale, Kent", "Sagunt, Camp de Morvedre"),
    *("NNEDV", "Galop", "Suzy Lamplugh Trust", "Helping Services"),
}


@pytest.fixture(params=["en", "es"])
def groups(request: pytest.FixtureRequest) -> tuple[Group, ...]:
    return load_library(CONTENT, TODAY).edition(request.param).groups


def _last_bracket(name: str) -> str | None:
    found = re.search(r"\(([^()]*)\)$", name)
    return found[1] if found else None


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        (tmp_path / "groups.yaml").write_text(text, "utf-8")
        return tmp_path

    return write


def test_each_names_where_it_comes_from_and_a_way_there(groups: tuple[Group, ...]) -> None:
    assert len(groups) == 38
    for group in groups:
        assert group.sources, group.id
        assert group.url or group.phone or group.id in ASKED_ELSEWHERE, group.id


def test_where_no_source_names_an_address_or_a_number_it_says_whom_to_ask(groups: tuple[Group, ...]) -> None:
    without = {group.id: group.join for group in groups if not (group.url or group.phone)}

    assert without.keys() == ASKED_ELSEWHERE.keys()
    for name, whom in ASKED_ELSEWHERE.items():
        assert whom in (without[name] or "")


def test_a_group_is_called_what_its_help_line_is_called_in_that_language() -> None:
    library = load_library(CONTENT, TODAY)
    for language in library.languages:
        edition = library.edition(language)
        names = {line.id: line.name for country in edition.countries for line in country.lines}
        for group in edition.groups:
            assert group.name == names.get(group.id, group.name)


def test_no_name_in_spanish_ends_in_an_english_bracket() -> None:
    library = load_library(CONTENT, TODAY)
    english = {group.id: _last_bracket(group.name) for group in library.edition("en").groups}

    for group in library.edition("es").groups:
        said = _last_bracket(group.name)
        assert said is None or said != english[group.id] or said in NAMES_IN_BRACKETS, group.name


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "calls that were not answered"), ("es", "llamadas sin respuesta"), ("ar", "مكالمات لم يُجَب عليها")],
)
def test_a_caution_about_a_line_stands_with_the_group_too(language: str, said: str) -> None:
    groups = load_library(CONTENT, TODAY).edition(language).groups

    assert said in next(group.name for group in groups if group.id == "eg-15115")


def test_a_hosts_group_that_only_shares_a_number_keeps_its_name(write: Callable[[str], Path]) -> None:
    library = load_library(CONTENT, TODAY, write(OWN.replace("    free: true", "    line: eg-15115")))

    for language in ("en", "es"):
        assert "Open evening" in {group.name for group in library.edition(language).groups}


def test_some_are_people_in_one_room_and_say_how_to_come(groups: tuple[Group, ...]) -> None:
    in_person = [group for group in groups if "in_person" in group.ways]

    assert {group.country for group in in_person} >= {"US", "GB", "IE", "ES", "AR", "CH"}
    assert all(group.join for group in in_person)


def test_nobody_has_asked_them_yet_and_the_app_says_so(groups: tuple[Group, ...]) -> None:
    assert {group.reviewed_on for group in groups} == {None}


def test_a_number_is_that_of_the_help_line_and_its_sources_too() -> None:
    edition = load_library(CONTENT, TODAY).edition("en")
    lines = {line.id: line for country in edition.countries for line in country.lines}

    with_a_line = [group for group in edition.groups if group.phone]
    assert len(with_a_line) > 20
    for group in with_a_line:
        assert group.phone == lines[group.id].phone
        assert set(group.sources) >= set(lines[group.id].sources)


def test_they_stand_by_country_as_the_reader_names_it() -> None:
    names = [group.country_name for group in load_library(CONTENT, TODAY).edition("es").groups]

    assert names[:2] == ["Alemania", "Argentina"]
    assert names[-1] is None


def test_a_host_adds_its_own_in_one_file(write: Callable[[str], Path]) -> None:
    library = load_library(CONTENT, TODAY, write(OWN))

    for language in ("en", "es"):
        (own,) = (group for group in library.edition(language).groups if group.id == "own-evening")
        assert own.reviewed_on
        assert own.join_is_told == (language == "en")
    html = plain_views(library.edition("es"), Renderer({}), library.editions)["circles"]
    assert '<span lang="en" dir="ltr">Come to the library on Tuesdays at seven.</span>' in html


def test_what_was_asked_long_ago_says_so(write: Callable[[str], Path]) -> None:
    library = load_library(CONTENT, TODAY + timedelta(days=200), write(OWN))
    html = plain_views(library.edition("en"), Renderer({}), library.editions)["circles"]

    assert "We asked them on November 19, 2026. That is more than 180 days ago" in html


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: peers", "kind: club", "groups.yaml:4: groups.0.kind: "),
        ('"NZ"', '"XX"', "groups.yaml:5: XX: unknown country"),
        ("    free: true", "    line: no-line", "groups.yaml:8: no-line: no such help line"),
        ("in_person", "by_pigeon", "groups.yaml:6: groups.0.ways.0: "),
        (
            '    join: "Come to the library on Tuesdays at seven."\n',
            "",
            "groups.yaml:2: groups.0: Value error, a group",
        ),
    ],
)
def test_what_is_broken_is_named_with_file_and_line(
    old: str, new: str, said: str, write: Callable[[str], Path], tmp_path: Path
) -> None:
    assert old in OWN

    with pytest.raises(ContentError) as raised:
        load_library(CONTENT, TODAY, write(OWN.replace(old, new)))

    assert str(raised.value).startswith(f"{tmp_path}/{said}")


# --- the view ---


def test_a_link_out_warns_before_it_can_be_tapped(standing_app: Starlette) -> None:
    site: Site = standing_app.state.site
    html = json.loads(gzip.decompress(site.packs["en"].body))["views"]["circles"]

    links = re.findall(r'<details><summary aria-label="Website of [^"]+">Website</summary>(.*?)</details>', html)
    assert len(links) == html.count('target="_blank"') > 10
    for link in links:
        assert link.index("will show in this phone&#39;s history") < link.index("<a href=")
        assert 'rel="noopener noreferrer" referrerpolicy="no-referrer"' in link


def test_without_a_script_each_stands_under_its_kind(standing_app: Starlette) -> None:
    site: Site = standing_app.state.site
    html = site.plain_pages["8", "en"].body.decode()

    assert html.count("data-kind=") == 38
    assert "<select" not in html
