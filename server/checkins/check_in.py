"""The words of the ladder: one check-in and where it stands, what can happen to it, and what is to be sent.

Moments are seconds since 1970 in UTC. Deadlines are rounded up to five minutes: in the database they stand in clear,
and exact ones would tell when somebody touched her phone. A buddy is the opaque id of a pair.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Final, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from server.checkins.complaints import complaint
from server.errors import CheckInError

MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 86_400
BUCKET_SECONDS: Final = 5 * MINUTE
# Nothing that she or a rota asks for reaches further ahead.
LONGEST_SECONDS: Final = DAY

# Answered check-ins go within a day. One with buddies who worry stays longer: they can still be told all is well.
KEEP_ENDED_SECONDS: Final = DAY
KEEP_NUDGED_SECONDS: Final = 7 * DAY


class Rung(StrEnum):
    """Where a check-in stands."""

    LATER = "later"  # she asked to be asked later
    PROMPTED = "prompted"
    REMINDED = "reminded"
    GRACE_ENDED = "grace ended"  # nobody is there to nudge, or nobody now
    NUDGING = "nudging"
    ENDED = "ended"


class Ending(StrEnum):
    """Why a check-in ended."""

    ANSWERED = "answered"
    LEFT_OFF = "left off"  # she skipped, paused, or turned check-ins off
    STALE = "stale"  # our own silence was so long that it means nothing any more
    ALL_TRIED = "all tried"
    UNANSWERED = "unanswered"


class Kind(StrEnum):
    """What a message says; each is one byte of a push."""

    PROMPT = "prompt"
    REMINDER = "reminder"
    NUDGE = "nudge"
    ALL_CLEAR = "all_clear"


class Key(NamedTuple):
    """What makes a message that message: a database that holds each key once makes none twice.

    The rung carries a number where her own wish can bring it about again: `prompt.2` after "ask me later".
    The subject is a buddy, or empty for herself.
    """

    check_in: str
    rung: str
    subject: str


class Message(NamedTuple):
    """One message to make. `to` is a buddy, or None for herself; after `good_until` it is not sent any more."""

    kind: Kind
    to: str | None
    key: Key
    good_until: int


class LadderSettings(BaseModel):
    """How long she wants each rung to be, counted from the prompt; read from JSON like a schedule.

    Within a short grace the reminder comes half-way.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    reminder_minutes: Annotated[int, Field(ge=10, le=720)] = 120
    grace_minutes: Annotated[int, Field(ge=30, le=1440)] = 360
    # How long one buddy may stay silent before the next is asked.
    patience_minutes: Annotated[int, Field(ge=15, le=720)] = 60

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read what a phone sent; CheckInError in one line."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise CheckInError(complaint("ladder", error)) from None


