"""Days of somebody with buddies: who is asked, when, with which note, and who hears that all is well."""

import asyncio
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from hashlib import sha256
from itertools import pairwise

import httpx
import pytest

from server.models import CheckIn, Device, Nudge, Outbox, Subscription, Tie
from server.push.outbox import CLAIM_SECONDS, claim_messages
from server.sealing import HostSecrets
from server.ties import NOTE_BYTES
from tests.server.prepared import phone_of
from tests.server.push.her import Days, Her, moment

SLIP = "s" * 42 + "A"


@pytest.fixture
async def people() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as people:
        yield people


async def come(people: AsyncExitStack, days: Days, *names: str) -> list[Her]:
    """Somebody whose check-ins are on, and people whom she is a pair with."""
    her, *buddies = [await people.enter_async_context(days.somebody(f"201/{name}")) for name in ("her", *names)]
    await her.turn_on(times=["08:30"])
    for buddy in buddies:
        await days.pair(her, buddy)
    return [her, *buddies]


async def until(days: Days, text: str) -> None:
    """A look every five minutes is as good as any, and what is under test are whole days."""
    await days.until(text, step=300)


def to_buddies(days: Days, first: int = 0) -> list[tuple[str, str, str]]:
    return [one for one in days.told(first) if one[1] in {"nudge", "all_clear"}]


def asked(days: Days) -> list[str]:
    return [name for _, kind, name in days.told() if kind == "nudge"]


def minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


async def note_of(buddy: Her) -> str | None:
    nudge = await buddy.nudge()
    return None if nudge is None else str(nudge["note"])


def note(which: int) -> str:
    return urlsafe_b64encode(bytes([which]) * NOTE_BYTES).rstrip(b"=").decode()


# --- the rota --------------------------------------------------------------------------------------------------------


async def test_one_is_asked_and_the_next_after_her_patience_and_never_all_at_once(
    days: Days, people: AsyncExitStack
) -> None:
    # Given somebody with three buddies, who does not answer
    await come(people, days, "a", "b", "c")

    # When the day goes by
    await until(days, "23:00")

    # Then one after the other is asked, an hour apart, from when her grace is over
    nudges = to_buddies(days)
    assert [kind for _, kind, _ in nudges] == ["nudge"] * 3
    assert sorted(name for _, _, name in nudges) == ["a", "b", "c"]
    moments = [minutes(clock) for clock, _, _ in nudges]
    assert minutes("14:30") <= moments[0] <= minutes("14:50")
    assert all(60 <= later - earlier <= 66 for earlier, later in pairwise(moments))


async def test_all_are_asked_at_once_where_she_chose_so(days: Days, people: AsyncExitStack) -> None:
    her, *_ = await come(people, days, "a", "b", "c")
    await her.wishes(together=True)

    await until(days, "23:00")

    assert len({clock for clock, _, _ in to_buddies(days)}) == 1
    assert sorted(asked(days)) == ["a", "b", "c"]


async def test_the_turn_passes_on_from_day_to_day(days: Days, people: AsyncExitStack) -> None:
    her, *buddies = await come(people, days, "a", "b", "c")
    by_name = dict(zip("abc", buddies, strict=True))
    firsts = []
    for day in range(3):
        await until(days, f"+{day} 15:00")
        firsts.append(asked(days)[-1])
        await by_name[firsts[-1]].says(1)
        await her.answer()

    assert sorted(firsts) == ["a", "b", "c"]


async def test_nobody_is_asked_by_silence_where_she_does_not_want_it(days: Days, people: AsyncExitStack) -> None:
    her, *_ = await come(people, days, "a")
    times = await her.state()
    body = {name: times[name] for name in ("schedule", "ladder")} | {"nudge": False}
    assert (await her.browser.put("/s/times", json=body)).status_code == 204

    await until(days, "23:00")

    assert asked(days) == []


async def test_our_own_silence_nudges_nobody(days: Days, people: AsyncExitStack) -> None:
    # Given a nudge that would have been due while the server was away
    await come(people, days, "a")
    await until(days, "13:00")
    await days.sleep_until("17:00")
    days.restart()

    # When it is back, she keeps the time she had left
    await until(days, "18:20")
    assert asked(days) == []
    await until(days, "20:00")
    assert asked(days) == ["a"]


# --- company ---------------------------------------------------------------------------------------------------------


