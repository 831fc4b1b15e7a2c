"""Whole days of one person, with a moved clock: what comes when, and what must never come."""

import json
from itertools import pairwise
from typing import Any

import httpx
import pytest

from server.models import AnsweredBefore, CheckIn, Device, Outbox, Schedule, Slip, Subscription, new_id
from server.push.outbox import place_of_reach
from server.push.payloads import Kind
from server.push.vapid import rotate_keys
from server.sealing import HostSecrets
from tests.server.push.her import Days, clock_of, moment

PROMPTED, REMINDED, GRACE_ENDED = 2, 3, 4


def minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


async def test_she_is_asked_reminded_once_and_left_alone_when_nobody_is_there_to_nudge(days: Days) -> None:
    # Given somebody who has turned check-ins on
    async with days.somebody() as her:
        await her.turn_on(times=["08:30"])

        # When she does not answer all day
        came = await days.until("23:00")

        # Then a prompt came within a few minutes of her time, a reminder two hours later, and nothing else
        assert [kind for _, kind in came] == ["prompt", "reminder"]
        assert minutes("08:30") <= minutes(came[0][0]) <= minutes("08:38")
        assert 120 <= minutes(came[1][0]) - minutes(came[0][0]) <= 126
        assert len((await her.state())["open"]) == 1

        # And when the day after is over, the check-in has ended, and the next has come
        await days.until("+1 20:00")
        assert [kind.name for _, kind, _ in days.came] == ["PROMPT", "REMINDER"] * 2


async def test_an_answer_ends_it_and_leaves_no_trace_after_a_day(days: Days) -> None:
    async with days.somebody() as her:
        await her.turn_on(times=["08:30"], days=[4])
        assert [kind for _, kind in await days.until("09:00")] == ["prompt"]
        (one,) = (await her.state())["open"]

        assert (await her.answer(check_in=one["id"])).status_code == 204

        assert (await her.state())["open"] == []
        assert await days.until("+1 09:00", step=300) == []
        assert await CheckIn.all().count() == 0
        assert await Outbox.all().count() == 0


async def test_an_answer_given_offline_hours_ago_ends_what_was_asked_before_it_and_nothing_later(days: Days) -> None:
    # Given a morning and an evening that were both asked for
    async with days.somebody() as her:
        await her.turn_on()
        await days.until("20:30")
        morning, evening = (await her.state())["open"]

        # When the answer of the morning arrives in the evening
        assert (await her.answer(ago=10 * 3600)).status_code == 204

        # Then the evening is still open
        assert (await her.state())["open"] == [evening]
        assert morning["asked_at"] < evening["asked_at"]


async def test_an_answer_that_comes_before_the_reminder_stops_it(days: Days) -> None:
    async with days.somebody() as her:
        await her.turn_on(times=["08:30"])
        await days.until("10:00")
        await her.answer("come")

        assert await days.until("20:00") == []


async def test_she_is_asked_later_when_she_says_so_and_not_today_when_she_says_that(days: Days) -> None:
    async with days.somebody() as her:
        await her.turn_on(times=["08:30"])
        await days.until("09:00")

        await her.wait("hour")
        assert [kind for _, kind in await days.until("11:00")] == ["prompt"]
        await her.wait("longer")
        assert [kind for _, kind in await days.until("12:30")] == ["reminder"]
        await her.wait("skip")
        assert await days.until("23:00") == []
        assert (await her.state())["schedule"]["skip"] == "2026-11-26"
        assert [kind for _, kind in await days.until("+1 09:00", step=60)] == ["prompt"]


async def test_a_pause_and_turning_off_are_silent_at_once(days: Days) -> None:
    async with days.somebody() as her:
        await her.turn_on()
        await days.until("09:00")

        await her.turn_on(paused_until="turned_on")
        assert (await her.state())["open"] == []
        assert await days.until("23:00", step=60) == []

        assert (await her.browser.delete("/s/times")).status_code == 204
        state = await her.state()
        assert (state["schedule"], state["open"], state["reach"], state["next"]) == (None, [], "none", None)
        for table in (Schedule, CheckIn, Outbox, Slip, Subscription):
            assert await table.all().count() == 0, table


async def test_nothing_comes_twice_however_often_the_worker_looks_or_starts_anew(days: Days) -> None:
    async with days.somebody() as her:
        await her.turn_on()
        for hour in range(8, 24):
            await days.until(f"{hour:02d}:00", step=45)
            days.restart()
            for _ in range(3):
                await days.tick()

        assert [kind.name for _, kind, _ in days.came] == ["PROMPT", "REMINDER"] * 2


async def test_a_clock_that_goes_back_asks_nothing_twice(days: Days) -> None:
    async with days.somebody() as her:
        await her.turn_on()
        await days.until("09:00")
        days.clock.at = moment("07:00")

        assert await days.until("10:00") == []


# --- outages ---------------------------------------------------------------------------------------------------------


