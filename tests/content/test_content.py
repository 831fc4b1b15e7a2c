"""The words and numbers themselves: complete, unchanged, plain, and kind."""

import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
import yaml

from server.content_check import check_content, texts_of
from server.content_files import read_yaml
from server.content_records import EmergencyNumbers, Helplines
from server.library import Edition, Library, load_library
from server.reading_age import syllables_in_spanish
from tests.promises.telltale import find_words

PROJECT = Path(__file__).resolve().parents[2]
CONTENT = PROJECT / "content"
# What was collected, where it lies beside the project; elsewhere the copy in content/ is all there is.
COLLECTED = PROJECT.parent / "shared" / "content"
TODAY = date(2026, 11, 20)
LANGUAGES = ("en", "es")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(CONTENT, TODAY)


@pytest.fixture(params=LANGUAGES)
def edition(library: Library, request: pytest.FixtureRequest) -> Edition:
    return library.edition(request.param)


@pytest.fixture
def sentences(edition: Edition) -> list[str]:
    """Everything a person reads inside in one language, remarks of help lines apart: those are facts of others."""
    return [text for _, part in texts_of(edition) for text in part]


def test_the_content_command_finds_nothing_wrong() -> None:
    assert check_content(CONTENT, TODAY).errors == ()


# --- help lines ---


def test_no_number_got_lost() -> None:
    lines = read_yaml(CONTENT / "helplines.yaml").parse(Helplines).helplines
    emergency = read_yaml(CONTENT / "emergency_numbers.yaml").parse(EmergencyNumbers).countries

    assert len(lines) == 171
    assert len({line.country for line in lines}) == 75
    assert len(emergency) == 118


@pytest.mark.skipif(not COLLECTED.exists(), reason="the collected data is not beside this project")
def test_every_fact_is_the_collected_one() -> None:
    collected = yaml.safe_load((COLLECTED / "hotlines.yaml").read_text("utf-8"))["hotlines"]
    ours = yaml.safe_load((CONTENT / "helplines.yaml").read_text("utf-8"))["helplines"]
    own_fields = {"checked_on", "regional"}

    assert [{key: value for key, value in line.items() if key not in own_fields} for line in ours] == collected


@pytest.mark.skipif(not COLLECTED.exists(), reason="the collected data is not beside this project")
def test_every_emergency_number_is_the_collected_one() -> None:
    collected = yaml.safe_load((COLLECTED / "emergency_numbers.yaml").read_text("utf-8"))["countries"]
    ours = yaml.safe_load((CONTENT / "emergency_numbers.yaml").read_text("utf-8"))["countries"]

    for entry in ours.values():
        entry.pop("checked_on", None)
    assert ours == collected


@pytest.mark.skipif(not COLLECTED.exists(), reason="the collected data is not beside this project")
@pytest.mark.parametrize(
    ("ours", "collected"), [("helplines.yaml", "hotlines.yaml"), ("emergency_numbers.yaml", "emergency_numbers.yaml")]
)
def test_the_notes_about_conflicting_sources_came_along(ours: str, collected: str) -> None:
    noted = {line for line in (COLLECTED / collected).read_text("utf-8").splitlines() if line.startswith("  #")}

    assert noted <= set((CONTENT / ours).read_text("utf-8").splitlines())


def test_the_phones_own_number_agrees_with_the_international_one() -> None:
    for line in read_yaml(CONTENT / "helplines.yaml").parse(Helplines).helplines:
        if line.phone and line.phone_e164:
            national = re.sub(r"\D", "", line.phone).lstrip("0")
            assert line.phone_e164.endswith(national[-7:]), line.id


# --- the plan and the exercises ---


def test_the_plan_has_its_nineteen_parts(edition: Edition) -> None:
    assert [section.id for section in edition.sections] == [
        "now", "home", "signals", "people", "places", "going", "bag", "children", "animals", "body", "work", "phone",
        "money", "papers", "housing", "language", "after", "heart", "review",
    ]  # fmt: skip