async def test_company_uses_the_same_rota_and_another_note(days: Days, people: AsyncExitStack) -> None:
    her, *buddies = await come(people, days, "a", "b")
    by_name = dict(zip("ab", buddies, strict=True))
    await until(days, "09:00")

    assert (await her.answer("come")).status_code == 204
    await days.tick()
    (first,) = asked(days)
    assert await note_of(by_name[first]) == note(2)
    await until(days, "10:10")

    second = asked(days)[1]
    assert {first, second} == {"a", "b"}
    assert await note_of(by_name[second]) == note(2)


async def test_company_is_called_also_where_nothing_was_asked_and_check_ins_are_off(
    days: Days, people: AsyncExitStack
) -> None:
    her = await people.enter_async_context(days.somebody("201/her"))
    buddy = await people.enter_async_context(days.somebody("201/a"))
    await days.pair(her, buddy)

    await her.answer("come")
    await days.tick()

    assert asked(days) == ["a"]
    assert await note_of(buddy) == note(2)


async def test_a_slip_under_duress_is_as_long_and_answered_alike_and_shows_the_note_for_it(
    days: Days, people: AsyncExitStack
) -> None:
    # Given two locked phones, one with an ordinary slip and one that calls for company
    sent: list[tuple[bytes, int, bytes]] = []
    shown: list[Her] = []
    for says in ("here", "come"):
        her = await people.enter_async_context(days.somebody(f"201/{says}"))
        buddy = await people.enter_async_context(days.somebody(f"201/buddy-{says}"))
        await days.pair(her, buddy)
        shown.append(buddy)
        slip = SLIP[:-2] + says[0] + "A"
        digest = urlsafe_b64encode(sha256(slip.encode()).digest()).rstrip(b"=").decode()
        laid = {"slips": [{"digest": digest, "says": says, "day": "2026-11-26"}]}
        assert (await her.browser.post("/s/slip", json=laid)).status_code == 204

        # When it is sent
        body = {"slip": slip, "given_at": days.clock.at, "sent_at": days.clock.at}
        async with phone_of(days.app) as locked:
            answer: httpx.Response = await locked.post("/s/tick", json=body)
        sent.append((answer.content, answer.status_code, answer.request.content))
    await days.tick()

    # Then the line tells nothing, and the buddy of one is shown what she wrote for this
    assert sent[0][:2] == sent[1][:2]
    assert len(sent[0][2]) == len(sent[1][2])
    assert asked(days) == ["buddy-come"]
    assert await note_of(shown[1]) == note(3)


async def test_a_later_wish_for_company_does_not_undo_the_note_of_the_quiet_one(
    days: Days, people: AsyncExitStack
) -> None:
    her, *buddies = await come(people, days, "a", "b")
    digest = urlsafe_b64encode(sha256(SLIP.encode()).digest()).rstrip(b"=").decode()
    await her.browser.post("/s/slip", json={"slips": [{"digest": digest, "says": "come", "day": "2026-11-26"}]})
    await her.answer("come", ago=0)
    await her.browser.post("/s/tick", json={"slip": SLIP, "given_at": days.clock.at, "sent_at": days.clock.at})
    await days.tick()
    await her.answer("come")
    await until(days, "08:20")

    # The first call had not gone out when the quiet one came: it was taken back.
    assert sorted(asked(days)) == ["a", "b"]
    assert [await note_of(buddy) for buddy in buddies] == [note(3)] * 2


# --- all is well -----------------------------------------------------------------------------------------------------


async def test_a_late_answer_tells_exactly_those_who_were_nudged(days: Days, people: AsyncExitStack) -> None:
    # Given two of three who were asked
    her, *buddies = await come(people, days, "a", "b", "c")
    by_name = dict(zip("abc", buddies, strict=True))
    await until(days, "16:00")
    nudged = asked(days)
    assert len(nudged) == 2
    first = len(days.came)

    # When she answers
    await her.answer()
    await until(days, "23:00")

    # Then those two are told, once, and the third never hears of it
    assert sorted(to_buddies(days, first)) == sorted((clock, "all_clear", name) for clock, _, name in days.told(first))
    assert sorted(name for _, _, name in to_buddies(days, first)) == sorted(nudged)
    states = {name: await buddy.nudge() for name, buddy in by_name.items()}
    assert {name for name, nudge in states.items() if nudge and nudge["state"] == "well"} == set(nudged)
    assert [states[name] for name in by_name if name not in nudged] == [None]


