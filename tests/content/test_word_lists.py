"""The words that somebody writes down in a hard hour: ordinary ones, that tell nothing and never move."""

import hashlib
from pathlib import Path

import pytest

from server.word_lists import bare, read_word_list
from tests.promises.telltale import find_words, words

CONTENT = Path(__file__).resolve().parents[2] / "content"

# Words written down with a list can be read with that list only, so a released list never changes again.
DIGESTS = {
    "en": "434f26fe71a6f9136d9e9b9ccffe3e39e84c3a2d9c30752c336524936c64a084",
    "es": "212b35be19a9831d31a4ffedb8fa4cfaa0fb358c1c4e6bff153b686d3296b87a",
}
# A few of what must not stand on a slip of paper, to notice a list that was made without looking.
UNKIND = {
    "en": "blood bomb bury church corpse cry dead death devil die enemy escape fear fight god grave gun hell help "
    "hide hit hurt husband kill knife leave lie pain pray prison punch rifle run safe secret shoot slap soldier spy "
    "sword tomb victim war weapon widow wife wound arm face hand knee neck grace hope rose will",
    "es": "arma ayuda bala bomba cárcel culpa daño demonio dios dolor enemigo esposa esposo golpe guerra herida huir "
    "iglesia infierno llorar llanto lucha marido matar miedo morir muerte muerto pena peligro pistola rezar sangre "
    "secreto solo sola soldado susto tumba viuda brazo cara mano ojo pie rodilla alma cruz luz rosa pilar",
}


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def listed(language: str) -> tuple[str, ...]:
    return read_word_list(CONTENT / language / "words.txt")


def test_a_released_list_never_changes(language: str) -> None:
    digest = hashlib.sha256((CONTENT / language / "words.txt").read_bytes()).hexdigest()

    assert digest == DIGESTS[language]


def test_no_word_tells_what_this_is(listed: tuple[str, ...]) -> None:
    assert {word: found for word in listed if (found := find_words(word))} == {}
    assert find_words("\n".join(listed)) == set()


def test_no_words_of_a_list_make_a_telltale_phrase_when_they_are_drawn_together(listed: tuple[str, ...]) -> None:
    phrases = [phrase for phrase in words() if " " in phrase]
    known = {bare(word) for word in listed}

    assert len(phrases) > 20
    assert [phrase for phrase in phrases if set(bare(phrase).split()) <= known] == []


def test_no_word_is_unkind(language: str, listed: tuple[str, ...]) -> None:
    assert set(listed) & set(UNKIND[language].split()) == set()


def test_four_letters_are_enough_to_type(listed: tuple[str, ...]) -> None:
    assert len({bare(word)[:4] for word in listed}) == len(listed) == 2048
