"""The shape of every file of content/. What does not fit is refused with its line (see `content_files.py`)."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final, Literal, get_args

from pydantic import Field, StringConstraints, model_validator

from server.content_files import Record

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Paragraphs = Annotated[tuple[Text, ...], Field(min_length=1)]
Kind = Literal[
    "domestic_abuse", "sexual_violence", "stalking", "legal", "housing", "crisis", "lgbtq", "men", "child",
    "forced_marriage",
]  # fmt: skip


# --- Pages, plan, exercises, words ---

# Under which heading a page stands, in the order of the headings; strings.yaml has the words (topic_talk and so on).
Topic = Literal["talk", "together", "care", "ways", "app"]
TOPICS: Final[tuple[Topic, ...]] = get_args(Topic)


class FrontMatter(Record):
    """What stands above the text of a reading page."""

    id: Slug
    title: Text
    topic: Topic
    order: int
    reviewed_on: date
    # Who knows the subject and has read the page against its sources: an organisation or a role, shown in the app.
    # Empty: nobody has, and the app says so.
    reviewed_by: Text | None = None
    sources: Paragraphs
    # The page whose place this one takes on plain pages, where some of what that one says would not be true.
    plain_for: Slug | None = None


class TickItem(Record):
    """One thing to tick off."""

    id: Slug
    text: Text


class Prompt(Record):
    """One question of the plan."""

    id: Slug
    text: Text
    kind: Literal["text", "ticks", "list"]
    items: tuple[TickItem, ...] = ()

    @model_validator(mode="after")
    def _tick_only_where_there_are_items(self) -> "Prompt":
        if (self.kind == "ticks") != bool(self.items):
            raise ValueError("items belong to kind ticks, and to no other kind")
        _refuse_equal_ids(item.id for item in self.items)
        return self


class PlanSection(Record):
    """One part of the plan."""

    id: Slug
    title: Text
    intro: Text
    notes: tuple[Text, ...] = ()
    prompts: tuple[Prompt, ...] = Field(min_length=3, max_length=8)

    @model_validator(mode="after")
    def _number_each_prompt_once(self) -> "PlanSection":
        _refuse_equal_ids(item.id for item in self.prompts)
        return self


class Plan(Record):
    """The safety plan, as questions to read."""

    title: Text
    opening: Paragraphs
    sections: tuple[PlanSection, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _number_each_section_once(self) -> "Plan":
        _refuse_equal_ids(item.id for item in self.sections)
        return self


class BreathStep(Record):
    """One phase of a slow breath; one of no seconds is left out until somebody wants it."""

    phase: Literal["in", "hold", "out", "rest"]
    text: Text
    seconds: int = Field(ge=0, le=10)

    @model_validator(mode="after")
    def _take_time_to_breathe(self) -> "BreathStep":
        if self.seconds == 1 or (self.phase in {"in", "out"} and not self.seconds):
            raise ValueError("a phase takes two seconds at least, or none where it can be left out")
        return self


class Exercise(Record):
    """One exercise to feel steadier; its id is its view."""

    id: Annotated[str, StringConstraints(pattern=r"^steady-[1-9][0-9]?$")]
    title: Text
    kind: Literal["steps", "breath", "count"]
    note: Text
    steps: Paragraphs
    # What comes one after the other, to be found before it is shown: numbers, or letters.
    count: tuple[Text, ...] = ()
    pattern: tuple[BreathStep, ...] = ()
    closing: Paragraphs

    @model_validator(mode="after")
    def _have_what_its_kind_asks_for(self) -> "Exercise":
        for field in ("pattern", "count"):
            kind = "breath" if field == "pattern" else field
            if (self.kind == kind) != bool(getattr(self, field)):
                raise ValueError(f"{field} belongs to kind {kind}, and to no other kind")
        if self.pattern and [step.phase for step in self.pattern if step.phase in {"in", "out"}] != ["in", "out"]:
            raise ValueError("a pattern breathes in once, and then out")
        return self


class Grounding(Record):
    """All exercises, outward ones first."""

    title: Text
    note: Paragraphs
    # Stands below each exercise, after its own closing.
    closing: Paragraphs
    exercises: tuple[Exercise, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _number_each_exercise_once(self) -> "Grounding":
        _refuse_equal_ids(item.id for item in self.exercises)
        return self


class About(Record):
    """What about.yaml says of a language: everything that is no page is looked over as one."""

    # Where a language is not whole, what it lacks is shown in the first language, and marked as such.
    whole: bool = True
    reviewed_by: Text | None = None


class SmallStep(Record):
    """One step towards people; whoever has picked it keeps its id."""

    id: Slug
    text: Text


class Band(Record):
    """Steps of about the same size."""

    id: Slug
    title: Text
    steps: tuple[SmallStep, ...] = Field(min_length=1)


class SmallSteps(Record):
    """The ladder, from lightest on."""

    title: Text
    intro: Paragraphs
    # What each picked step asks first.
    ask: Text
    bands: tuple[Band, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _number_each_step_once(self) -> "SmallSteps":
        _refuse_equal_ids(band.id for band in self.bands)
        _refuse_equal_ids(step.id for band in self.bands for step in band.steps)
        return self


class ScreenWords(Record):
    """Words of the screens inside."""

    strings: Annotated[dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")], Text], Field(min_length=1)]


class Hello(Record):
    """The page where a host sends people, in the order in which it is read."""

    title: Text
    heading: Text
    language_label: Text
    intro: Paragraphs
    watching_title: Text
    watching_text: Paragraphs
    leave_button: Text
    shows_title: Text
    shows_items: Paragraphs
    cannot_title: Text
    cannot_items: Paragraphs
    pick_title: Text
    pick_text: Text
    pick_button: Text
    practise_title: Text
    practise_text: Text
    practise_start: Text
    practise_door: Text
    practise_open: Text
    practise_exit: Text
    practise_close: Text
    practise_done: Text
    practise_again: Text
    install_title: Text
    install_text: Text
    install_android_title: Text
    install_android_steps: Paragraphs
    install_iphone_title: Text
    install_iphone_steps: Paragraphs
    install_other: Text
    storage_note: Text
    open_button: Text
    plain_title: Text
    plain_text: Text
    without_script: Text
    older_title: Text
    older_text: Text


# --- Help lines and emergency numbers, as they stand in the data ---


Number = Annotated[str, StringConstraints(pattern=r"^\+?[*#]?[0-9][0-9 ()-]*$")]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\"'<>]+$")]
# What the newest source says of its own date: a day, a month or a year.
SeenDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class HelplineEntry(Record):
    """One help line as it stands in helplines.yaml."""

    id: Slug
    country: str
    name: Text
    kinds: tuple[Kind, ...] = Field(alias="for", min_length=1)
    regional: bool = False
    phone: Number | None
    phone_e164: Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{5,14}$")] | None
    sms: Annotated[str, StringConstraints(pattern=r"^[0-9][0-9 -]*( \(text [A-Z]+\))?$")] | None
    chat_url: WebAddress | None
    url: WebAddress | None
    hours: Text | None
    languages: tuple[Slug, ...] | None
    free: bool | None
    silent_or_covert_note: Text | None
    sources: Paragraphs
    confidence: Literal["two_sources", "one_official", "one_secondary"]
    seen: SeenDate | None
    checked_on: date | None = None

    @model_validator(mode="after")
    def _reachable_in_some_way(self) -> "HelplineEntry":
        if not (self.phone or self.sms or self.chat_url):
            raise ValueError("a help line needs a phone, sms or chat_url")
        return self


class Helplines(Record):
    """All of helplines.yaml."""

    helplines: tuple[HelplineEntry, ...] = Field(min_length=1)


class EmergencyEntry(Record):
    """One country of emergency_numbers.yaml."""

    police: Number | None
    ambulance: Number | None
    general: Number | None
    text_to_emergency: Text | None
    silent_call: Text | None
    sources: Paragraphs
    confidence: Literal["page_and_dataset", "two_pages", "two_datasets", "partly_one_dataset"]
    checked_on: date | None = None

    @model_validator(mode="after")
    def _names_some_number(self) -> "EmergencyEntry":
        if not (self.police or self.ambulance or self.general):
            raise ValueError("a country needs police, ambulance or general")
        return self


class EmergencyNumbers(Record):
    """All of emergency_numbers.yaml."""

    countries: dict[str, EmergencyEntry] = Field(min_length=1)


# --- Groups and services ---

GroupKind = Literal["peers", "law", "home", "phones", "talk"]
GROUP_KINDS: Final[tuple[GroupKind, ...]] = get_args(GroupKind)
Whom = Literal["women", "men", "lgbtq", "young", "married", "followed"]
GroupWay = Literal["online", "phone", "in_person"]
GROUP_WAYS: Final[tuple[GroupWay, ...]] = get_args(GroupWay)


class GroupEntry(Record):
    """One group or service as it stands in groups.yaml; what no source says is left out."""

    id: Slug
    name: Text
    kind: GroupKind
    whom: tuple[Whom, ...] = ()
    country: str | None
    ways: tuple[GroupWay, ...] = Field(min_length=1)
    languages: tuple[Slug, ...] = ()
    join: Text | None = None
    free: bool | None = None
    url: WebAddress | None = None
    line: Slug | None = None
    sources: Paragraphs
    reviewed_on: date | None

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "GroupEntry":
        if not (self.url or self.line or self.join):
            raise ValueError("a group needs url, line or join: some way to get there")
        return self


class Groups(Record):
    """All of groups.yaml."""

    groups: tuple[GroupEntry, ...] = Field(min_length=1)


class GroupWords(Record):
    """What a language says instead of the words of one group."""

    name: Text | None = None
    join: Text | None = None


class GroupTranslations(Record):
    """All of content/<language>/groups.yaml."""

    groups: dict[str, GroupWords] = Field(default_factory=dict)


# --- Translations of the few words inside the data ---


class LineWords(Record):
    """What a language says instead of the words of one help line; what is left out stays as it is."""

    name: Text | None = None
    hours: Text | None = None
    silent_or_covert_note: Text | None = None


class EmergencyWords(Record):
    """What a language says instead of the words of one country's emergency entry."""

    text_to_emergency: Text | None = None
    silent_call: Text | None = None


class LineTranslations(Record):
    """All of content/<language>/lines.yaml."""

    lines: dict[str, LineWords] = Field(default_factory=dict)
    emergency: dict[str, EmergencyWords] = Field(default_factory=dict)
    # What a country is also called (older names, parts of it), for whoever looks it up; by its two letters.
    also: dict[str, Paragraphs] = Field(default_factory=dict)


def _refuse_equal_ids(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise ValueError(f"the id {name} stands twice")
        seen.add(name)
