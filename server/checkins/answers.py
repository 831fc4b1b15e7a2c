"""What an answer counts for: which check-ins it ends, and for which her buddies are asked to come (CI-2, CI-6).

An answer may come late, twice, or after a later one: the phone queues it while it has no network, and sends it again
where it never heard that it arrived. Its shape, as JSON:

    {"id": "q83vEjRWeJCrze8SNFZ4kA",   16 random bytes in base64url, drawn when she answered; every repeat has the same
     "says": "here",                   she answered; or "come": she would like company
     "given_at": 1790000000,           seconds since 1970 by the phone's clock, when she answered
     "sent_at": 1790000060,            the same clock, read at this very sending and not when it was queued
     "check_in": null}                 or the id of the check-in that was on her screen

Both words are equally long, and so is all else: who watches the wire cannot tell a cry from an everyday answer (CI-10).

Phones' clocks are wrong; how long ago something was, they know. So the answer was given `sent_at - given_at` seconds
before it arrived, and a clock that is a day ahead changes nothing. Anything else raises CheckInError, which repeats no
value. A wish for company that names a check-in of long ago is unknown like any other: the phone then sends it unnamed.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Annotated, Final, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from server.checkins.complaints import complaint
from server.errors import CheckInError

# Deadlines and prompts are written down in steps of five minutes.
EARLY_SECONDS: Final = 5 * 60
# What is older than this says nothing of how she is now: no buddy is sent to her for it.
COMPANY_SECONDS: Final = 86_400
# How long to remember the ids of answers; a phone gives up sending one after a week.
REMEMBER_SECONDS: Final = 9 * 86_400

Moment = Annotated[int, Field(ge=0, lt=2**53)]


class Answer(BaseModel):
    """One answer as a phone sends it; see the top of this file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str = Field(pattern="^[A-Za-z0-9_-]{22}$")
    says: Literal["here", "come"]
    given_at: Moment
    sent_at: Moment
    check_in: str | None = Field(default=None, min_length=1, max_length=64)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read what a phone sent; CheckInError in one line."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise CheckInError(complaint("answer", error)) from None

    def given(self, now: int) -> int:
        """Return when she gave it, by our clock. An answer from the future was given now."""
        return now - max(self.sent_at - self.given_at, 0)


class Asked(NamedTuple):
    """One check-in of hers that is still kept, open or not: when it was first asked, and the last answer that counted.

    `is_open`: it waits for an answer, or people who were nudged wait for the all-clear.
    """

    id: str
    asked_at: int
    is_open: bool
    answered_at: int | None = None


class Verdict(StrEnum):
    """What became of an answer."""

    COUNTS = "counts"
    REPEAT = "repeat"
    OUTDATED = "outdated"  # she has answered since; her last word stands
    UNKNOWN = "unknown"  # no such check-in of hers, or one long gone: 404, whosever it is


class Judgement(NamedTuple):
    """What to do about an answer.

    `answered`: check-ins to end. `company`: the check-in whose buddies to ask; where `company_wanted` finds none, one
    is to be opened for it. `silenced`: check-ins beside it that end like skipped ones, for "all is well" and "please
    reach out" must not reach a buddy together. `given_at` is what to remember as the moment of the answer.
    """

    verdict: Verdict
    given_at: int
    answered: tuple[str, ...] = ()
    company: str | None = None
    company_wanted: bool = False
    silenced: tuple[str, ...] = ()


def judge(answer: Answer, asked: Iterable[Asked], seen: Collection[str], now: int) -> Judgement:
    """Tell what an answer counts for among her own check-ins.

    It ends every open check-in that was asked before it was given, and the one that it names together with all before
    that one, whatever the phone's clock says. Yesterday's answer that arrives today ends yesterday's check-in and
    leaves today's open. With nothing open it counts for nothing and harms nothing.
    """
    given_at = answer.given(now)
    if answer.id in seen:
        return Judgement(Verdict.REPEAT, given_at)
    hers = sorted(asked, key=lambda one: (one.asked_at, one.id))
    named = next((one for one in hers if one.id == answer.check_in), None)
    if answer.check_in is not None and named is None:
        return Judgement(Verdict.UNKNOWN, given_at)
    until = max(given_at + EARLY_SECONDS, named.asked_at if named else 0)
    covered = [one for one in hers if one.asked_at <= until]
    if any(one.answered_at is not None and one.answered_at > given_at for one in hers) and not _open(covered):
        return Judgement(Verdict.OUTDATED, given_at)
    if answer.says == "here":
        return Judgement(Verdict.COUNTS, given_at, _open(covered))
    return _company(covered, given_at, now)


def _company(covered: list[Asked], given_at: int, now: int) -> Judgement:
    """One check-in calls the buddies, the others fall silent: nobody is to be nudged twice for one wish."""
    if now - given_at > COMPANY_SECONDS:
        return Judgement(Verdict.COUNTS, given_at, _open(covered))
    # Her latest, even if it was answered: she may have been all right an hour ago.
    latest = covered[-1].id if covered else None
    others = tuple(name for name in _open(covered) if name != latest)
    return Judgement(Verdict.COUNTS, given_at, (), latest, company_wanted=True, silenced=others)


def _open(covered: list[Asked]) -> tuple[str, ...]:
    return tuple(one.id for one in covered if one.is_open)
