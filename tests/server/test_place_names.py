"""Whoever types a country's name finds it, in whichever language and however accents and articles are left out."""

import pytest
from babel import Locale

from server.place_names import bare, first_letter, names_to_find


def finds(typed: str, code: str, language: str, also: tuple[str, ...] = ()) -> bool:
    """As the phone does it: the beginning of any word of any name (pwa/inside/help-lines.ts)."""
    return f" {bare(typed)}" in f" {names_to_find(code, Locale.parse(language), also)}"


@pytest.mark.parametrize(
    ("typed", "code", "language"),
    [
        ("germany", "DE", "en"), ("Deutschland", "DE", "en"), ("Germany", "DE", "es"), ("aleman", "DE", "es"),
        ("espana", "ES", "en"), ("ESPAÑA", "ES", "es"), ("México", "MX", "en"), ("cote d'iv", "CI", "en"),
        ("saudí", "SA", "es"), ("saudi", "SA", "ar"), ("مصر", "EG", "en"), ("भारत", "IN", "en"), ("日本", "JP", "en"),
        ("Türkiye", "TR", "en"), ("türk", "TR", "es"), ("gb", "GB", "ar"), ("herzegovina", "BA", "en"),
    ],
)  # fmt: skip
def test_a_country_is_found_by_its_names_in_this_language_in_english_and_in_its_own(
    typed: str, code: str, language: str
) -> None:
    assert finds(typed, code, language)


@pytest.mark.parametrize("typed", ["أردن", "الأردن", "الاردن", "اردن"])
def test_an_arabic_name_is_found_without_its_article_and_without_its_hamza(typed: str) -> None:
    assert finds(typed, "JO", "ar")


@pytest.mark.parametrize("typed", ["السعودية", "السعوديه", "العربية السعودية"])
def test_an_arabic_name_is_found_however_its_last_letter_is_typed(typed: str) -> None:
    assert finds(typed, "SA", "ar")


def test_a_part_of_a_country_leads_to_it_where_the_content_says_so() -> None:
    assert not finds("scot", "GB", "en")
    assert finds("scot", "GB", "en", ("Scotland",))


@pytest.mark.parametrize(("typed", "code"), [("land", "IS"), ("man", "OM"), ("x", "DE")])
def test_what_stands_in_the_middle_of_a_word_finds_nothing(typed: str, code: str) -> None:
    assert not finds(typed, code, "en")


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Österreich", "O"), ("España", "E"), ("أستراليا", "\u0627"), ("الأردن", "\u0627"), ("Ñuñoa", "N")],
)
def test_a_name_stands_under_its_bare_first_letter(name: str, letter: str) -> None:
    assert first_letter(name) == letter
