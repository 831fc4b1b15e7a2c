"""Becoming a pair: each step in its turn, once, for its two sides alone, and nothing that nudges before the last."""

import ast
import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette

from server.attempts import FOR_A_NETWORK
from server.checkin_store import CheckInStore
from server.looking import look
from server.models import Invite, Nudge, Outbox, Tie
from server.settings import PROJECT, Settings
from tests.server.people import NOTES, OFFER, REPLY, SHOWN, WORDS, Someone, answer_at_once, as_text, pair, someone
from tests.server.prepared import phone_of
from tests.server.push.her import Clock, moment
from tests.server.push.phone import Phone
from tests.server.test_storage import ask

HOUR = 3600
OTHER_WORDS = "o" * 22
NOTHING = (404, b'{"kind":"nothing"}')
FULL = (409, b'{"kind":"full"}')


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("server.clock.now", clock.now)
    answer_at_once(monkeypatch)
    return clock


@pytest.fixture
async def her(serving_app: Starlette) -> AsyncIterator[Someone]:
    async with someone(serving_app, 1) as her:
        yield her


@pytest.fixture
async def buddy(serving_app: Starlette) -> AsyncIterator[Someone]:
    async with someone(serving_app, 2) as buddy:
        yield buddy


@pytest.fixture
async def other(serving_app: Starlette) -> AsyncIterator[Someone]:
    async with someone(serving_app, 3) as other:
        yield other


async def test_two_phones_become_a_pair_step_by_step(her: Someone, buddy: Someone) -> None:
    assert (await her.lays()).status_code == 204
    assert (await her.looks()).json() == {"state": "waiting", "reply": None, "shown": None}
    assert (await buddy.reads()).json() == {"content": OFFER}

    assert (await buddy.takes()).status_code == 204
    assert (await her.looks()).json() == {"state": "taken", "reply": REPLY, "shown": None}
    assert (await buddy.looks()).json() == {"state": "taken", "reply": None, "shown": None}

    assert (await her.shows()).status_code == 204
    assert (await buddy.looks()).json() == {"state": "taken", "reply": None, "shown": SHOWN}

    made = (await her.finishes()).json()["id"]
    (hers,), (theirs,) = (await her.circle())["hers"], (await buddy.circle())["theirs"]
    assert hers == {"id": made, "said": None, "said_day": None, "agree": False}
    assert theirs["id"] != made
    assert theirs == {"id": theirs["id"], "card": WORDS, "agree": False, "nudge": None}
    assert (await her.circle())["theirs"] == (await buddy.circle())["hers"] == []
    assert await Invite.all().count() == 0


async def test_a_phone_that_was_not_told_may_take_any_step_again(her: Someone, buddy: Someone) -> None:
    for _ in range(2):
        assert (await her.lays()).status_code == 204
    for _ in range(2):
        assert (await buddy.takes()).status_code == 204
    for _ in range(2):
        assert (await her.shows()).status_code == 204
    made = [(await her.finishes()).json()["id"] for _ in range(2)]

    assert made[0] == made[1]
    assert await Tie.all().count() == 2