async def test_after_two_hours_without_a_server_she_is_asked_late_once_and_hurried_by_nothing(days: Days) -> None:
    # Given people whose prompts fall into an outage, and one whose reminder does
    async with days.somebody("201/one") as one, days.somebody("201/two") as two, days.somebody("201/three") as three:
        await three.turn_on(times=["07:30"])
        await one.turn_on(times=["09:00"])
        await two.turn_on(times=["10:10"])
        assert [kind for _, kind in await days.until("08:50")] == ["prompt"]

        # When the server is away from ten to nine to ten to eleven
        await days.sleep_until("10:50")
        days.restart()
        came = await days.until("14:00")

        # Then everything comes two hours later, at its own pace: no burst, and no step that fell into the silence
        assert [kind for _, kind in came[:3]] == ["prompt", "reminder", "prompt"]
        late = [minutes(clock) for clock, _ in came]
        assert minutes("11:00") <= late[0] <= minutes("11:14")
        assert minutes("11:30") <= late[1] <= minutes("11:46")
        assert minutes("12:10") <= late[2] <= minutes("12:24")


async def test_after_two_days_without_a_server_only_today_is_asked_for(days: Days) -> None:
    async with days.somebody() as her:
        await her.turn_on()
        await days.until("08:50")
        await days.sleep_until("+2 12:00")
        days.restart()

        came = await days.until("+2 23:59", step=60)

        # Then the question of two days ago is not brought up again, and yesterday's is asked by nobody
        assert [kind for _, kind in came].count("prompt") <= 1
        assert all(kind in {"prompt", "reminder"} for _, kind in came)


async def test_while_a_push_service_is_away_her_time_does_not_run(days: Days) -> None:
    # Given a push service that fails from before the prompt until after the reminder was due, and all grace with it
    days.service.answer("down", "500 Internal Server Error")
    async with days.somebody("down/x") as her:
        await her.turn_on(times=["08:30"], ladder={"reminder_minutes": 60, "grace_minutes": 120})
        await days.until("10:40")
        assert {kind for _, kind, _ in days.came} == {Kind.PROMPT}
        assert len(days.came) > 1

        # When it is back (and the courier, whose rest is counted by a clock that no test moves, awake)
        days.service.answer("down", "201 Created")
        days.restart()
        came = await days.until("12:25")

        # Then the prompt comes, and the reminder as long after it as she had chosen
        assert [kind for _, kind in came] == ["prompt", "reminder"]
        assert minutes(came[0][0]) <= minutes("11:00")
        assert 50 <= minutes(came[1][0]) - minutes(came[0][0]) <= 70
        assert await Outbox.all().count() == 0
        assert [row.state for row in await CheckIn.all()] == [REMINDED]


async def test_a_push_service_that_never_comes_back_does_not_hold_her_buddies_up_for_ever(days: Days) -> None:
    days.service.answer("down", "500 Internal Server Error")
    async with days.somebody("down/x") as her:
        await her.turn_on(times=["08:30"], ladder={"reminder_minutes": 60, "grace_minutes": 120})
        await days.until("10:40")
        assert [row.state for row in await CheckIn.all()] == [PROMPTED]

        await days.until("15:30")

        assert [row.state for row in await CheckIn.all()] == [GRACE_ENDED]


async def test_who_is_reached_on_one_device_is_not_waited_for_on_the_other(days: Days) -> None:
    # Given somebody with two devices, of which one cannot be reached just now
    days.service.answer("down", "500 Internal Server Error")
    async with days.somebody("201/x") as her:
        await her.turn_on(times=["08:30"], ladder={"reminder_minutes": 60, "grace_minutes": 120})
        (one,) = await Device.all()
        secrets, row = HostSecrets(days.settings.secret_file), new_id()
        reach = {"endpoint": f"{days.service.origin}/down/y", "p256dh": her.phone.p256dh, "auth": her.phone.auth}
        days._phones["/down/y"] = her.phone
        await Subscription.create(
            id=row,
            device=await Device.create(account_id=one.account_id),
            sealed=secrets.seal(place_of_reach(row), json.dumps(reach).encode()),
            vapid_key=days.worker._keys.ring.current_id,
        )

        # Then she is reminded when she wanted to be
        for clock in range(28, 50):
            await days.until(f"09:{clock}")
            # Both lead to one service here, whose rest no test moves.
            days.restart()
        reminded = [clock_of(at) for at, kind, path in days.came if kind is Kind.REMINDER and path == "/201/x"]
        assert len(reminded) == 1
        assert minutes("09:30") <= minutes(reminded[0]) <= minutes("09:45")


async def test_a_service_that_asks_to_wait_is_not_called_before(days: Days) -> None:
    days.service.answer("busy", "429 Too Many Requests", "Retry-After: 600")
    async with days.somebody("busy/x") as her:
        await her.turn_on(times=["08:30"])
        await days.until("10:00")

    tries = [at for at, _, _ in days.came]
    assert len(tries) > 2
    assert all(later - earlier >= 600 for earlier, later in pairwise(tries))


