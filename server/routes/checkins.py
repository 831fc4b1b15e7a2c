"""Check-ins: when she is asked, her answers, and what she says instead of an answer."""

from datetime import date
from typing import Annotated, Final

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from server.attempts import Patience
from server.checkin_store import CheckInStore
from server.checkins.answers import Answer, Moment
from server.checkins.check_in import LadderSettings
from server.checkins.schedule import Schedule
from server.clock import epoch_seconds
from server.middleware.signed_in import visitor_of
from server.push.subscriptions import tell_reach
from server.replies import SLIPS_AT_MOST, NewSlip, Says, lay_by_slips, redeem_slip, take_answer
from server.routes.phones import (
    Asked,
    Id,
    Key,
    attempts_of,
    host_secrets_of,
    key_ring_of,
    read_body,
    say,
    say_nothing,
    taking,
)
from server.wishes import Wish, Wishes, put_off, read_state, turn_off, turn_on

METHODS: Final = ("GET", "PUT", "DELETE")
# Far more than anybody answers or changes her mind in a day; it keeps the rows that remember answers few.
_MANY_A_DAY: Final = Patience(free=200, longest_seconds=15 * 60)
# Whether a slip is known, and what it says, must not be told by how long its answer takes.
_SLIP_SECONDS: Final = 0.25


class _Times(Asked):
    schedule: Schedule
    ladder: LadderSettings
    nudge: bool


class _Wait(Asked):
    what: Wish
    check_in: Id | None


class _Slip(Asked):
    slip: Key
    given_at: Moment
    sent_at: Moment


class _NewSlip(Asked):
    digest: Key
    says: Says
    day: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]


class _NewSlips(Asked):
    slips: tuple[_NewSlip, ...] = Field(max_length=SLIPS_AT_MOST)


async def times(request: Request) -> Response:
    """Say how things stand, ask from now on as she wishes, or not any more."""
    visitor, store = visitor_of(request), _store_of(request)
    if request.method == "PUT":
        body = await read_body(request, _Times)
        await attempts_of(request).count("times", visitor.account, _MANY_A_DAY)
        await turn_on(store, visitor.account, Wishes(body.schedule, body.ladder, body.nudge), epoch_seconds())
        return say_nothing()
    if request.method == "DELETE":
        await turn_off(store, visitor.account, epoch_seconds())
        return say_nothing()
    state = await read_state(store, visitor.account)
    ladder = state.times.ladder if state.times else LadderSettings()
    return say(
        {
            "schedule": state.times and state.times.schedule.model_dump(mode="json"),
            "ladder": ladder.model_dump(mode="json"),
            "nudge": bool(state.times and state.times.nudge),
            "open": [{"id": one.ladder.id, "asked_at": one.asked_at} for one in state.open],
            "key": key_ring_of(request).public_key,
            "reach": await tell_reach(visitor.device),
            "next": state.next_due,
        }
    )


async def note(request: Request) -> Response:
    """Take an answer; the same is said whether it came first, again, or too late to mean anything."""
    answer, account = Answer.from_json(await request.body()), visitor_of(request).account
    await attempts_of(request).count("note", account, _MANY_A_DAY)
    await take_answer(_store_of(request), account, answer, epoch_seconds())
    return say_nothing()


async def wait(request: Request) -> Response:
    """Ask later, wait longer, or leave today off."""
    body, account = await read_body(request, _Wait), visitor_of(request).account
    await attempts_of(request).count("wait", account, _MANY_A_DAY)
    await put_off(_store_of(request), account, body.what, body.check_in, epoch_seconds())
    return say_nothing()


async def lay_by(request: Request) -> Response:
    """Keep what her phone may answer with while it is locked."""
    body = await read_body(request, _NewSlips)
    slips = [NewSlip(slip.digest, slip.says, slip.day) for slip in body.slips]
    await lay_by_slips(_store_of(request), visitor_of(request).account, slips)
    return say_nothing()


async def tick(request: Request) -> Response:
    """Take a slip, without a session; the same is said, after the same time, whatever it was."""
    body = await read_body(request, _Slip)
    async with taking(_SLIP_SECONDS):
        await redeem_slip(_store_of(request), body.slip, body.given_at, body.sent_at, epoch_seconds())
    return say_nothing()


def _store_of(request: Request) -> CheckInStore:
    return CheckInStore(host_secrets_of(request))