class CheckIn(BaseModel):
    """One check-in, complete: what the ladder needs to go on, and nothing about how she is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    rung: Rung
    ending: Ending | None = None
    ended_at: int | None = None
    # Her settings as they were when she was asked: a change counts from the next prompt.
    reminder_seconds: int
    grace_seconds: int
    patience_seconds: int
    # Deadlines. `stale_at` ends the prompt's day; `ask_at` is the later prompt, or the next try to reach a buddy.
    stale_at: int
    ask_at: int | None = None
    remind_at: int
    grace_ends: int
    closes_at: int
    # Outages up to here are accounted for, so that telling of one twice moves nothing twice.
    settled_at: int
    # How often each was begun; part of the keys.
    prompts: int = 1
    reminders: int = 0
    rounds: int = 0
    # The round of nudges: whether she asked for it, and by the quiet answer; who was asked, who is waited for, who said
    # "I am on it".
    company: bool = False
    quiet: bool = False
    tried: tuple[str, ...] = ()
    waiting_for: tuple[str, ...] = ()
    on_it: tuple[str, ...] = ()
    # Everybody nudged since the last all-clear: exactly they get the next.
    nudged: tuple[str, ...] = ()

    @field_validator("waiting_for", mode="before")
    @classmethod
    def _nobody_was_none(cls, value: object) -> object:
        # So it was written down while nobody could be a buddy yet.
        return () if value is None else value

    @property
    def due(self) -> int | None:
        """The next moment at which time itself does something, in steps of five minutes; None when it has ended."""
        match self.rung:
            case Rung.ENDED:
                return None
            case Rung.PROMPTED:
                return self.remind_at
            case Rung.REMINDED:
                return self.grace_ends
            case Rung.LATER | Rung.GRACE_ENDED | Rung.NUDGING:
                return self.closes_at if self.ask_at is None else min(self.ask_at, self.closes_at)

    @property
    def is_open(self) -> bool:
        """Whether an answer still means something to somebody: to the ladder, or to those who were nudged."""
        return self.rung is not Rung.ENDED or bool(self.nudged)

    @property
    def erase_at(self) -> int | None:
        """When its row is to go; None while it is open."""
        if self.ended_at is None:
            return None
        return self.ended_at + (KEEP_NUDGED_SECONDS if self.nudged else KEEP_ENDED_SECONDS)

    def changed(self, **changes: Any) -> Self:  # noqa: ANN401 - the fields of a check-in have many types
        """Return it with these fields changed."""
        return self.model_copy(update=changes)

    def without_round(self) -> Self:
        """Return it with the round of nudges over; who was nudged stays known."""
        return self.changed(ask_at=None, company=False, quiet=False, tried=(), waiting_for=(), on_it=())


class Circle(NamedTuple):
    """Who may be nudged now, as the rota orders them: accepted, not paused, not in quiet hours, not tired out.

    `opted_in` is her wish that silence nudges them. `free_at` is when somebody else becomes free, if that is known.
    `together` is her wish that all are asked at once, and not one after the other.
    """

    opted_in: bool = False
    buddies: tuple[str, ...] = ()
    free_at: int | None = None
    together: bool = False


NOBODY: Final = Circle()


@dataclass(frozen=True)
class TimePassed:
    """The worker looks."""


@dataclass(frozen=True)
class Answered:
    """She answered "I'm all right" or "hard day", from any device, early or late."""


@dataclass(frozen=True)
class CompanyWanted:
    """She answered "I'd like some company", or gave the quiet answer that means duress.

    They differ in the note that a buddy is shown, which no server can read, and in nothing else.
    """

    quiet: bool = False


@dataclass(frozen=True)
class LaterWanted:
    """She asked to be asked at a later moment."""

    at: int


@dataclass(frozen=True)
class LongerWanted:
    """She asked for so many seconds more."""

    seconds: int


@dataclass(frozen=True)
class LeftOff:
    """She skipped today, paused, or turned check-ins off."""


@dataclass(frozen=True)
class AskedAnew:
    """A newer check-in of hers was prompted: one reminder for both is enough."""


@dataclass(frozen=True)
class BuddyOnIt:
    """A buddy replied that they are reaching out."""

    buddy: str


@dataclass(frozen=True)
class BuddyCannot:
    """A buddy replied that they cannot now."""

    buddy: str


Event = (
    TimePassed | Answered | CompanyWanted | LaterWanted | LongerWanted | LeftOff | AskedAnew | BuddyOnIt | BuddyCannot
)


class Step(NamedTuple):
    """What became of a check-in.

    With `withdraw`, first take back what was made for it and not sent yet; then make `messages`.
    """

    check_in: CheckIn
    messages: tuple[Message, ...] = ()
    withdraw: bool = False


def end(check_in: CheckIn, ending: Ending, now: int) -> Step:
    """End it, without a message."""
    ended = check_in.without_round().changed(rung=Rung.ENDED, ending=ending, ended_at=now)
    # A nudge still on its way to a buddy goes on where she stayed silent; only her own act, or our outage, stops it.
    return Step(ended, withdraw=ending not in {Ending.ALL_TRIED, Ending.UNANSWERED})


def round_up(moment: int) -> int:
    """Round a deadline up to five minutes."""
    return -(-moment // BUCKET_SECONDS) * BUCKET_SECONDS
