"""A number can be tapped as it is, and nothing is said of it that the data does not hold."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from server.errors import ContentError
from server.help_lines import Country, Line, without_accents
from server.library import Edition, load_library

CONTENT = Path(__file__).resolve().parents[2] / "content"
TODAY = date(2026, 11, 20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real content, to change."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture(scope="module", params=["en", "es"])
def edition(request: pytest.FixtureRequest) -> Edition:
    return load_library(CONTENT, TODAY).edition(request.param)


@pytest.fixture(scope="module")
def english() -> Edition:
    return load_library(CONTENT, TODAY).edition("en")


@pytest.fixture(scope="module")
def spanish() -> Edition:
    return load_library(CONTENT, TODAY).edition("es")


def country(edition: Edition, code: str) -> Country:
    return next(country for country in edition.countries if country.code == code)


def line(edition: Edition, line_id: str) -> Line:
    return next(line for country in edition.countries for line in country.lines if line.id == line_id)


def write_entry(folder: Path, **changes: str | None) -> Line:
    """Change the first help line and tell it in English."""
    file = folder / "helplines.yaml"
    data = yaml.safe_load(file.read_text("utf-8"))
    data["helplines"][0] |= changes
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return line(load_library(folder, TODAY).edition("en"), data["helplines"][0]["id"])


def test_all_lines_of_all_countries_are_there(edition: Edition) -> None:
    with_lines = [country for country in edition.countries if country.lines]

    assert sum(len(country.lines) for country in edition.countries) == 171
    assert len(with_lines) == 75
    assert sum(country.emergency is not None for country in edition.countries) == 118


def test_countries_stand_where_a_reader_of_the_language_looks_for_them(spanish: Edition, english: Edition) -> None:
    names = [country.name for country in spanish.countries]

    assert names.index("Alemania") < names.index("Andorra") < names.index("Arabia Saudí")
    assert names.index("Egipto") < names.index("El Salvador" if "El Salvador" in names else "España")
    assert names == sorted(names, key=without_accents)
    assert country(english, "DE").name == "Germany"


def test_accents_do_not_move_a_name_behind_z() -> None:
    assert min(["Zambia", "Égypte", "Fidji"], key=without_accents) == "Égypte"


@pytest.mark.parametrize(
    ("line_id", "number", "address"),
    [
        ("us-national-domestic-violence-hotline", "1-800-799-7233", "tel:18007997233"),
        ("jp-dv-navi", "#8008", "tel:%238008"),
        ("mx-cdmx-765", "*765", "tel:*765"),
        ("es-016", "016", "tel:016"),
    ],
)
def test_a_tap_dials_what_is_shown(edition: Edition, line_id: str, number: str, address: str) -> None:
    phone = line(edition, line_id).phone

    assert phone is not None
    assert (phone.number, phone.address) == (number, address)


def test_every_number_can_be_dialled(edition: Edition) -> None:
    dials = [dial for country in edition.countries for line in country.lines for dial in (line.phone, line.sms) if dial]
    for place in edition.countries:
        if place.emergency:
            dials += [d for d in (place.emergency.police, place.emergency.ambulance, place.emergency.general) if d]

    for dial in dials:
        kept = "".join(sign for sign in dial.number if sign.isdigit())
        bare = dial.address.partition(":")[2].partition("?")[0]
        assert bare.lstrip("+*").removeprefix("%23") == kept


def test_a_text_carries_the_word_that_the_service_wants(edition: Edition) -> None:
    sms = line(edition, "us-national-domestic-violence-hotline").sms

    assert sms is not None
    assert (sms.number, sms.word, sms.address) == ("88788", "START", "sms:88788?body=START")


def test_a_line_without_a_phone_has_none(english: Edition) -> None:
    assert line(english, "gb-shout").phone is None


def test_round_the_clock_is_said_in_words(english: Edition, spanish: Edition) -> None:
    assert line(english, "fr-3919").hours == "24 hours a day, every day"
    assert line(spanish, "fr-3919").hours == "Las 24 horas, todos los días"


def test_hours_and_remarks_are_told_in_the_language(spanish: Edition) -> None:
    told = line(spanish, "cl-1455")

    assert told.hours
    assert told.note
    assert told.hours.startswith("Lun-vie 08:00-24:00, no en días festivos")
    assert told.note.startswith("El WhatsApp +56 9 9700 7000 (mismo horario) es otra opción.")


def test_doubts_about_a_line_are_told_to_who_calls(english: Edition, spanish: Edition) -> None:
    assert "closed" in (line(english, "ar-144").note or "")
    assert "se cerró" in (line(spanish, "ar-144").note or "")
    assert "older official pages" in (line(english, "cl-1455").hours or "")
    assert "páginas oficiales anteriores" in (line(spanish, "cl-1455").hours or "")


def test_unknown_hours_stay_unknown(english: Edition) -> None:
    assert line(english, "gb-childline").hours is None


def test_languages_have_names(english: Edition, spanish: Edition) -> None:
    assert "Santali" in line(english, "in-tele-manas").languages
    assert "Dari" in line(english, "fi-nollalinja").languages
    assert line(spanish, "cz-rosa-800605080").languages == ("checo", "inglés")


def test_the_surest_line_about_abuse_for_the_whole_country_comes_first(english: Edition) -> None:
    first = country(english, "GB").lines
    last = country(english, "GB").lines[-1]

    assert first[0].id == "gb-national-domestic-abuse-helpline"
    assert [line.regional for line in country(english, "TR").lines] == [False, False, True]
    assert last.confidence == "one_secondary"


def test_one_number_for_everything_is_recognised(english: Edition) -> None:
    finland, france = country(english, "FI").emergency, country(english, "FR").emergency

    assert finland is not None
    assert france is not None
    assert finland.one_number is not None
    assert finland.one_number.number == "112"
    assert france.one_number is None
    assert france.first.number == "112"


def test_where_only_the_police_number_is_known_it_is_the_first(english: Edition) -> None:
    peru = country(english, "PE").emergency

    assert peru is not None
    assert (peru.first.number, peru.ambulance, peru.general) == ("105", None, None)


def test_nothing_claims_to_be_checked_that_nobody_dialled(edition: Edition) -> None:
    keys = {line.check_key for country in edition.countries for line in country.lines}

    assert keys == {"not_checked_since", "not_checked"}
    assert {place.emergency.check_key for place in edition.countries if place.emergency} == {"emergency_not_checked"}


@pytest.mark.parametrize(
    ("seen", "words"), [("2022-01-20", "January 20, 2022"), ("2024-03", "March 2024"), ("2016", "2016")]
)
def test_a_source_is_dated_as_exactly_as_it_dates_itself(folder: Path, seen: str, words: str) -> None:
    told = write_entry(folder, seen=seen)

    assert (told.check_key, told.check_date) == ("not_checked_since", words)


def test_a_source_without_a_date_has_none(folder: Path) -> None:
    told = write_entry(folder, seen=None)

    assert (told.check_key, told.check_date) == ("not_checked", None)


@pytest.mark.parametrize(("days", "key"), [(0, "checked_on"), (180, "checked_on"), (181, "checked_long_ago")])
def test_a_check_grows_old_after_180_days(folder: Path, days: int, key: str) -> None:
    told = write_entry(folder, checked_on=(TODAY - timedelta(days=days)).isoformat())

    assert told.check_key == key
    assert told.check_date is not None


def test_a_confirmed_emergency_number_says_so(folder: Path) -> None:
    file = folder / "emergency_numbers.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace('    police: "999"', '    checked_on: "2026-11-01"\n    police: "999"', 1), "utf-8")

    emergency = country(load_library(folder, date(2026, 11, 20)).edition("en"), "AE").emergency

    assert emergency is not None
    assert (emergency.check_key, emergency.check_date) == ("checked_on", "November 1, 2026")


def test_a_country_carries_every_name_it_may_be_looked_up_by(english: Edition, spanish: Edition) -> None:
    assert "deutschland" in country(english, "DE").names
    assert "alemania" in country(spanish, "DE").names
    assert "england" in country(english, "GB").names
    assert country(english, "DE").letter == "G"
    assert country(spanish, "DE").letter == "A"


def test_another_name_for_a_country_that_is_not_there_is_refused(folder: Path) -> None:
    file = folder / "en" / "lines.yaml"
    file.write_text(file.read_text("utf-8") + '  ZW: ["Rhodesia"]\n', "utf-8")

    with pytest.raises(ContentError, match=r"en/lines\.yaml:\d+: ZW: no help line and no emergency number for it"):
        load_library(folder, TODAY)