async def test_until_it_is_done_there_is_no_row_that_could_cause_a_nudge(
    her: Someone, buddy: Someone, ready: Settings, serving_app: Starlette, clock: Clock
) -> None:
    # Given a buddy with a phone that can be reached, and her times with nudges
    phone, key = Phone(), (await buddy.phone.get("/s/times")).json()["key"]
    reach = {"endpoint": "https://fcm.googleapis.com/fcm/send/x", "p256dh": phone.p256dh, "auth": phone.auth}
    assert (await buddy.phone.put("/s/reach", json=reach | {"key": key})).status_code == 204
    schedule = {"zone": "Europe/Madrid", "times": ["08:30"], "days": [4]}
    times = {"schedule": schedule, "ladder": {"grace_minutes": 60, "patience_minutes": 30}, "nudge": True}
    assert (await her.phone.put("/s/times", json=times)).status_code == 204
    tables = [row[0] for row in ask(ready.own_database, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    before = {name: ask(ready.own_database, f"SELECT * FROM {name}") for name in tables}  # noqa: S608 - our own tables

    # When everything is done but the last
    for step in (her.lays, buddy.reads, buddy.takes, her.shows):
        assert (await step()).status_code in {200, 204}

        # Then nothing is written anywhere but the invite itself
        changed = {
            name
            for name in tables
            if ask(ready.own_database, f"SELECT * FROM {name}") != before[name]  # noqa: S608
        }
        assert changed == {"invite"}
    assert await Tie.all().count() == 0

    # And a missed morning asks nobody but her
    for minutes in range(0, 14 * 60, 5):
        clock.at = moment("07:00") + minutes * 60
        await look(CheckInStore(serving_app.state.host_secrets), clock.at)
    assert await Nudge.all().count() == 0
    reached = await Outbox.all().values_list("subscription__device__account_id", flat=True)
    assert buddy.account not in [str(account) for account in reached]


def test_of_invites_know_only_those_who_keep_and_erase_them() -> None:
    # What asks and sends cannot be led astray by a row that it never reads.
    knowing = set()
    for file in (PROJECT / "server").rglob("*.py"):
        names = {node.id for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Name)}
        if "Invite" in names:
            knowing.add(file.relative_to(PROJECT / "server").as_posix())
    assert knowing == {"invites.py", "retention.py"}


# --- once ------------------------------------------------------------------------------------------------------------


async def test_whoever_comes_second_finds_nothing(her: Someone, buddy: Someone, other: Someone) -> None:
    await her.lays()
    await buddy.takes()

    answers = [await other.reads(), await other.takes(), await other.looks(), await other.shows()]
    answers += [await other.finishes(), await other.looks(OTHER_WORDS), await other.takes(OTHER_WORDS)]

    assert {(answer.status_code, answer.content) for answer in answers} == {NOTHING}


async def test_a_guest_who_answers_with_other_keys_changes_nothing(her: Someone, buddy: Someone) -> None:
    await her.lays()
    await buddy.takes()

    assert (await buddy.takes(reply=as_text(bytes(1024)))).status_code == 404
    assert (await her.looks()).json()["reply"] == REPLY
    await her.shows()
    assert (await her.shows(shown=as_text(bytes(1024)))).status_code == 404
    assert (await buddy.looks()).json()["shown"] == SHOWN


async def test_of_two_who_accept_at_once_one_is_the_guest(her: Someone, buddy: Someone, other: Someone) -> None:
    await her.lays()

    answers = await asyncio.gather(buddy.takes(), other.takes(reply=as_text(bytes(1024))))

    assert sorted(answer.status_code for answer in answers) == [204, 404]
    assert (await her.looks()).json()["state"] == "taken"


async def test_two_who_ask_each_other_and_both_accept_look_after_each_other(her: Someone, buddy: Someone) -> None:
    await asyncio.gather(her.lays(WORDS), buddy.lays(OTHER_WORDS))
    taken = await asyncio.gather(her.takes(OTHER_WORDS), buddy.takes(WORDS))
    shown = await asyncio.gather(her.shows(WORDS), buddy.shows(OTHER_WORDS))
    done = await asyncio.gather(her.finishes(WORDS), buddy.finishes(OTHER_WORDS))

    assert {answer.status_code for answer in (*taken, *shown)} == {204}
    assert {answer.status_code for answer in done} == {200}
    for one in (her, buddy):
        told = await one.circle()
        assert (len(told["hers"]), len(told["theirs"])) == (1, 1)


async def test_a_spent_invite_leads_nowhere(her: Someone, buddy: Someone, other: Someone) -> None:
    await pair(her, buddy)

    for answer in (await other.reads(), await other.takes(), await buddy.takes(), await her.looks()):
        assert (answer.status_code, answer.content) == NOTHING


async def test_nobody_is_their_own_buddy(her: Someone) -> None:
    await her.lays()

    assert ((answer := await her.takes()).status_code, answer.content) == NOTHING
    assert (await her.looks()).json()["state"] == "waiting"


@pytest.mark.parametrize("step", ["shows", "finishes"])
async def test_no_step_comes_before_its_turn(her: Someone, buddy: Someone, step: str) -> None:
    await her.lays()
    assert (await getattr(her, step)()).status_code == 404
    await buddy.takes()
    assert (await her.finishes()).status_code == 404
    for one in (buddy.shows, buddy.finishes):
        assert (await one()).status_code == 404
    assert await Tie.all().count() == 0


# --- not, or no more --------------------------------------------------------------------------------------------------


async def test_after_a_day_it_is_gone_for_both(her: Someone, buddy: Someone, clock: Clock) -> None:
    await her.lays()
    await buddy.takes()
    await her.shows()
    clock.at += 24 * HOUR - 1
    assert (await buddy.looks()).status_code == 200

    clock.at += 1
    for answer in (await buddy.reads(), await buddy.looks(), await her.looks(), await her.finishes()):
        assert (answer.status_code, answer.content) == NOTHING
    assert await Tie.all().count() == 0


async def test_not_right_now_reaches_her_and_takes_what_she_asked_away(
    her: Someone, buddy: Someone, serving_app: Starlette
) -> None:
    await her.lays()

    # Without an account
    async with phone_of(serving_app, "198.51.100.1") as phone:
        assert (await phone.post("/s/card/pass", json={"lookup": WORDS})).status_code == 204

    assert (await her.looks()).json() == {"state": "declined", "reply": None, "shown": None}
    assert (await buddy.reads()).status_code == (await buddy.takes()).status_code == 404
    assert bytes((await Invite.get(lookup=WORDS)).content) == b""


async def test_nobody_can_turn_down_what_another_has_accepted(her: Someone, buddy: Someone, other: Someone) -> None:
    await her.lays()
    await buddy.takes()

    assert (await other.passes()).status_code == 204
    assert (await other.takes_back()).status_code == 204

    assert (await her.looks()).json()["state"] == "taken"


async def test_she_takes_it_back_while_it_is_open_on_the_other_phone(her: Someone, buddy: Someone) -> None:
    # Given a buddy who reads, and one who has accepted
    for accepted in (False, True):
        await her.lays()
        await buddy.reads()
        if accepted:
            await buddy.takes()

        # When she cancels
        assert (await her.takes_back()).status_code == 204

        # Then there is nothing any more, as if it had never been
        for answer in (await buddy.takes(), await buddy.looks(), await buddy.reads(), await her.finishes()):
            assert (answer.status_code, answer.content) == NOTHING
        assert await Invite.all().count() == 0


async def test_a_guest_who_steps_back_has_said_not_right_now(her: Someone, buddy: Someone, other: Someone) -> None:
    await her.lays()
    await buddy.takes()
    await her.shows()

    assert (await buddy.takes_back()).status_code == 204

    assert (await her.looks()).json() == {"state": "declined", "reply": None, "shown": None}
    assert (await her.finishes()).status_code == (await other.takes()).status_code == 404


async def test_whoever_erases_their_account_meanwhile_leaves_nothing(her: Someone, buddy: Someone) -> None:
    await her.lays()
    await buddy.takes()
    await her.shows()

    await buddy.phone.post("/s/clear", json={})

    assert (await her.finishes()).status_code == 404
    assert await Tie.all().count() == 0


# --- as many as there may be ------------------------------------------------------------------------------------------


async def test_she_asks_and_has_as_many_as_the_host_allows(her: Someone, buddy: Someone, clock: Clock) -> None:
    await pair(her, buddy)
    for number in range(4):
        assert (await her.lays(f"{number}" * 22)).status_code == 204

    assert ((answer := await her.lays("x" * 22)).status_code, answer.content) == FULL

    # What was turned down, taken back, or is past makes room
    await buddy.passes("0" * 22)
    await her.takes_back("1" * 22)
    assert [(await her.lays(letter * 22)).status_code for letter in "xyz"] == [204, 204, 409]
    clock.at += 24 * HOUR
    assert (await her.lays("n" * 22)).status_code == 204


async def test_a_softer_limit_of_her_own_counts(her: Someone) -> None:
    wishes = (await her.circle())["wishes"]
    assert (await her.phone.put("/s/circle", json=wishes | {"most_buddies": 1})).status_code == 204

    assert (await her.lays()).status_code == 204
    assert ((answer := await her.lays(OTHER_WORDS)).status_code, answer.content) == FULL


async def test_a_buddy_accepts_for_as_many_as_they_want(her: Someone, buddy: Someone) -> None:
    # Given a buddy who wants two people at most, and has one
    await pair(her, buddy, "p" * 22)
    wishes = (await buddy.circle())["wishes"]
    assert wishes["most_people"] == 10
    assert (await buddy.phone.put("/s/circle", json=wishes | {"most_people": 2})).status_code == 204
    for words in (WORDS, OTHER_WORDS):
        await her.lays(words)

    # Then one more fits
    assert (await buddy.takes(WORDS)).status_code == 204
    assert ((answer := await buddy.takes(OTHER_WORDS)).status_code, answer.content) == FULL
    assert (await her.looks(OTHER_WORDS)).json()["state"] == "waiting"


async def test_a_stand_in_counts_like_anybody(her: Someone, buddy: Someone) -> None:
    wishes = (await her.circle())["wishes"]
    await her.phone.put("/s/circle", json=wishes | {"most_buddies": 1})
    _, theirs = await pair(her, buddy)

    await buddy.stops(theirs)

    assert ((answer := await her.lays(OTHER_WORDS)).status_code, answer.content) == FULL


async def test_words_that_another_uses_are_taken(her: Someone, other: Someone) -> None:
    await her.lays()

    assert ((answer := await other.lays()).status_code, answer.content) == FULL
    assert ((answer := await her.lays(content=as_text(bytes(1024)))).status_code, answer.content) == FULL


# --- what no phone sends ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [0, 1, 1023, 1025, 3072])
async def test_nothing_but_the_one_size_is_taken(her: Someone, buddy: Someone, length: int) -> None:
    wrong = as_text(bytes(length))
    assert (await her.lays(content=wrong)).status_code == 400
    await her.lays()
    assert (await buddy.takes(reply=wrong)).status_code == 400
    await buddy.takes()
    assert (await her.shows(shown=wrong)).status_code == 400
    await her.shows()
    if length != 3072:
        assert (await her.finishes(notes=wrong)).status_code == 400
    assert (await her.finishes(notes=NOTES)).status_code == 200


# --- guessing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["reads", "takes", "passes", "looks"])
async def test_guessing_gets_slower_and_slower_and_learns_nothing(
    buddy: Someone, her: Someone, other: Someone, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given one card that somebody could guess, and a clock for the counts
    await her.lays()
    at = 1_000_000_000.0
    monkeypatch.setattr("time.time", lambda: at)
    monkeypatch.setattr("server.attempts.now", lambda: datetime.fromtimestamp(at, UTC))

    # When somebody guesses as fast as they may, for a day
    said, guesses, begun = set(), 0, at
    while at < begun + 24 * HOUR:
        answer = await getattr(buddy, step)(f"{guesses:022d}")
        if answer.status_code == 429:
            at += int(answer.headers["retry-after"])
            continue
        guesses += 1
        said.add((answer.status_code, answer.content, tuple(sorted(answer.headers.items()))))

    # Then a day is a few hundred guesses, all answered alike: a million takes ten years, for one part in 2^108
    assert guesses < FOR_A_NETWORK.free + 24 * HOUR / FOR_A_NETWORK.longest_seconds + 20
    assert len(said) == 1

    # And others are not kept from theirs
    assert (await other.reads()).status_code == 200


async def test_who_waits_for_the_other_may_look_as_often_as_they_like(her: Someone, buddy: Someone) -> None:
    await her.lays()
    await buddy.takes()

    assert {(await one.looks()).status_code for _ in range(60) for one in (her, buddy)} == {200}


def test_no_step_is_answered_sooner_than_another() -> None:
    # All of them wait for the same time to pass; tests/promises/test_roles.py measures it.
    source = Path(PROJECT / "server" / "routes" / "cards.py").read_text()
    assert len(re.findall(r"async with taking\(_SECONDS\):", source)) == len(
        re.findall(r"^async def \w+\(request: Request\) -> Response", source, re.MULTILINE)
    )
