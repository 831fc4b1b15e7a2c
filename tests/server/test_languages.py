"""The language that suits a reader best, from what her browser says (RFC 9110 section 12.5.4)."""

import pytest

from server.languages import best_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX", "es"),
        ("ES-mx,es;q=0.9,en;q=0.8", "es"),
        ("en;q=0.4,es;q=0.6", "es"),
        ("en; q=0.4, es; q=0.6", "es"),
        ("de,fr;q=0.9,es;q=0.1", "es"),
        ("de,fr", "en"),
        ("es;q=0", "en"),
        ("es;q=0.0,en;q=0.1", "en"),
        ("es;q=much,en;q=0.1", "en"),
        ("*", "en"),
        (",;,=;q=,", "en"),
        ("es" * 10_000, "en"),
    ],
)
def test_a_reader_gets_her_language_or_the_first_one(header: str, language: str) -> None:
    assert best_language(header, ("en", "es"), "en") == language


def test_equal_wishes_are_taken_in_the_order_in_which_they_stand() -> None:
    assert best_language("es,en", ("en", "es"), "en") == "es"
    assert best_language("en,es", ("en", "es"), "es") == "en"