async def test_an_answer_before_the_nudge_has_gone_out_undoes_it_and_nobody_hears_of_anything(
    days: Days, people: AsyncExitStack
) -> None:
    # Given a nudge that waits for a push service that is away
    days.service.answer("down", "500 Internal Server Error")
    her, *_ = await come(people, days)
    buddy = await people.enter_async_context(days.somebody("down/a"))
    await days.pair(her, buddy)
    await until(days, "15:00")
    assert await Nudge.all().count() == 1
    days.service.answer("down", "201 Created")
    days.restart()
    first = len(days.came)

    # When she answers, then the buddy has been asked nothing
    await her.answer()
    await until(days, "23:00")
    assert days.told(first) == []
    assert await buddy.nudge() is None


async def test_who_saw_on_opening_what_no_push_has_brought_is_told_that_all_is_well(
    days: Days, people: AsyncExitStack
) -> None:
    # Given a buddy whom no push reaches
    her, buddy = await come(people, days, "a")
    assert (await buddy.browser.delete("/s/reach")).status_code == 204
    await until(days, "15:00")
    nudge = await buddy.nudge()
    assert nudge
    assert nudge["state"] == "open"

    await her.answer()

    shown = await buddy.nudge()
    assert shown
    assert (shown["id"], shown["state"]) == (nudge["id"], "well")
    assert asked(days) == []


async def test_skipping_and_pausing_tell_nobody_anything(days: Days, people: AsyncExitStack) -> None:
    her, buddy = await come(people, days, "a")
    await until(days, "15:00")
    before, first = await buddy.nudge(), len(days.came)

    await her.wait("skip")
    await her.turn_on(times=["08:30"], paused_until="turned_on")
    await until(days, "23:00")

    assert await buddy.nudge() == before
    assert days.told(first) == []


async def test_an_all_clear_that_waits_outlives_her_turning_check_ins_off(days: Days, people: AsyncExitStack) -> None:
    her, _ = await come(people, days, "a")
    await until(days, "15:00")
    await her.answer()
    assert (await her.browser.delete("/s/times")).status_code == 204

    await days.tick()

    assert [kind for _, kind, _ in to_buddies(days)] == ["nudge", "all_clear"]


# --- replies ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [1, 2])
async def test_on_it_and_reached_stop_the_rota(days: Days, people: AsyncExitStack, code: int) -> None:
    her, *buddies = await come(people, days, "a", "b")
    await until(days, "15:00")
    (first,) = asked(days)

    assert await dict(zip("ab", buddies, strict=True))[first].says(code) == 204
    await until(days, "+1 08:00")

    assert asked(days) == [first]
    said = {one["said"] for one in (await her.circle())["hers"]}
    assert said == {code, None}


async def test_cannot_today_hands_over_at_once(days: Days, people: AsyncExitStack) -> None:
    _, *buddies = await come(people, days, "a", "b")
    await until(days, "15:00")
    (first,) = asked(days)
    buddy = dict(zip("ab", buddies, strict=True))[first]

    assert await buddy.says(3) == 204
    await days.tick()

    assert sorted(asked(days)) == ["a", "b"]
    nudge = await buddy.nudge()
    assert nudge
    assert nudge["state"] == "handed"


@pytest.mark.parametrize("code", range(4, 10))
async def test_kind_words_reach_her_and_leave_the_rota_as_it_is(days: Days, people: AsyncExitStack, code: int) -> None:
    her, *buddies = await come(people, days, "a", "b")
    await until(days, "14:50")
    (first,) = asked(days)

    assert await dict(zip("ab", buddies, strict=True))[first].says(code) == 204
    await until(days, "16:00")

    assert sorted(asked(days)) == ["a", "b"]
    assert code in {one["said"] for one in (await her.circle())["hers"]}


async def test_three_replies_a_day_whether_or_not_she_is_still_there(days: Days, people: AsyncExitStack) -> None:
    # Given two who were asked, one of whom she has stopped since
    her, kept = await come(people, days, "a")
    other = await people.enter_async_context(days.somebody("201/other"))
    await other.turn_on(times=["08:30"])
    stopped = await people.enter_async_context(days.somebody("201/b"))
    tie = await days.pair(other, stopped)
    await until(days, "15:00")
    await other.stops(tie)

    # Then both are taken as often, and no oftener, and anew on the next day
    for buddy in (kept, stopped):
        assert [await buddy.says(code) for code in (4, 5, 6, 7)] == [204, 204, 204, 429]
        nudge = await buddy.nudge()
        assert nudge
        assert nudge["said_today"] == 3
    days.clock.at = moment("+1 01:00")
    assert [await buddy.says(4) for buddy in (kept, stopped)] == [204, 204]
    assert {one["said"] for one in (await her.circle())["hers"]} == {4}