def test_the_plan_opens_by_leaving_the_choice_to_the_reader(library: Library) -> None:
    assert library.edition("en").plan.opening[0] == (
        "Pick only what helps. You know your situation best. Nothing here is required."
    )


def test_the_bag_can_be_ticked_off_and_left_behind(edition: Edition) -> None:
    bag = next(section for section in edition.sections if section.id == "bag")

    assert sum(len(prompt.items) for prompt in bag.prompts) >= 14
    assert bag.notes


def test_harm_to_the_neck_is_told_as_information(edition: Edition) -> None:
    body = next(section for section in edition.sections if section.id == "body")

    assert any("neck" in note or "cuello" in note for note in body.notes)


def test_exercises_turn_outward_before_they_turn_to_the_breath(edition: Edition) -> None:
    kinds = [exercise.kind for exercise in edition.exercises]

    assert len(kinds) >= 10
    assert {"steps", "count", "breath"} == set(kinds)
    assert "breath" not in kinds[:10]


def test_the_breath_is_not_held_unless_somebody_chooses_so(edition: Edition) -> None:
    first, *others = [exercise for exercise in edition.exercises if exercise.kind == "breath"]
    seconds = {step.phase: step.seconds for step in first.pattern}

    assert seconds == {"in": seconds["in"], "hold": 0, "out": seconds["out"]}
    assert seconds["in"] < seconds["out"]
    # Where one holds, it says what that may do to some people.
    for exercise in others:
        assert re.search(r"may feel bad|puede sentar mal", exercise.note)


def test_each_exercise_ends_with_people_who_can_help(edition: Edition) -> None:
    # The words below every exercise; the way to the lines stands under them.
    assert re.search(r"help lines|líneas de ayuda", " ".join(edition.grounding.closing), re.IGNORECASE)
    assert re.search(DANGER[edition.language], " ".join(edition.grounding.closing))


def test_counting_back_counts_right(edition: Edition) -> None:
    counts = [[int(one) for one in it.count] for it in edition.exercises if it.count and it.count[0].isdigit()]

    assert counts == [list(range(100, 0, -3))]


