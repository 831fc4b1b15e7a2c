"""The app turns round for languages that run from right to left: nothing in it is tied to a side of the screen."""

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from server.help_lines import Dial, without_accents
from server.library import Edition, load_library
from server.settings import CONTENT, PROJECT
from server.site import Site
from tests.content.test_content import TODAY

STYLES = sorted((PROJECT / "pwa").rglob("*.css"))
# Physical sides (CSS Logical Properties, level 1, gives each of these a form that follows the text).
_SIDES = re.compile(
    r"""(?x)
    (?<![\w-]) (?:
      (?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b
    | border-(?:top|bottom)-(?:left|right)-radius
    | (?:left|right) \s* :
    | (?:float|clear|text-align|caption-side) \s* : \s* (?:left|right)\b
    | (?:transform-origin|object-position|background-position) \s* : [^;]* \b(?:left|right)\b
    | translateX\( | translate\( \s* [^0\s,)]
    )"""
)
# top right bottom left: only where both sides are the same. Borders are left out: a tick drawn with them never turns.
_FOUR = re.compile(r"(?<![\w-])(?:margin|padding|inset)\s*:\s*([^;{}]+);")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def tied_to_a_side(style: str) -> list[str]:
    bare = _COMMENT.sub("", style)
    # What a phone's edge covers is a matter of its case, not of the language.
    bare = re.sub(r"env\([^)]*\)", "env", bare)
    found = [match.group().strip() for match in _SIDES.finditer(bare)]
    for match in _FOUR.finditer(bare):
        sides = re.findall(r"(?:[^\s()]+\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s()]+)", match[1])
        if len(sides) == 4 and sides[1] != sides[3]:
            found.append(match.group())
    return found


@pytest.mark.parametrize("path", STYLES, ids=lambda path: str(path.relative_to(PROJECT / "pwa")))
def test_no_style_is_tied_to_a_side(path: Path) -> None:
    assert tied_to_a_side(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "style",
    [
        "a { margin-left: 1px; }", "a { left: 0; }", "a{text-align:right}", "a { border-top-left-radius: 2px; }",
        "a { padding: 0 1px 0 2px; }", "a { transform: translateX(4px); }", "a { float: left; }",
        "a { inset: 0 auto 0 0; }",
        "a { scroll-padding-right: 1px }", "a { transform-origin: left top; }",
    ],
)  # fmt: skip
def test_a_style_that_is_would_be_found(style: str) -> None:
    assert tied_to_a_side(style)


@pytest.mark.parametrize(
    "style",
    ["a { margin-inline-start: 1px; }", "a { text-align: start; }", "a { padding: 0 1px 2px 1px; }", "/* left: 0 */"],
)
def test_a_style_that_follows_the_text_is_none(style: str) -> None:
    assert tied_to_a_side(style) == []


def test_every_arrow_along_the_line_turns_round() -> None:
    # Which drawings point along the line says their class.
    for cover in ("sip", "sprout"):
        style = (PROJECT / "pwa" / "covers" / cover / f"{cover}.css").read_text("utf-8")
        assert re.search(r"(?::dir\(rtl\)|\[dir=.?rtl.?\])[^{]*\.turns[^{]*\{[^}]*transform: scaleX\(-1\)", style), (
            cover
        )


# --- the Arabic edition ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def arabic() -> Edition:
    return load_library(CONTENT, TODAY).edition("ar")


@pytest.fixture(scope="module")
def views(standing_app: Starlette) -> dict[str, str]:
    site: Site = standing_app.state.site
    told: dict[str, str] = json.loads(gzip.decompress(site.packs["ar"].body))["views"]
    return told


OWN = {"start", "lines", "steady", "steady-1", "steady-2", "steady-3", "read", "circles", "safe", "exit"}


def test_these_views_are_in_arabic_and_the_others_say_that_they_are_not(views: dict[str, str]) -> None:
    borrowed = '<div class="stack" lang="en" dir="ltr"><h1 tabindex="-1">'

    assert {view for view, html in views.items() if not html.startswith(borrowed)} == OWN
    assert len(views) > 30


def test_what_runs_from_right_to_left_says_so(standing_app: Starlette) -> None:
    site: Site = standing_app.state.site
    pages = [site.cover_pages[cover, "ar"] for cover in ("sip", "sprout", "pantry")]

    for page in [*pages, site.plain_pages["2", "ar"], site.missing["sip", "ar"]]:
        assert '<html lang="ar" dir="rtl">' in page.body.decode()


