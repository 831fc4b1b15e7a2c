"""Each question that the content command asks gets its answer: every check is seen to fail once."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from server.content_check import check_content, texts_of
from server.library import load_library

CONTENT = Path(__file__).resolve().parents[2] / "content"
TODAY = date(2026, 11, 20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real content, to break."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_a_file_that_does_not_load_is_the_only_error(folder: Path) -> None:
    (folder / "helplines.yaml").unlink()

    assert check_content(folder, TODAY).errors == (f"{folder}/helplines.yaml:1: this file is missing",)


def test_a_text_that_is_hard_to_read_is_an_error(folder: Path) -> None:
    heavy = "Institutional multidisciplinary responsibilities necessitate comprehensive organisational consideration "
    replace(folder / "en/exit.md", "It asks nothing and tells nobody that you were here.", heavy * 20)

    (error,) = check_content(folder, TODAY).errors

    assert error.startswith("en/exit.md: hard to read (")


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ('    hours: "Lun-vie 08:00-20:00"\n', "pl-feminoteka: hours are not translated"),
        (
            '    silent_or_covert_note: "El WhatsApp 019-261 5999 llega al mismo servicio."\n',
            "my-talian-kasih: silent_or_covert_note is not translated",
        ),
        (
            '    text_to_emergency: "0800 133 133 (policía; fuente de 2020)"\n',
            "AT: text_to_emergency is not translated",
        ),
    ],
)
def test_a_remark_without_a_translation_is_an_error(folder: Path, old: str, said: str) -> None:
    replace(folder / "es/lines.yaml", old, "    {}\n")

    assert check_content(folder, TODAY).errors == (f"es/lines.yaml: {said}",)


def test_a_translation_with_another_number_is_an_error(folder: Path) -> None:
    replace(folder / "es/lines.yaml", "El WhatsApp 019-261 5999", "El WhatsApp 019-261 5998")

    (error,) = check_content(folder, TODAY).errors

    assert error == "es/lines.yaml: my-talian-kasih: silent_or_covert_note has other numbers than the data"


def test_a_translation_of_what_the_data_does_not_say_is_an_error(folder: Path) -> None:
    replace(folder / "es/lines.yaml", "lines:\n", 'lines:\n  gb-childline:\n    hours: "Siempre"\n')

    assert check_content(folder, TODAY).errors == (
        "es/lines.yaml: gb-childline: hours is translated, but the data has none",
    )


def test_what_was_not_looked_at_for_180_days_is_listed_and_fails_nothing(folder: Path) -> None:
    replace(folder / "helplines.yaml", '    country: "US"', '    checked_on: "2026-11-20"\n    country: "US"')
    replace(folder / "emergency_numbers.yaml", '    police: "999"', '    checked_on: "2026-11-20"\n    police: "999"')

    assert check_content(folder, TODAY + timedelta(days=180)).overdue == ()
    later = check_content(folder, TODAY + timedelta(days=181))

    assert later.errors == ()
    assert "en/exit-plain.md: reviewed on 2026-11-20" in later.overdue
    assert "us-national-domestic-violence-hotline: checked on 2026-11-20" in later.overdue
    assert "AE: checked on 2026-11-20" in later.overdue
    assert later.lines[0].startswith("overdue: ")


def test_the_summary_says_how_many_numbers_the_host_has_dialled(folder: Path) -> None:
    replace(folder / "helplines.yaml", '    country: "US"', '    checked_on: "2026-11-20"\n    country: "US"')

    findings = check_content(folder, TODAY)

    assert findings.lines == ("en, es: 171 help lines in 75 countries, 1 of them checked by you",)


def test_every_word_a_person_reads_is_measured() -> None:
    edition = load_library(CONTENT, TODAY).edition("en")
    texts = [text for _, part in texts_of(edition) for text in part]

    assert "Which rooms have a door or a window that you can get out of?" in texts
    assert "Find five things you can see." in texts
    assert edition.hello.storage_note in texts
    assert edition.strings["lines_bill"] in texts
    assert not any("<" in text for text in texts)