def test_a_game_of_letters_has_those_of_its_language(library: Library) -> None:
    letters = {
        language: "".join(it.count)
        for language in LANGUAGES
        for it in library.edition(language).exercises
        if it.count and it.count[0].isalpha()
    }

    assert letters == {"en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "es": "ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"}


def test_small_steps_go_from_only_reading_to_a_group(edition: Edition) -> None:
    bands = edition.steps.bands

    assert [band.id for band in bands] == ["head", "near", "sign", "more", "side", "close", "group"]
    assert bands[0].steps[0].id == "read"
    assert all(len(band.steps) >= 3 for band in bands)


def test_no_small_step_is_counted_or_dated(edition: Edition) -> None:
    said = [text for key, text in edition.strings.items() if key.startswith("steps_")]
    said += [step.text for band in edition.steps.bands for step in band.steps]

    assert [text for text in said if re.search(r"\d|streak|score|racha|punt(?:o|aje)s", text)] == []


# --- the pages to read ---

# What the app says of itself is as long as it has to be.
OF_THE_APP = "app"
FOR_WHOM = {
    "en": ["teens", "men", "LGBTQ+", "people who moved here", "disabled", "older"],
    "es": ["dolescentes", "hombre", "LGBTQ+", "otro país", "discapacidad", "mayor"],
}
# The heading above these passages.
DIFFERS = {"en": " differ", "es": " diferente "}


@pytest.fixture
def pages(edition: Edition) -> dict[str, str]:
    """The text of each page about a life, not about the app."""
    texts = {name: " ".join(text) for name, text in texts_of(edition)}
    return {page.id: texts[f"{page.id}.md"] for page in edition.pages if page.topic != OF_THE_APP}


def test_a_page_is_read_in_a_few_minutes(pages: dict[str, str]) -> None:
    assert {name: len(text.split()) for name, text in pages.items() if not 250 <= len(text.split()) <= 700} == {}


def test_every_page_has_a_word_for_those_whose_way_differs(edition: Edition, pages: dict[str, str]) -> None:
    for name, text in pages.items():
        _, heading, passages = text.rpartition(DIFFERS[edition.language])
        assert heading, name
        assert [who for who in FOR_WHOM[edition.language] if who not in passages] == [], name


def test_no_page_says_what_a_number_would_have_to_prove(pages: dict[str, str]) -> None:
    # Numbers to call stand among the help lines, with their sources; figures go stale and frighten.
    assert [name for name, text in pages.items() if re.search(r"\d", text)] == []


def test_leaving_staying_and_after_stand_side_by_side(edition: Edition) -> None:
    three = {"leaving", "staying", "after"}
    for page in three:
        opening = edition.page(page).html.partition("</p>")[0]
        assert {view for view in three if f"view:{view}" in opening} == three - {page}
    words = [len(edition.page(page).html.split()) for page in three]
    assert max(words) < 1.3 * min(words)


# A reader must find the people whose work it is from wherever danger is spoken of.
DANGER = {"en": r"emergency number|thoughts of dying", "es": r"número de emergencias|ideas de morir"}


def test_where_danger_is_named_help_is_one_step_away(edition: Edition, pages: dict[str, str]) -> None:
    named = [name for name, text in pages.items() if re.search(DANGER[edition.language], text, re.IGNORECASE)]

    assert {"for-friends", "leaving", "looking-after"} <= set(named)
    unlinked = [name for name in named if "view:lines" not in edition.page(name).html]
    assert unlinked == []


def test_spanish_pages_are_quite_easy_by_a_second_measure(library: Library) -> None:
    # Fernández Huerta 1959 with the coefficients as mended by Law 2011; 70 and more is "fairly easy".
    for name, texts in texts_of(library.edition("es")):
        if name.endswith(".md"):
            sentences = [part.split() for text in texts for part in re.split(r"[.!?]+(?:\s|$)", text) if part.split()]
            words = [word for sentence in sentences for word in sentence]
            syllables = sum(syllables_in_spanish(re.sub(r"\W", "", word)) for word in words)
            assert 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / len(sentences) >= 70, name


# --- names that could show outside ---


def test_no_name_tells_what_this_is(edition: Edition) -> None:
    names = [*edition.views, *(path.stem for path in (CONTENT / edition.language).iterdir())]
    for section in edition.sections:
        names.append(section.id)
        for prompt in section.prompts:
            names += [prompt.id, *(item.id for item in prompt.items)]

    assert find_words("\n".join(names)) == set()


def test_the_welcome_pages_title_tells_nothing(edition: Edition) -> None:
    assert find_words(edition.hello.title) == set()


def test_words_that_were_checked_would_have_been_found() -> None:
    assert find_words("other-house") == set()
    assert find_words("safety-plan")


# --- tone ---

ORDERS = {
    "en": r"\byou (?:must|should|have to|need to|ought)\b|\bmake sure\b|\bdon't\b|\bnever (?:tell|go|do)\b",
    "es": r"\b(?:debes|deberías|tienes que \w+r|asegúrate|nunca (?:digas|vayas|hagas))\b",
}
GENDERED = {
    "en": r"\b(?:he|she|him|her|his|hers|husband|wife|boyfriend|girlfriend)\b",
    "es": (
        r"\b(?:marido|esposo|esposa|novio|novia|amigo|amiga|vecino|vecina|abogado|abogada|el agresor|"
        r"segur[oa] de|list[oa] para|cansad[oa]|sol[oa] con)\b"
    ),
}
PROMISES = {
    "en": r"\b(?:guarantee|100 ?%|(?:completely|totally) safe|keeps? you safe|untraceable|undetectable|no trace)\b",
    "es": r"\b(?:garantiza\w*|100 ?%|totalmente segur[oa]|te mantiene a salvo|indetectable|sin rastro)\b",
}


@pytest.mark.parametrize("rule", [ORDERS, GENDERED, PROMISES], ids=["orders", "gender", "promises"])
def test_nobody_is_ordered_gendered_or_promised_safety(
    edition: Edition, sentences: list[str], rule: dict[str, str]
) -> None:
    found = [text for text in sentences if re.search(rule[edition.language], text, re.IGNORECASE)]

    assert found == []


@pytest.mark.parametrize(
    ("rule", "language", "text"),
    [
        (ORDERS, "en", "You must leave."),
        (ORDERS, "es", "Tienes que salir de ahí."),
        (GENDERED, "en", "Does he check your phone?"),
        (GENDERED, "es", "Llama a una amiga."),
        (PROMISES, "en", "This keeps you safe."),
        (PROMISES, "es", "No deja nada, sin rastro."),
    ],
)
def test_a_sentence_of_the_wrong_tone_would_be_found(rule: dict[str, str], language: str, text: str) -> None:
    assert re.search(rule[language], text, re.IGNORECASE)


def test_no_emoji(sentences: list[str]) -> None:
    signs = {sign for text in sentences for sign in text if unicodedata.category(sign) in {"So", "Cs"}}

    assert signs == set()


def test_the_same_honest_warning_stands_wherever_somebody_begins(edition: Edition) -> None:
    warning = edition.strings["start_watched"]
    cannot = warning.partition(". ")[0]

    assert cannot in edition.page("traces").html
    assert any(cannot in text for text in edition.hello.watching_text)


def test_what_a_call_leaves_behind_is_said(edition: Edition) -> None:
    assert re.search(r"bill|factura", edition.strings["lines_bill"])
    assert re.search(r"history|historial", edition.strings["lines_link_warning"])


TRACES = {
    "en": ["history", "open apps", "icon", "storage", "notices", "screen time", "The phone's files", "not locked",
           "keyboard", "Screenshots", "bill", "Other devices", "Backups", "name of the site", "Software on the phone"],
    "es": ["historial", "apps abiertas", "icono", "espacio", "avisos", "tiempo de uso",
           "archivos del teléfono", "bajo llave", "teclado", "capturas", "factura", "Otros aparatos",
           "Copias de seguridad", "nombre del sitio", "programa en el teléfono"],
}  # fmt: skip


def test_every_trace_is_on_the_list(edition: Edition) -> None:
    html = edition.page("traces").html

    assert [trace for trace in TRACES[edition.language] if trace not in html] == []


def test_a_lost_code_is_said_twice_where_one_is_chosen(edition: Edition) -> None:
    words = edition.strings

    assert re.search(r"If it is lost, your words are lost|Si se pierde, se pierden tus palabras", words["safe_lost"])
    assert re.search(r"no code, no words|sin código no hay palabras", words["safe_lost_again"])


def test_a_second_code_is_never_said_to_fool_everyone(edition: Edition) -> None:
    honest = edition.strings["safe_second_honest"]

    assert re.search(r"will not fool everyone|no engaña a todo el mundo", honest)
    assert not re.search(r"undetect|cannot be found|imposible de|nadie puede", " ".join(edition.strings.values()))


def test_the_quiet_way_names_the_button_as_the_screen_does(edition: Edition) -> None:
    frame = yaml.safe_load((PROJECT / "pwa" / "shell" / "texts.yaml").read_text("utf-8"))["languages"]

    assert frame[edition.language]["goOn"] in edition.strings["remove_quiet_text"]


def test_an_iphone_is_told_before_installing_that_words_are_kept_only_after_it(edition: Edition) -> None:
    assert re.search(r"In Safari nothing of yours is kept|En Safari no se guarda nada tuyo", edition.hello.storage_note)
    assert re.search(r"nothing is kept in Safari|en Safari no se guarda nada", edition.strings["safe_apple_text"])