def latin_without_a_mark(html: str) -> Iterator[str]:
    """Words in Latin letters outside every part that is marked as such, or set apart as names and addresses are."""
    marked = re.compile(
        r'<(span|bdi|li|div|b|option)\b[^>]*\b(?:lang="e[ns]"|dir="(?:auto|ltr)")[^>]*>.*?</\1>|<bdi>.*?</bdi>',
        re.DOTALL,
    )
    bare = marked.sub(" ", html)
    bare = re.sub(r"<a [^>]*target=.*?</a>|<code>.*?</code>|<[^>]+>", " ", bare, flags=re.DOTALL)
    # These are what the thing itself is called.
    known = {"Shift", "Tab", "iPhone", "iPad", "Safari", "amp", "quot"}
    yield from (word for word in re.findall(r"[A-Za-z]{3,}", bare) if word not in known)


def test_no_english_word_stands_unmarked_in_an_arabic_view(views: dict[str, str]) -> None:
    found = {view: list(latin_without_a_mark(views[view])) for view in OWN}

    assert {view: words for view, words in found.items() if words} == {}


def test_the_groups_of_a_number_keep_their_order(arabic: Edition) -> None:
    dials: list[Dial] = []
    for country in arabic.countries:
        dials += [dial for line in country.lines for dial in (line.phone, line.sms) if dial]
        if country.emergency:
            dials.append(country.emergency.first)

    assert len(dials) > 200
    for dial in dials:
        assert re.fullmatch("\u2066[^\u2066\u2069]+\u2069", dial.number)
        assert dial.address.isascii()


def test_nothing_but_digits_is_dialled(standing_app: Starlette) -> None:
    site: Site = standing_app.state.site
    pack = json.loads(gzip.decompress(site.packs["ar"].body))
    other = json.loads(gzip.decompress(site.packs["en"].body))

    assert {code: country["dial"] for code, country in pack["countries"].items()} == {
        code: country["dial"] for code, country in other["countries"].items()
    }


def test_countries_stand_as_an_arabic_reader_looks_for_them(arabic: Edition) -> None:
    names = [country.name for country in arabic.countries]

    assert all(re.search("[\u0600-\u06ff]", name) for name in names)
    assert names == sorted(names, key=without_accents)


def test_remarks_of_lines_are_told_in_arabic(standing_app: Starlette) -> None:
    site: Site = standing_app.state.site
    html = json.loads(gzip.decompress(site.packs["ar"].body))["countries"]["GB"]["html"]

    assert "مكالمة إلى 999 من هاتف محمول" in html
    assert '<span lang="en" dir="ltr">' not in html


def test_words_nobody_translated_are_marked_as_english(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    (folder / "ar" / "lines.yaml").unlink()
    (folder / "ar" / "groups.yaml").unlink()
    edition = load_library(folder, TODAY).edition("ar")

    lines = {line.id: line for country in edition.countries for line in country.lines}
    assert lines["gb-wls-live-fear-free"].foreign >= {"note"}
    assert not next(group for group in edition.groups if group.id == "gb-galop-forum").join_is_told


def test_a_number_within_a_remark_keeps_the_order_of_its_groups() -> None:
    # In right-to-left text the groups of a number would stand the other way round (UAX 9): isolates hold them together.
    text = (CONTENT / "ar" / "lines.yaml").read_text("utf-8")
    for said in re.findall(r'"([^"]*)"', text.replace("\\u2066", "\u2066").replace("\\u2069", "\u2069")):
        bare = re.sub("\u2066[^\u2069]*\u2069", "", said)
        arabic_before = re.search(r"[\u0600-\u06ff].*?(\+?\d[\d-]*(?: \d[\d-]+)+)", bare)
        assert arabic_before is None, said


def test_nobody_has_looked_the_translation_over_and_the_app_says_so(arabic: Edition, views: dict[str, str]) -> None:
    assert arabic.reviewed_by is None
    assert all(page.reviewed_by is None for page in arabic.own_pages)
    assert arabic.strings["language_not_reviewed"] in views["start"]
    assert arabic.strings["not_reviewed"] in views["exit"]