@pytest.mark.parametrize("status", ["410 Gone", "404 Not Found"])
async def test_a_subscription_that_is_gone_is_forgotten_and_she_is_told_once(days: Days, status: str) -> None:
    days.service.answer("gone", status)
    async with days.somebody("gone/x") as her:
        await her.turn_on()
        assert (await her.state())["reach"] == "on"
        await days.until("12:00")

        assert len(days.came) == 1
        assert await Subscription.all().count() == 0
        assert [(await her.state())["reach"] for _ in range(2)] == ["lost", "none"]
        await her.subscribe()
        assert (await her.state())["reach"] == "on"


# --- keys, rehearsals, rows that cannot be read -----------------------------------------------------------------------


async def test_a_new_key_for_push_services_loses_nobody(days: Days) -> None:
    # Given somebody who subscribed with the key before
    async with days.somebody() as her:
        await her.turn_on()
        old = (await her.state())["key"]

        # When the host begins a new one, while the server runs
        rotate_keys(days.settings.data)

        # Then her next open gives it to her, and until then she is reached with the old one
        new = (await her.state())["key"]
        assert new != old
        assert [kind for _, kind in await days.until("09:00")] == ["prompt"]
        assert old in days.service.heard[-1].headers["authorization"]

        # And once she has it, the old one goes
        await her.subscribe()
        await days.until("12:00")
        assert new in days.service.heard[-1].headers["authorization"]
        assert len(days.worker._keys.ring.ids) == 1


async def test_a_rehearsal_comes_now_to_this_device_a_few_times(days: Days) -> None:
    async with days.somebody() as her:
        said = [(await her.browser.post("/s/try", json={})).status_code for _ in range(6)]
        await days.tick()

        assert said == [204, 204, 204, 204, 204, 429]
        assert [kind.name for _, kind, _ in days.came] == ["REHEARSAL"] * 5
        assert len({one.bytes_on_the_wire for one in days.service.heard}) == 1


async def test_a_row_that_cannot_be_opened_keeps_nobody_else_from_being_asked(
    days: Days, caplog: pytest.LogCaptureFixture
) -> None:
    async with days.somebody("201/one") as one, days.somebody("201/two") as two:
        await one.turn_on(times=["08:30"])
        await two.turn_on(times=["08:30"])
        await days.until("08:00")
        broken = await Schedule.all().first()
        assert broken
        await Schedule.filter(id=broken.id).update(sealed=bytes(300))

        assert [kind for _, kind in await days.until("09:00")] == ["prompt"]
        assert {record.getMessage().split(" at ")[0] for record in caplog.records} == {"fault: SealingError"}


# --- answers: whose, how often, in which order ------------------------------------------------------------------------


def told(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    return answer.status_code, answer.content, dict(answer.headers)


async def test_somebody_elses_check_in_is_answered_like_one_that_never_was(days: Days) -> None:
    async with days.somebody("201/one") as one, days.somebody("201/two") as two:
        await one.turn_on()
        await two.turn_on()
        await days.until("09:00")
        (hers,) = (await one.state())["open"]

        foreign, unknown = await two.answer(check_in=hers["id"]), await two.answer(check_in="x" * 22)

        assert told(foreign) == told(unknown)
        assert (foreign.status_code, foreign.content) == (404, b'{"kind":"nothing"}')
        waits = [
            await two.browser.post("/s/wait", json={"what": "hour", "check_in": name})
            for name in (hers["id"], "x" * 22)
        ]
        assert told(waits[0]) == told(waits[1])
        assert waits[0].status_code == 404
        assert (await one.state())["open"] == [hers]


async def test_answers_that_come_again_out_of_order_or_from_the_future_are_told_the_same(days: Days) -> None:
    async with days.somebody() as her:
        await her.turn_on()
        await days.until("09:00")

        first = await her.answer()
        her.answers -= 1
        again = await her.answer()
        older = await her.answer("come", ago=600)
        future = await her.answer(ago=-86_400)

        assert told(first) == told(again) == told(older) == told(future)
        assert first.status_code == 204
        assert (await her.state())["open"] == []
        assert await AnsweredBefore.all().count() == 3


@pytest.mark.parametrize(
    "broken", [{"says": "fine"}, {"id": "short"}, {"given_at": -1}, {"given_at": "1"}, {"more": 1}, {"sent_at": 2**60}]
)
async def test_an_answer_of_another_shape_is_refused_without_a_word_of_it(days: Days, broken: dict[str, Any]) -> None:
    async with days.somebody() as her:
        body = {"id": "i" * 22, "says": "here", "given_at": 1, "sent_at": 1, "check_in": None} | broken
        answer = await her.browser.post("/s/note", json=body)
        assert (answer.status_code, answer.content) == (400, b'{"kind":"unreadable"}')