async def test_who_was_asked_nothing_says_nothing_to_anybody(days: Days, people: AsyncExitStack) -> None:
    her, buddy = await come(people, days, "a")
    stranger = await people.enter_async_context(days.somebody("201/stranger"))
    (theirs,) = (await buddy.circle())["theirs"]
    (hers,) = (await her.circle())["hers"]

    assert [await buddy.says(1) for _ in range(5)] == [204] * 5
    for tie in (theirs["id"], hers["id"], "x" * 22):
        assert (await stranger.browser.post("/s/circle/say", json={"id": tie, "says": 1})).status_code == 204
    assert (await her.browser.post("/s/circle/say", json={"id": hers["id"], "says": 1})).status_code == 204

    assert [one["said"] for one in (await her.circle())["hers"]] == [None]
    await until(days, "15:00")
    assert asked(days) == ["a"]


# --- pauses ----------------------------------------------------------------------------------------------------------


async def test_who_sleeps_by_their_own_clock_is_asked_when_they_wake(days: Days, people: AsyncExitStack) -> None:
    # Given a buddy in Auckland, where it is night when her grace is over
    her, buddy = await come(people, days, "a")
    await buddy.wishes(zone="Pacific/Auckland", quiet_from="22:00", quiet_to="07:00")
    await until(days, "14:00")
    assert not (await her.circle())["free"]

    await until(days, "23:00")

    # Then they are asked at seven there, which is seven in the evening here
    ((clock, _, _),) = to_buddies(days)
    assert minutes("19:00") <= minutes(clock) <= minutes("19:06")


async def test_who_pauses_is_passed_over_and_with_all_paused_the_first_to_be_back_is_asked(
    days: Days, people: AsyncExitStack
) -> None:
    her, *buddies = await come(people, days, "a", "b")
    await buddies[0].wishes(paused_until="turned_on")
    await buddies[1].wishes(paused_until="2026-11-27")
    assert (await her.circle())["free"] is False

    await until(days, "23:50")
    assert asked(days) == []
    await until(days, "+1 00:10")
    assert asked(days) == ["b"]


# --- stopping --------------------------------------------------------------------------------------------------------


async def test_what_waits_for_a_buddy_is_gone_when_she_stops_and_the_next_is_asked(
    days: Days, people: AsyncExitStack
) -> None:
    # Given a nudge that has not gone out
    days.service.answer("down", "500 Internal Server Error")
    her, *_ = await come(people, days)
    waiting = await people.enter_async_context(days.somebody("down/a"))
    tie = await days.pair(her, waiting)
    await until(days, "15:00")
    other = await people.enter_async_context(days.somebody("201/b"))
    await days.pair(her, other)

    # When she stops
    await her.stops(tie)
    days.service.answer("down", "201 Created")
    days.restart()
    first = len(days.came)
    await until(days, "16:00")

    # Then it never comes, the buddy finds nothing on opening, and the other is asked at once
    assert [name for _, _, name in days.told(first)] == ["b"]
    assert await waiting.nudge() is None
    await her.answer()
    await until(days, "20:00")
    assert "a" not in [name for _, _, name in days.told(first)]


async def test_a_buddy_who_stops_while_waited_for_is_followed_by_the_next_and_she_sees_nothing_of_it(
    days: Days, people: AsyncExitStack
) -> None:
    her, *buddies = await come(people, days, "a", "b")
    await until(days, "15:00")
    (first,) = asked(days)
    before = await her.circle()
    gone = dict(zip("ab", buddies, strict=True))[first]
    ((theirs),) = (await gone.circle())["theirs"]

    await gone.stops(theirs["id"])
    await days.tick()

    assert sorted(asked(days)) == ["a", "b"]
    assert await her.circle() == before
    assert (await gone.circle())["theirs"] == []
    first_all_clear = len(days.came)
    await her.answer()
    await days.tick()
    assert [name for _, _, name in to_buddies(days, first_all_clear)] == ["b" if first == "a" else "a"]


