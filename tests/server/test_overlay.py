"""A host's own content lies over ours: it adds or replaces, key by key, and what is broken in it stops the start."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from server import addresses
from server.content_check import check_content
from server.errors import ContentError
from server.library import Library, load_library
from server.packs import plain_views
from server.rendering import Renderer
from server.settings import CONTENT

TODAY = date(2026, 11, 20)
Write = Callable[[str, str], Path]
PAGE = """---
id: rest
title: "When you cannot sleep"
topic: care
order: 900
reviewed_on: 2026-11-20
reviewed_by: "Casa Azul"
sources:
  - "A source"
---
A night can be long. [Help lines](view:lines) are there at night, too.
"""
LINE = """helplines:
  - id: "xx-own"
    country: "NZ"
    name: "Our own line"
    for: [domestic_abuse]
    phone: "0800 000 000"
    phone_e164: null
    sms: null
    chat_url: null
    url: null
    hours: "24/7"
    languages: null
    free: true
    silent_or_covert_note: null
    sources: ["We are it"]
    confidence: one_official
    seen: null
    checked_on: "2026-11-19"
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.fixture
def write(own: Path) -> Write:
    def write(name: str, text: str) -> Path:
        file = own / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    return write


def load(own: Path) -> Library:
    return load_library(CONTENT, TODAY, own)


def complaint_about(own: Path) -> str:
    with pytest.raises(ContentError) as raised:
        load(own)
    return str(raised.value).removeprefix(f"{own}/")


# --- what a host can do ---


def test_an_empty_overlay_changes_nothing(own: Path) -> None:
    assert load(own) == load_library(CONTENT, TODAY)


def test_a_page_of_the_same_name_stands_in_place_of_ours(own: Path, write: Write) -> None:
    ours = (CONTENT / "en/peers.md").read_text("utf-8")
    write("en/peers.md", ours.partition("\n---\n")[0] + "\n---\nIn our town it is like this.\n")

    library = load(own)

    assert library.edition("en").page("peers").html == "<p>In our town it is like this.</p>\n"
    assert library.edition("es").page("peers") == load_library(CONTENT, TODAY).edition("es").page("peers")


def test_a_page_of_its_own_is_listed_with_ours_and_lent_to_other_languages(own: Path, write: Write) -> None:
    write("es/rest.md", PAGE)

    library = load(own)

    for language in ("en", "es"):
        (topic,) = (pages for topic, pages in library.edition(language).pages_by_topic(plain=True) if topic == "care")
        assert topic[-1].id == "rest"
        assert topic[-1].language == "es"


def test_a_page_of_its_own_has_a_plain_address_that_rests_on_its_id_alone(own: Path, write: Write) -> None:
    write("en/rest.md", PAGE)
    load(own)

    number = addresses.plain_number("rest")

    assert addresses.plain_page("rest", "es") == f"/t/{number}?l=es"
    assert number == 797207
    assert number not in {addresses.plain_number(view) for view in load_library(CONTENT, TODAY).edition("en").views}


def test_one_word_can_be_changed_without_copying_the_others(own: Path, write: Write) -> None:
    write("en/strings.yaml", 'strings:\n  start_title: "Welcome to Casa Azul"\n')
    write("en/hello.yaml", 'heading: "Welcome"\n')

    edition = load(own).edition("en")

    ours = load_library(CONTENT, TODAY).edition("en")
    assert edition.strings == ours.strings | {"start_title": "Welcome to Casa Azul"}
    assert edition.hello == ours.hello.model_copy(update={"heading": "Welcome"})


def test_a_line_is_added_and_a_line_of_ours_is_mended_in_one_file(own: Path, write: Write) -> None:
    mended = LINE.partition("\n")[2].replace("xx-own", "nz-womens-refuge").replace("Our own line", "Mended")
    write("helplines.yaml", LINE + mended)

    lines = [line for country in load(own).edition("en").countries for line in country.lines]

    ids = [line.id for line in lines]
    assert len(ids) == len(set(ids))
    assert {line.name for line in lines if line.id in {"xx-own", "nz-womens-refuge"}} == {"Our own line", "Mended"}


