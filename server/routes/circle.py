"""The circle: who could be nudged for somebody, and for whom they could be, each by the id of their own end alone.

What the other side has done is in no answer: not in its bytes, and not in the time it takes.
"""

import json
from typing import Annotated, Any, Final

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from server.attempts import Patience
from server.buddy_wishes import AskedWishes, Wishes, read_wishes, write_asked
from server.checkin_store import CheckInStore
from server.checkins.check_in import DAY
from server.circles import somebody_is_free
from server.clock import epoch_seconds
from server.errors import UnreadableError
from server.invites import Limits
from server.middleware.signed_in import visitor_of
from server.nudging import read_nudges, reply
from server.reports import SIZES_BYTES, keep_report
from server.routes.phones import (
    Asked,
    Id,
    Text,
    attempts_of,
    from_text,
    host_secrets_of,
    limits_of,
    read_body,
    say,
    say_nothing,
    stopping_of,
    taking,
)
from server.ties import NOTES_BYTES, TieRow, agree, ties_of, write_notes

METHODS: Final = ("GET", "PUT")
_MANY_A_DAY: Final = Patience(free=200, longest_seconds=15 * 60)
_FEW_A_DAY: Final = Patience(free=5, longest_seconds=24 * 3600)
_SECONDS: Final = 0.2
# Who watches the line does not see from a length whether somebody is asked.
_PADDED_TO_BYTES: Final = 4096


class _Tie(Asked):
    id: Id


class _Notes(_Tie):
    notes: Text


class _Says(_Tie):
    says: Annotated[int, Field(ge=1, le=9)]


class _Report(Asked):
    id: Id | None
    content: Text


async def circle(request: Request) -> Response:
    """Say how things stand, or keep what somebody wishes."""
    if request.method == "PUT":
        return await _keep_wishes(request)
    account, secrets, now = visitor_of(request).account, host_secrets_of(request), epoch_seconds()
    today, limits = now // DAY, limits_of(request)
    async with taking(_SECONDS):
        wishes = (await read_wishes(secrets, [account])).get(account, Wishes())
        ties = (await ties_of(secrets, [account])).get(account, [])
        theirs = [tie for tie in ties if not tie.is_hers]
        nudges = await read_nudges(secrets, [tie.id for tie in theirs], today)
        told = {
            "most": limits._asdict(),
            "wishes": _told_wishes(wishes, limits),
            "hers": [_told_hers(tie, today) for tie in ties if tie.is_hers],
            "theirs": [_told_theirs(tie, today) | {"nudge": nudges.get(tie.id)} for tie in theirs],
            "free": await somebody_is_free(secrets, account, now),
            "report": request.app.state.report_key,
        }
    return say(_padded(told))


async def stop(request: Request) -> Response:
    """Stop a pair, at once; the same is said whatever there was."""
    body, account = await read_body(request, _Tie), visitor_of(request).account
    # Counted before anything is held: whoever asks without end must not keep the other's account held.
    await attempts_of(request).count("stop", account, _MANY_A_DAY)
    async with taking(_SECONDS):
        await stopping_of(request).stop(account, body.id, epoch_seconds())
    return say_nothing()


async def keep_notes(request: Request) -> Response:
    """Keep what this buddy is shown by the next nudge; the same is said whatever there was."""
    body, account = await read_body(request, _Notes), visitor_of(request).account
    notes = from_text(body.notes)
    if len(notes) != NOTES_BYTES:
        raise UnreadableError
    await _count(request, account)
    async with taking(_SECONDS):
        await write_notes(host_secrets_of(request), account, body.id, notes)
    return say_nothing()


async def agree_anew(request: Request) -> Response:
    """Agree to a pair for another while; the same is said whatever there was."""
    body, account = await read_body(request, _Tie), visitor_of(request).account
    await _count(request, account)
    async with taking(_SECONDS):
        await agree(host_secrets_of(request), account, body.id, epoch_seconds() // DAY)
    return say_nothing()


async def answer(request: Request) -> Response:
    """Take a buddy's reply; the same is said whatever there was."""
    body, account = await read_body(request, _Says), visitor_of(request).account
    await attempts_of(request).count("say", account, _MANY_A_DAY)
    async with taking(_SECONDS):
        await reply(CheckInStore(host_secrets_of(request)), account, body.id, body.says, epoch_seconds())
    return say_nothing()


async def report(request: Request) -> Response:
    """Keep what somebody tells the host; the same is said whatever there was."""
    body, account = await read_body(request, _Report), visitor_of(request).account
    content = from_text(body.content)
    if len(content) not in SIZES_BYTES:
        raise UnreadableError
    await attempts_of(request).count("report", account, _FEW_A_DAY)
    async with taking(_SECONDS):
        await keep_report(host_secrets_of(request), account, body.id, content, epoch_seconds())
    return say_nothing()


async def _keep_wishes(request: Request) -> Response:
    asked, account = AskedWishes.from_json(await request.body()), visitor_of(request).account
    limits = limits_of(request)
    if asked.most_buddies > limits.buddies or asked.most_people > limits.people:
        raise UnreadableError
    await _count(request, account)
    async with taking(_SECONDS):
        await write_asked(host_secrets_of(request), account, asked)
    return say_nothing()


async def _count(request: Request, account: str) -> None:
    await attempts_of(request).count("circle", account, _MANY_A_DAY)


def _told_wishes(wishes: Wishes, limits: Limits) -> dict[str, Any]:
    told = wishes.model_dump(mode="json", exclude={"turn"})
    # The host may have become stricter since.
    return told | {
        "most_buddies": min(wishes.most_buddies, limits.buddies),
        "most_people": min(wishes.most_people, limits.people),
    }


def _told_hers(tie: TieRow, today: int) -> dict[str, Any]:
    said = {"said": tie.contents.said, "said_day": tie.contents.said_day}
    return {"id": tie.id, **said, "agree": tie.is_to_be_agreed_anew(today)}


def _told_theirs(tie: TieRow, today: int) -> dict[str, Any]:
    return {"id": tie.id, "card": tie.contents.card, "agree": tie.is_to_be_agreed_anew(today)}


def _padded(told: dict[str, Any]) -> dict[str, Any]:
    # All of it is ASCII, so that a letter is a byte.
    length = len(json.dumps(told | {"pad": ""}, separators=(",", ":")))
    return told | {"pad": "." * (-length % _PADDED_TO_BYTES)}
