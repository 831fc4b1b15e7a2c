"""The matcher that so many promises lean on: it finds what it must, and leaves ordinary words alone."""

import pytest

from tests.promises.telltale import find_words, words


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("myHotline", "hotline"),
        ("MYHotline", "hotline"),
        ("my_hotline", "hotline"),
        ("x2hotlines", "hotline"),
        ("HOTLINES", "hotline"),
        ("/safety-plan", "safetyplan"),
        ("safetyPlan", "safetyplan"),
        ("a safety%20plan", "safetyplan"),
        ("safety\nplan", "safetyplan"),
        ("safety.plan", "safetyplan"),
        ("safety+plans", "safetyplan"),
        ("Safety_Plan", "safetyplan"),
        ("help-line", "helpline"),
        ("HelpLines", "helpline"),
        ("selfHarm", "selfharm"),
        ("self harm", "selfharm"),
        ("Women’s aid", "women'said"),
        ("violacion", "violacion"),
        ("VIOLACIÓN", "violacion"),
        ("violacio\u0301n", "violacion"),
        ("línea de ayuda", "lineadeayuda"),
        ("linea_de_ayuda", "lineadeayuda"),
        ("abusers", "abuse"),
        ("crisiscrisis", "crisis"),
        ("bdrape rape", "rape"),
        ("والعنف", "عنف"),
        ("خط المساعدة", "خطالمساعدة"),
        ("خط-المساعدة", "خطالمساعدة"),
    ],
)
def test_a_telltale_word_is_found_however_it_is_written(text: str, word: str) -> None:
    assert word in find_words(text)
    assert word in find_words(text.encode())
    assert word in find_words(b"\x01\xfe" + text.encode() + b"\x80")


@pytest.mark.parametrize("text", ["myHotline", "a safety plan", "VIOLACIÓN", "Safety_Plan", "خط المساعدة", "والعنف"])
@pytest.mark.parametrize("start", [b"", b"\x07", b"\x07\x00", b"\xff\xfe\x00"])
def test_a_telltale_word_is_found_in_utf_16_wherever_it_starts(text: str, start: bytes) -> None:
    assert find_words(start + text.encode("utf-16-le") + b"\xff") == find_words(text) != set()


@pytest.mark.parametrize(
    "text",
    [
        "drape",
        "DRAPE",
        "Drapes",
        "grapefruit",
        "stalks and leaves",
        "the plan for safety",
        "safe ty plan",
        "safety  plan",
        "hot line",
        "a line of help",
        "saferefuse",
        "unvictimised",
        "águila",
        "خط",
        "Glasses: 8, goal 2 l, reminders on",
        "Regar las plantas cada tres días",
    ],
)
def test_an_ordinary_text_holds_none(text: str) -> None:
    assert find_words(text) == set()
    assert find_words(text.encode()) == set()
    assert find_words(text.encode("utf-16-le")) == set()


def test_letters_that_only_look_like_utf_16_are_none() -> None:
    assert find_words(b"h_o_t_l_i_n_e_") == set()


def test_every_word_of_the_list_is_found_in_every_encoding() -> None:
    assert len(words()) > 100
    for word in words():
        for reading in (word, word.upper(), word.encode(), word.encode("utf-16-le"), b"\n" + word.encode("utf-16-le")):
            assert find_words(reading), word