def test_an_emergency_number_is_mended_for_one_country(own: Path, write: Write) -> None:
    write(
        "emergency_numbers.yaml",
        'countries:\n  "AE": {police: "901", ambulance: null, general: null, text_to_emergency: null, '
        "silent_call: null, sources: [Ours], confidence: two_pages}\n",
    )

    countries = {country.code: country for country in load(own).edition("en").countries}

    emergency = countries["AE"].emergency
    assert emergency
    assert emergency.first.number == "901"
    assert len(countries) == 118


def test_the_check_looks_at_the_overlay_too(own: Path, write: Write) -> None:
    write("en/shelter-near-us.md", PAGE.replace("id: rest", "id: shelter-near-us"))

    findings = check_content(CONTENT, TODAY, own)

    assert [error.partition(":")[0] for error in findings.errors] == ["en/shelter-near-us.md"]
    assert "es: shelter-near-us is shown in en" in findings.of("borrowed")


# --- what is broken stops the start, with file and line ---


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("en/rest.md", PAGE.replace("view:lines", "view:line"), "en/rest.md:11: view:line: there is no such view"),
        ("en/rest.md", PAGE.replace("care", "sleep"), "en/rest.md:4: topic: "),
        ("en/strings.yaml", 'strings:\n  a: "b"\n', ""),
        ("es/strings.yaml", 'strings:\n  start_titel: "Hola"\n', "es/strings.yaml:2: start_titel: en has no such key"),
        ("es/strings.yaml", 'strings:\n  line_call: "Ya"\n', "es/strings.yaml:2: line_call: placeholders should be"),
        ("helplines.yaml", LINE.replace("NZ", "XX"), "helplines.yaml:3: XX: unknown country"),
        ("helplines.yaml", LINE.replace("0800 000 000", "FREE"), "helplines.yaml:6: helplines.0.phone: "),
        ("helpline.yaml", LINE, "helpline.yaml:1: nothing reads this file"),
        ("en/string.yaml", "strings: {}", "en/string.yaml:1: nothing reads this file"),
        ("en/hello.yaml", 'titel: "Hello"\n', "en/hello.yaml:1: titel: Extra inputs"),
        ("en/words.txt", "abacus\n", "en/words.txt:1: these words never change"),
        ("en/lines.yaml", "lines:\n  gb-galopp:\n    name: Galop\n", "en/lines.yaml:2: gb-galopp: no such help line"),
    ],
)
def test_what_is_broken_is_named_in_the_hosts_own_file(
    name: str, text: str, said: str, own: Path, write: Write
) -> None:
    write(name, text)

    assert complaint_about(own).startswith(said)


def test_an_own_page_is_the_same_in_every_language_it_has(own: Path, write: Write) -> None:
    write("en/rest.md", PAGE)
    write("es/rest.md", PAGE.replace("order: 900", "order: 901"))

    assert complaint_about(own) == "es/rest.md:5: order: en has 900"


# --- without a script ---


def test_an_own_page_is_read_at_its_plain_address_in_the_language_it_has(own: Path, write: Write) -> None:
    write("es/rest.md", PAGE)
    library = load(own)

    views = plain_views(library.edition("en"), Renderer({}), library.editions)

    assert views["rest"].startswith(
        '<div class="stack" lang="es" dir="ltr"><h1 tabindex="-1">When you cannot sleep</h1>'
    )
    assert '<bdi lang="es" dir="ltr">When you cannot sleep</bdi>' in views["read"]
    assert "Última revisión: 20 de noviembre de 2026, por Casa Azul." in views["rest"]


@pytest.mark.parametrize(
    ("days", "said"),
    [(180, " by Casa Azul.</p>"), (181, "more than 180 days ago, so some of it may have changed.</p>")],
)
def test_a_page_says_when_it_was_last_looked_over_and_whether_that_is_long_ago(
    days: int, said: str, own: Path, write: Write
) -> None:
    write("en/rest.md", PAGE)
    library = load_library(CONTENT, TODAY + timedelta(days=days), own)

    html = plain_views(library.edition("en"), Renderer({}), library.editions)["rest"]

    assert "Last looked over on November 20, 2026 by Casa Azul." in html
    assert said in html


def test_a_page_that_nobody_has_looked_over_says_just_that(own: Path, write: Write) -> None:
    write("en/rest.md", PAGE.replace('"Casa Azul"', "null"))
    library = load(own)

    html = plain_views(library.edition("en"), Renderer({}), library.editions)["rest"]

    assert library.edition("en").strings["not_reviewed"] in html
    assert "Last looked over" not in html