async def test_a_nudge_that_had_gone_out_stays_as_it_is_when_she_stops(days: Days, people: AsyncExitStack) -> None:
    her, buddy = await come(people, days, "a")
    await until(days, "15:00")
    before = await buddy.circle()
    (hers,) = (await her.circle())["hers"]

    await her.stops(hers["id"])
    first = len(days.came)
    await her.answer()
    await until(days, "20:00")

    assert await buddy.circle() == before
    assert days.told(first) == []


async def test_whoever_erases_everything_leaves_a_rota_that_goes_on(days: Days, people: AsyncExitStack) -> None:
    her, *buddies = await come(people, days, "a", "b")
    assert (await buddies[0].browser.post("/s/clear", json={})).status_code == 204
    assert len((await her.circle())["hers"]) == 2

    await until(days, "20:00")

    # The one that is there first; then, for form, the one that is not.
    ((clock, _, name),) = to_buddies(days)
    assert name == "b"
    assert minutes(clock) <= minutes("14:50")
    assert await CheckIn.filter(account_id=her.account).count() == 1


# --- faults ----------------------------------------------------------------------------------------------------------


async def test_nobody_is_nudged_twice_however_often_the_worker_looks_or_starts_anew(
    days: Days, people: AsyncExitStack
) -> None:
    await come(people, days, "a", "b")
    for hour in range(8, 24):
        await until(days, f"{hour:02d}:00")
        days.restart()
        await asyncio.gather(days.tick(), days.tick())

    assert sorted(asked(days)) == ["a", "b"]
    assert await Nudge.all().count() == 2


async def test_a_nudge_that_a_worker_took_and_did_not_live_to_send_is_sent_by_the_next(
    days: Days, people: AsyncExitStack
) -> None:
    her, buddy = await come(people, days, "a")
    await until(days, "14:00")
    while not await Outbox.filter(kind=3).exists():
        days.clock.at += 60
        await days.worker.look()
    assert await claim_messages(HostSecrets(days.settings.secret_file), days.clock.at, 10)
    days.restart()

    # What may be on its way already is not undone by her answer: the buddy hears that all is well.
    await her.answer()
    days.clock.at += CLAIM_SECONDS
    await days.tick()
    shown = await buddy.nudge()
    assert shown
    assert shown["state"] == "well"
    assert [kind for _, kind, _ in to_buddies(days)] == ["all_clear"]


async def test_a_buddys_phone_that_is_gone_is_forgotten_and_the_buddy_still_sees_it_on_opening(
    days: Days, people: AsyncExitStack
) -> None:
    days.service.answer("gone", "410 Gone")
    her, *_ = await come(people, days)
    buddy = await people.enter_async_context(days.somebody("gone/a"))
    await days.pair(her, buddy)

    await until(days, "15:00")

    assert (await buddy.state())["reach"] == "lost"
    nudge = await buddy.nudge()
    assert nudge
    assert nudge["state"] == "open"


# --- who has no check-ins --------------------------------------------------------------------------------------------


async def test_a_buddy_without_check_ins_is_reached_and_stays_so_when_check_ins_end(
    days: Days, people: AsyncExitStack
) -> None:
    # Given a buddy who never turned check-ins on, and one who had them and turns them off
    _, *buddies = await come(people, days, "a", "b")
    await buddies[1].turn_on(times=["12:00"])
    for buddy in buddies:
        assert (await buddy.browser.delete("/s/times")).status_code == 204
        assert (await buddy.state())["reach"] == "on"

    await until(days, "20:00")

    assert sorted(asked(days)) == ["a", "b"]


async def test_nothing_but_her_own_end_can_cause_a_nudge(days: Days, people: AsyncExitStack) -> None:
    # Given all that there is before a pair is made, and an end of the other side alone
    her, buddy = await come(people, days, "a")
    await Tie.filter(account_id=her.account).delete()
    assert await Tie.filter(account_id=buddy.account, is_hers=False).count() == 1
    lookup = "l" * 22
    content = "A" * 1366
    assert (await her.browser.post("/s/card", json={"lookup": lookup, "content": content})).status_code == 204
    assert (await buddy.browser.post("/s/card/take", json={"lookup": lookup, "reply": content})).status_code == 204
    assert (await her.browser.post("/s/card/show", json={"lookup": lookup, "shown": content})).status_code == 204

    await until(days, "12:00")
    await her.answer("come")
    await until(days, "23:00")

    assert asked(days) == []
    assert await Nudge.all().count() == 0
    assert await Subscription.all().count() == await Device.all().count()
