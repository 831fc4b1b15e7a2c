"""Each question that the content command asks gets its answer: every check is seen to fail once."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from server.content_check import check_content, texts_of
from server.library import load_library
from server.outside_words import telling_words
from tests.promises.telltale import find_words
from tests.server.terminal import nightjar

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


def test_how_to_join_a_group_without_a_translation_is_an_error_in_a_whole_language(folder: Path) -> None:
    replace(folder / "es/groups.yaml", '    join: "Nadie puede escribir allí en lugar de otra persona."\n', "")
    (folder / "ar/groups.yaml").unlink()

    findings = check_content(folder, TODAY)

    assert findings.errors == ("es/groups.yaml: gb-survivors-forum: join is not translated",)
    assert "ar/groups.yaml: gb-survivors-forum: join is not translated" in findings.of("translation")


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
    replace(folder / "en/exit-plain.md", "reviewed_by: null", 'reviewed_by: "An advocate"')
    mine = {
        "en/exit-plain.md: looked over on 2026-11-20",
        "us-national-domestic-violence-hotline: checked on 2026-11-20",
        "AE: checked on 2026-11-20",
    }

    assert mine.isdisjoint(check_content(folder, TODAY + timedelta(days=180)).of("overdue"))
    later = check_content(folder, TODAY + timedelta(days=181))

    assert later.errors == ()
    assert mine <= set(later.of("overdue"))


def test_a_number_nobody_dialled_is_as_old_as_its_newest_source() -> None:
    overdue = check_content(CONTENT, TODAY).of("overdue")

    assert len(overdue) == 156
    assert "us-love-is-respect: nobody has dialled it, newest source: 2019-05-09" in overdue


def test_the_summary_says_how_many_numbers_the_host_has_dialled(folder: Path) -> None:
    replace(folder / "helplines.yaml", '    country: "US"', '    checked_on: "2026-11-20"\n    country: "US"')

    findings = check_content(folder, TODAY)

    assert findings.summary.endswith(": 171 help lines in 75 countries, 1 of them checked by you")


def test_a_page_that_no_advocate_has_looked_over_is_listed_until_one_has(folder: Path) -> None:
    assert "en/exit.md: no reviewed_by" in check_content(folder, TODAY).of("unreviewed")

    replace(folder / "en/exit.md", "reviewed_by: null", 'reviewed_by: "An advocate"')

    assert "en/exit.md: no reviewed_by" not in check_content(folder, TODAY).of("unreviewed")


def test_two_lines_with_one_number_are_pointed_out(folder: Path) -> None:
    replace(folder / "helplines.yaml", 'phone: "1-866-331-9474"', 'phone: "1-800-799-7233"')
    replace(folder / "helplines.yaml", 'phone_e164: "+18663319474"', "phone_e164: null")

    findings = check_content(folder, TODAY)

    assert "us-national-domestic-violence-hotline: the same number as us-love-is-respect (US)" in findings.of("number")
    assert findings.errors == ()


def test_a_number_that_contradicts_its_international_form_is_an_error(folder: Path) -> None:
    replace(folder / "helplines.yaml", '"+18007997233"', '"+18007997234"')

    assert check_content(folder, TODAY).errors == (
        "us-national-domestic-violence-hotline: 1-800-799-7233 is not +18007997234",
    )


def test_a_number_too_long_to_be_dialled_is_an_error(folder: Path) -> None:
    replace(folder / "helplines.yaml", 'phone: "1-800-799-7233"', 'phone: "1-800-799-7233-1-800-799-7233"')

    assert any("has more than 15 digits" in error for error in check_content(folder, TODAY).errors)


def test_a_title_that_would_tell_is_an_error(folder: Path) -> None:
    replace(folder / "es/hello.yaml", 'title: "Hola"', 'title: "Plan de Seguridad"')

    (error,) = check_content(folder, TODAY).errors

    assert error == "es/hello.yaml: 'Plan de Seguridad' would tell what this is: plan de seguridad"


@pytest.mark.parametrize("text", ["safety-plan", "SafetyPlan", "a hotline", "refugio", "Violación", "العنف"])
def test_the_words_that_tell_are_those_of_every_other_test(text: str) -> None:
    assert telling_words(text)
    assert find_words(text)


@pytest.mark.parametrize("text", ["rest", "drape", "other house", "Hello"])
def test_ordinary_words_are_none_that_tell(text: str) -> None:
    assert not telling_words(text)


# --- what it says ---


def test_a_terminal_shows_errors_last_and_no_endless_lists(folder: Path) -> None:
    replace(folder / "helplines.yaml", '"+18007997233"', '"+18007997234"')

    lines = list(check_content(folder, TODAY).lines)

    assert lines[-1].startswith("1 to mend, ")
    assert lines.index("  us-national-domestic-violence-hotline: 1-800-799-7233 is not +18007997234") > max(
        index for index, line in enumerate(lines) if line.startswith("\nwarning")
    )
    assert len(lines) < 150
    assert "  and 144 more (--json lists all)" in lines


def test_every_page_has_its_figure(folder: Path) -> None:
    pages = {(page.language, page.page): page for page in check_content(folder, TODAY).pages}

    assert {("en", "exit"), ("es", "exit")} <= pages.keys()
    exit_page = pages["en", "exit"]
    assert exit_page.figure is not None
    assert exit_page.limit is not None
    assert 5 < exit_page.figure <= exit_page.limit
    assert exit_page.reviewed_by is None


def test_a_program_gets_everything_as_json(folder: Path) -> None:
    told = json.loads(check_content(folder, TODAY).json)

    assert told["ok"] is True
    assert {"level": "warning", "kind": "unreviewed", "where": "en/exit.md", "says": "no reviewed_by"} in told[
        "findings"
    ]
    assert sum(finding["kind"] == "overdue" for finding in told["findings"]) == 156
    assert all(page["figure"] <= page["limit"] for page in told["pages"] if page["language"] == "en")


def test_the_command_fails_on_errors_alone(tmp_path: Path) -> None:
    fine = nightjar("content check")
    (tmp_path / "own" / "en").mkdir(parents=True)
    (tmp_path / "own" / "en" / "hello.yaml").write_text('title: "Safety plan"\n')
    broken = nightjar("content check --json", content=tmp_path / "own")

    assert fine.returncode == 0
    assert "0 to mend" in fine.stdout
    assert broken.returncode == 1
    assert json.loads(broken.stdout)["ok"] is False


def test_every_word_a_person_reads_is_measured() -> None:
    edition = load_library(CONTENT, TODAY).edition("en")
    texts = [text for _, part in texts_of(edition) for text in part]

    assert "Which rooms have a door or a window that you can get out of?" in texts
    assert "Find five things you can see." in texts
    assert edition.hello.storage_note in texts
    assert edition.strings["lines_bill"] in texts
    assert not any("<" in text for text in texts)
