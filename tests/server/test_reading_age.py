"""The measure of reading age is the published one, and sees the difference between plain and heavy."""

import pytest

from server.reading_age import measure, syllables_in_english, syllables_in_spanish

PLAIN = {
    "en": ["You can stop at any time. Pick what helps you. The rest can wait."],
    "es": ["Puedes parar cuando quieras. Toma lo que te ayude. Lo demás puede esperar."],
}
HEAVY = {
    "en": [
        "Individuals experiencing coercive interpersonal circumstances should communicate with specialised advisers."
    ],
    "es": [
        "Las personas que experimentan circunstancias coercitivas deberían comunicarse con organizaciones adecuadas."
    ],
}


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("phone", 1), ("there", 1), ("table", 2), ("picked", 1), ("wanted", 2), ("boxes", 2), ("history", 3), ("the", 1)],
)
def test_english_syllables(word: str, syllables: int) -> None:
    assert syllables_in_english(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("país", 2), ("aéreo", 4), ("quien", 1), ("guía", 2), ("agua", 2), ("teléfono", 4), ("hay", 1), ("línea", 3)],
)
def test_spanish_syllables(word: str, syllables: int) -> None:
    assert syllables_in_spanish(word) == syllables


@pytest.mark.parametrize("language", ["en", "es"])
def test_plain_sentences_pass_and_heavy_ones_do_not(language: str) -> None:
    plain, heavy = measure(language, PLAIN[language]), measure(language, HEAVY[language])

    assert plain is not None
    assert heavy is not None
    assert not plain.too_hard
    assert heavy.too_hard


def test_the_english_figure_is_flesch_and_kincaids() -> None:
    # Seven words in one sentence, fourteen syllables; five years more than the grade.
    found = measure("en", ["The Australian platypus is seemingly a hybrid"])

    assert found is not None
    assert found.words == 7
    assert found.figure == pytest.approx(0.39 * 7 + 11.8 * 14 / 7 - 15.59 + 5, abs=0.01)


def test_nothing_to_read_is_not_hard() -> None:
    assert [measure(language, []) for language in ("en", "es")] == [measure("en", [""]), measure("es", [" "])]


def test_a_language_without_a_formula_is_not_measured() -> None:
    assert measure("ar", ["مرحبا"]) is None
