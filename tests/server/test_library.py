"""Content is whole or the server does not start, and the message says where to look."""

import shutil
from datetime import date
from itertools import product
from pathlib import Path
from time import perf_counter

import pytest

from server.errors import ContentError
from server.library import Library, load_library

CONTENT = Path(__file__).resolve().parents[2] / "content"
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(CONTENT, TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real content, to break."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def complaint_about(folder: Path) -> str:
    with pytest.raises(ContentError) as raised:
        load_library(folder, TODAY)
    message = str(raised.value)
    assert "\n" not in message
    return message.removeprefix(f"{folder}/")


def replace(file: Path, old: str, new: str) -> int:
    """Change the first place where a text stands, and give its line."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


# --- what is there ---


def test_every_language_fills_the_same_views(library: Library) -> None:
    views = ("start", "lines", "plan", "steady", "read", "circles", "steady-1", "steady-2", "steady-4", "steady-5")

    assert library.languages[0] == "en"
    assert set(library.languages) >= {"en", "es"}
    assert all(library.edition(language).views[: len(views)] == views for language in library.languages)
    assert len({library.edition(language).views for language in library.languages}) == 1


def test_pages_come_in_their_order_with_title_and_sources(library: Library) -> None:
    pages = library.edition("es").pages

    assert [page.id for page in pages][:4] == ["traces", "exit", "exit-plain", "for-help"]
    assert library.edition("es").page("exit").title == "Cómo funciona Cerrar"
    assert all(page.sources for page in pages)


def test_a_page_that_would_not_be_true_without_the_app_has_a_plain_one_in_its_place(library: Library) -> None:
    for language in library.languages:
        edition = library.edition(language)
        assert [page.id for page in edition.pages_to_read(plain=False)][:2] == ["traces", "exit"]
        assert [page.id for page in edition.pages_to_read(plain=True)][:2] == ["traces", "exit-plain"]


def test_every_page_stands_under_one_heading_so_that_none_is_out_of_reach(library: Library) -> None:
    for language, plain in product(library.languages, (False, True)):
        edition = library.edition(language)
        groups = edition.pages_by_topic(plain=plain)

        listed = [page for _, pages in groups for page in pages]
        assert sorted(page.id for page in listed) == sorted(page.id for page in edition.pages_to_read(plain=plain))
        assert {page.view for page in listed} < set(edition.views)
        assert [topic for topic, _ in groups] == ["talk", "together", "care", "ways", "app"]


def test_a_heading_without_pages_is_left_out(library: Library) -> None:
    edition = library.edition("en")
    some = edition.model_copy(update={"pages": tuple(page for page in edition.pages if page.topic != "care")})

    assert [topic for topic, _ in some.pages_by_topic(plain=False)] == ["talk", "together", "ways", "app"]


def test_a_link_to_a_view_gets_its_real_attributes_from_whoever_places_it(library: Library) -> None:
    page = library.edition("en").page("traces")

    assert '<a href="view:exit">' in page.html
    assert '<a href="/t/7">' in page.html_with(lambda view: {"exit": 'href="/t/7"', "lines": 'href="/t/2"'}[view])


def test_loading_is_quick_enough_for_a_start_in_seconds() -> None:
    begin = perf_counter()
    load_library(CONTENT, TODAY)

    assert perf_counter() - begin < 2


def test_raw_html_in_a_page_stays_text(folder: Path) -> None:
    replace(folder / "en/exit.md", "It asks nothing", "<script>x</script> It asks nothing")

    html = load_library(folder, TODAY).edition("en").page("exit").html

    assert "<script" not in html
    assert "&lt;script&gt;" in html


# --- what is broken is named with file and line ---

BREAKAGES = {
    "broken YAML": ("en/plan.yaml", 'title: "Signals"', 'title: "Signals', "broken YAML"),
    "a tab": ("en/strings.yaml", "  steady_begin:", "\tsteady_begin:", "broken YAML"),
    "a key that stands twice": (
        "es/strings.yaml",
        "  steady_next:",
        "  steady_begin:",
        "steady_begin: this key stands twice",
    ),
    "a missing key": ("en/plan.yaml", 'intro: "A word or a sign', 'about: "A word or a sign', ""),
    "a kind that does not exist": ("en/plan.yaml", "kind: list", "kind: choice", "'text', 'ticks' or 'list'"),
    "items without ticks": ("en/plan.yaml", "kind: ticks", "kind: list", "items belong to kind ticks"),
    "a country that does not exist": ("helplines.yaml", 'country: "US"', 'country: "XX"', "XX: unknown country"),
    "a lower-case country": ("helplines.yaml", 'country: "US"', 'country: "us"', "us: unknown country"),
    "an unquoted Norway": ("helplines.yaml", 'country: "NO"', "country: NO", "valid string"),
    "an emergency country that does not exist": ("emergency_numbers.yaml", '  "AE":', '  "QQ":', "QQ: unknown country"),
    "letters in a phone number": ("helplines.yaml", '"1-800-799-7233"', '"1-800-SAFE"', "phone"),
    "a text number that cannot be dialled": ("helplines.yaml", '"88788 (text START)"', '"START to 88788"', "sms"),
    "an address that is none": ("helplines.yaml", '"https://www.thehotline.org"', '"javascript:alert(1)"', "url"),
    "a help line of no known kind": ("helplines.yaml", "[domestic_abuse]", "[other]", "for.0"),
    "a confidence nobody defined": ("helplines.yaml", "confidence: two_sources", "confidence: sure", "confidence"),
    "an id that stands twice": (
        "helplines.yaml",
        '"us-love-is-respect"',
        '"us-stronghearts-native-helpline"',
        "the id us-stronghearts-native-helpline stands twice",
    ),
    "a date that does not exist": ("en/exit.md", "reviewed_on: 2026-11-26", "reviewed_on: 2026-02-30", "day is out"),
    "a page without sources": ("en/exit.md", "sources:", "source:", "sources"),
    "a page with another id than its file": ("en/exit.md", "id: exit", "id: exits", "id: the file is named exit.md"),
    "a page under no heading": (
        "en/exit.md",
        "topic: app",
        "topic: other",
        "'talk', 'together', 'care', 'ways' or 'app'",
    ),
    "a page under another heading": ("es/exit.md", "topic: app", "topic: care", "topic: en has app"),
    "a page in another place": ("es/exit.md", "order: 20", "order: 25", "order: en has 20"),
    "a heading without words": ("es/strings.yaml", "  topic_care:", "  topic_car:", ""),
    "a dead link": ("en/exit.md", "(view:traces)", "(view:trace)", "view:trace: there is no such view"),
    "a link out": ("en/exit.md", "(view:traces)", "(https://example.org)", "a page links to views only"),
    "a stand-in for no page": (
        "en/exit-plain.md",
        "plain_for: exit",
        "plain_for: exits",
        "no page exits to stand in for",
    ),
    "a stand-in in one language only": (
        "es/exit-plain.md",
        "plain_for: exit",
        "plain_for: traces",
        "plain_for: en has exit",
    ),
    "a picture": ("en/exit.md", "[What this", "![What this", "a page links to views only"),
    "a second title": ("en/exit.md", "## What Close does", "# What Close does", "use ##"),
    "a translation of no line": ("es/lines.yaml", "  gb-galop", "  gb-galopp", "gb-galopp: no such help line"),
    "a translation of no country": ("es/lines.yaml", "  AU:", "  AW:", "AW: no emergency numbers for it"),
    "an exercise of another kind": ("es/grounding.yaml", "id: steady-17", "id: steady-99", "en has steady-17 (steps)"),
    "a step in one language only": ("es/steps.yaml", "{id: nod,", "{id: wink,", "near.wink: en has near.nod here"),
    "a step that stands twice": ("en/steps.yaml", "{id: nod,", "{id: bench,", "the id bench stands twice"),
    "a breath of no time": ("en/grounding.yaml", 'in", seconds: 3}', 'in", seconds: 0}', "two seconds at least"),
    "a phase too short to follow": ("en/grounding.yaml", 'Rest", seconds: 4}', 'Rest", seconds: 1}', "two seconds"),
    "a breath that only goes in": ("en/grounding.yaml", "phase: out", "phase: rest", "breathes in once, and then out"),
    "a count of nothing": ("en/grounding.yaml", "kind: count", "kind: steps", "count belongs to kind count"),
    "an unknown prompt": ("es/plan.yaml", "{id: calms,", "{id: calm,", "now.calm (list): en has now.calms (list) here"),
    "a string only one language has": ("es/strings.yaml", "  steady_next:", "  steady_nex:", ""),
    "a lost placeholder": ("es/strings.yaml", "Mensaje al {number}", "Mensaje", "should be {number}"),
    "a broken placeholder": ("es/strings.yaml", "Mensaje al {number}", "Mensaje al {number", "expected '}'"),
}
# Where the complaint stands on another line than the change: the parser notices later, or only the whole knows.
ELSEWHERE = {"broken YAML", "a missing key", "a date that does not exist", "a page without sources"} | {
    "a string only one language has",
    "a heading without words",
    "a step that stands twice",
    "a breath that only goes in",
    "a count of nothing",
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_what_is_broken_is_named_with_file_and_line(folder: Path, breakage: str) -> None:
    name, old, new, message = BREAKAGES[breakage]
    if breakage == "a translation of no line":
        replace(folder / name, "lines:\n", "lines:\n  gb-galop:\n    name: Galop\n")

    line = replace(folder / name, old, new)

    complaint = complaint_about(folder)
    place, _, said = complaint.partition(": ")
    assert message in said
    assert place.rpartition(":")[0] == name
    if breakage not in ELSEWHERE:
        assert place == f"{name}:{line}"


def test_a_missing_key_is_named_where_the_entry_begins(folder: Path) -> None:
    line = replace(folder / "en/plan.yaml", '    title: "Signals"\n', "")

    assert complaint_about(folder) == f"en/plan.yaml:{line - 1}: sections.2.title: Field required"


@pytest.mark.parametrize("text", ["## Hello\n", "", "---\nid: exit\n", "----\n"])
def test_a_page_without_front_matter_is_refused(folder: Path, text: str) -> None:
    (folder / "en/exit.md").write_text(text)

    assert "front matter" in complaint_about(folder)


def test_a_page_without_text_is_refused(folder: Path) -> None:
    page = folder / "en/exit.md"
    page.write_text(page.read_text("utf-8").split("\n---\n")[0] + "\n---\n\n")

    assert complaint_about(folder) == "en/exit.md:12: the page has no text"


@pytest.mark.parametrize("name", ["helplines.yaml", "emergency_numbers.yaml", "es/strings.yaml", "es/hello.yaml"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()

    assert complaint_about(folder) == f"{name}:1: this file is missing"


def test_an_empty_file_is_refused(folder: Path) -> None:
    (folder / "es/strings.yaml").write_text("")

    assert complaint_about(folder).startswith("es/strings.yaml:1: ")


def test_a_file_that_is_not_utf_8_is_refused_at_its_line(folder: Path) -> None:
    (folder / "es/hello.yaml").write_bytes(b'title: "Hola"\nheading: "\xf1"\n')

    assert complaint_about(folder) == "es/hello.yaml:2: this is not UTF-8 text"


def test_a_control_character_is_refused_at_its_line(folder: Path) -> None:
    (folder / "es/hello.yaml").write_bytes(b'title: "Hola"\nheading: "\x07"\n')

    assert complaint_about(folder).startswith("es/hello.yaml:2: broken YAML")


def test_a_page_in_one_language_only_is_refused(folder: Path) -> None:
    (folder / "es/traces.md").unlink()
    for name in ("exit", "exit-plain", "devices"):
        replace(folder / f"es/{name}.md", "(view:traces)", "(view:lines)")

    assert complaint_about(folder) == "es/traces.md:1: this page is not in both en and es"


@pytest.mark.parametrize("view", ["plan", "notes"])
def test_a_page_may_not_take_the_id_of_another_view(view: str, folder: Path) -> None:
    (folder / "en/exit.md").rename(folder / f"en/{view}.md")
    line = replace(folder / f"en/{view}.md", "id: exit", f"id: {view}")

    assert complaint_about(folder) == f"en/{view}.md:{line}: the id {view} is taken"


def test_a_page_links_to_no_view_that_plain_pages_do_not_have(folder: Path) -> None:
    line = replace(folder / "en/traces.md", "(view:exit)", "(view:notes)")

    assert complaint_about(folder) == f"en/traces.md:{line}: view:notes: there is no such view"


def test_a_page_without_an_address_is_refused(folder: Path) -> None:
    (folder / "en/for-help.md").rename(folder / "en/another.md")
    line = replace(folder / "en/another.md", "id: for-help", "id: another")

    complaint = complaint_about(folder)

    assert complaint == f"en/another.md:{line}: the page another has no number yet (server/addresses.py)"


def test_a_heading_that_is_used_has_words(folder: Path) -> None:
    for language in ("en", "es"):
        replace(folder / language / "strings.yaml", "  topic_app:", "  topic_apps:")

    assert complaint_about(folder) == "en/strings.yaml:2: topic_app: this key is missing"


def test_a_folder_that_is_no_language_is_refused(folder: Path) -> None:
    (folder / "drafts").mkdir()

    assert complaint_about(folder).startswith("drafts:1: this folder is not named after a language")


def test_the_first_language_cannot_be_missing(folder: Path) -> None:
    shutil.rmtree(folder / "en")

    assert complaint_about(folder).startswith("en:1: this language is missing")


def test_a_language_without_translated_remarks_still_loads(folder: Path) -> None:
    (folder / "es/lines.yaml").unlink()

    assert load_library(folder, TODAY).languages == ("en", "ar", "es")
