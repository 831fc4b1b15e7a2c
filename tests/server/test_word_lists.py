"""A list of words is as it must be, or the complaint names file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from server.errors import ContentError
from server.word_lists import COUNT, bare, read_word_list

LIST = Path(__file__).resolve().parents[2] / "content" / "es" / "words.txt"


def complaint_after(change: Callable[[list[str]], None], tmp_path: Path) -> str:
    words = LIST.read_text("utf-8").splitlines()
    change(words)
    broken = tmp_path / "words.txt"
    broken.write_text("\n".join(words) + "\n", "utf-8")
    with pytest.raises(ContentError) as raised:
        read_word_list(broken)
    return str(raised.value).removeprefix(f"{tmp_path}/")


def test_a_whole_list_is_read_in_its_order() -> None:
    words = read_word_list(LIST)

    assert len(words) == COUNT == 2**11
    assert list(words) == LIST.read_text("utf-8").split()


@pytest.mark.parametrize(
    "word", ["ab", "abcdefghi", "Abanico", "dos ojos", "a1b2", "", "abanico ", "re-loj", "cami\u0301n"]
)
def test_what_is_no_plain_word_is_refused(word: str, tmp_path: Path) -> None:
    def change(words: list[str]) -> None:
        words[6] = word

    assert complaint_after(change, tmp_path).startswith(f"words.txt:7: {word!r}: a word is three to eight lower case")


def test_a_letter_without_a_plain_one_beneath_is_refused(tmp_path: Path) -> None:
    def change(words: list[str]) -> None:
        words[0] = "aßbe"

    assert "words.txt:1: 'aßbe': a letter of this word cannot be typed" in complaint_after(change, tmp_path)


def test_two_words_that_begin_alike_are_refused_accents_or_not(tmp_path: Path) -> None:
    def change(words: list[str]) -> None:
        words.insert(1, words[0][:4] + "zz")

    message = complaint_after(change, tmp_path)

    assert message.startswith("words.txt:2: ")
    assert message.endswith(f"begins with the same 4 letters as '{LIST.read_text('utf-8').split()[0]}'")


def test_a_word_out_of_order_is_refused(tmp_path: Path) -> None:
    def change(words: list[str]) -> None:
        words[3], words[4] = words[4], words[3]

    assert complaint_after(change, tmp_path).startswith("words.txt:5: ")


@pytest.mark.parametrize("count", [0, 1, COUNT - 1])
def test_a_list_of_another_length_is_refused(count: int, tmp_path: Path) -> None:
    def change(words: list[str]) -> None:
        del words[count:]

    if count == 0:
        (tmp_path / "words.txt").write_text("", "utf-8")
        with pytest.raises(ContentError, match=r"words\.txt:1: the list has 0 words, it needs 2048"):
            read_word_list(tmp_path / "words.txt")
        return
    assert complaint_after(change, tmp_path) == f"words.txt:{count}: the list has {count} words, it needs {COUNT}"


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"words\.txt:1: this file is missing"):
        read_word_list(tmp_path / "words.txt")


def test_a_bare_word_has_no_accents() -> None:
    assert bare("cigüeña") == "ciguena"
