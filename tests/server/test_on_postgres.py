"""One person's whole account on PostgreSQL: the same models, the same promises."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher
from tortoise.exceptions import IntegrityError

from server.accounts import erase_account, replace_secret, sign_in
from server.app import create_app
from server.backups import keep_backup, read_backup
from server.checkin_store import CheckInStore, Kept, OpenedCheckIn
from server.checkins.answers import Answer
from server.checkins.check_in import LadderSettings, Rung
from server.checkins.ladder import open_check_in
from server.checkins.schedule import Schedule as CheckInSchedule
from server.clock import day_number
from server.errors import FullError, NotFoundError, NotSignedInError
from server.handovers import lay_down, take_up
from server.looking import look
from server.models import Account, CheckIn, Device, Nudge, Outbox, Schedule, Tie, new_id
from server.nudge_store import read_nudges_of
from server.nudging import reply
from server.parting import stopping_in
from server.push.answers import Outcome, Result
from server.push.outbox import CLAIM_SECONDS, claim_messages, record_outcomes
from server.recovery_words import RecoveryWords
from server.replies import take_answer
from server.resealing import place_of, rotate_sealing
from server.retention import erase_what_is_due
from server.sealing import HostSecrets
from server.sessions import begin_session, devices_of, find_visitor, sign_out
from server.settings import Settings
from server.storage import Database
from server.ties import NOTES_BYTES, NewPair
from server.ties import make as make_pair
from server.wishes import Wishes, put_off, turn_on
from tests.factories import (
    BACKUP,
    NOW,
    SECRET,
    TODAY,
    Sealer,
    make_account,
    make_full_account,
    make_message,
    stopping_with,
)
from tests.server.people import answer_at_once, as_text, pair, someone
from tests.server.postgres import fresh_database, postgres_server
from tests.server.prepared import phone_of

LOOKUP, PROOF = "l" * 22, bytes(range(32))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres_server() as address:
        yield address


@pytest.fixture
def settings(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    # Tortoise remembers its words for each table, and not that other tests in this process speak to SQLite.
    monkeypatch.setattr("tortoise.backends.base.executor.EXECUTOR_CACHE", {})
    with fresh_database(server) as address:
        yield Settings(data=tmp_path / "data", database_url=address)


@pytest.mark.usefixtures("database")
async def test_a_person_signs_in_recovers_and_adds_a_device() -> None:
    account, other = await make_account(), await make_account()
    words = RecoveryWords(PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))

    begun = await sign_in(account.id, SECRET, TODAY, device=None)
    assert await find_visitor(begun.token, TODAY)
    with pytest.raises(NotSignedInError):
        await sign_in("x" * 22, SECRET, TODAY, device=None)

    await words.keep(account.id, LOOKUP, PROOF)
    with pytest.raises(FullError):
        await words.keep(other.id, LOOKUP, bytes(32))
    assert await words.find_account(LOOKUP, PROOF) == account.id

    await keep_backup(account.id, BACKUP)
    await keep_backup(account.id, BACKUP)
    assert await read_backup(account.id) == BACKUP

    await lay_down(account.id, LOOKUP, bytes(4096), NOW)
    with pytest.raises(FullError):
        await lay_down(other.id, LOOKUP, bytes(4096), NOW)
    assert await take_up(LOOKUP, NOW) == bytes(4096)
    with pytest.raises(NotFoundError):
        await take_up(LOOKUP, NOW)

    await replace_secret(account.id, bytes(32), device=begun.device)
    assert await devices_of(account.id) == [begun.device]
    with pytest.raises(NotFoundError):
        await sign_out(other.id, begun.device)


@pytest.mark.usefixtures("database")
async def test_there_are_only_so_many_devices() -> None:
    account = await make_account()
    for _ in range(9):
        await begin_session(account.id, TODAY)
    with pytest.raises(FullError):
        await begin_session(account.id, TODAY)


@pytest.mark.usefixtures("database")
async def test_rows_are_sealed_anew_and_erased_on_their_day(ready: Settings) -> None:
    secrets = HostSecrets(ready.secret_file)
    account = await make_full_account(secrets)

    assert await rotate_sealing(secrets) == 7
    schedule = await Schedule.get(account=account)
    assert secrets.open(place_of(Schedule, schedule.id), bytes(schedule.sealed)) == b"09:00 Europe/Lisbon"

    # It is a buddy's too, which is kept for longer.
    erased = await erase_what_is_due(NOW + 400 * 24 * 3600, stopping_with(secrets), idle_days=90)
    assert (erased.accounts, erased.heartbeats) == (1, 1)
    assert [await table.all().count() for table in (Account, Schedule, CheckIn, Outbox)] == [0, 0, 0, 0]


@pytest.mark.usefixtures("database")
async def test_nothing_is_made_twice(ready: Settings) -> None:
    sealer, account = Sealer(HostSecrets(ready.secret_file)), await make_account()
    await sealer.check_in(account)
    message = await make_message(await sealer.subscription(await Device.get(account=account)))

    with pytest.raises(IntegrityError):
        await sealer.check_in(account)
    with pytest.raises(IntegrityError):
        await Outbox.create(key=message.key, kind=1, subscription_id=message.subscription_id, due=1, stale_after=1)


@pytest.mark.usefixtures("database")
async def test_erasing_takes_everything_of_hers_and_nothing_of_anybody_else(ready: Settings) -> None:
    secrets = HostSecrets(ready.secret_file)
    account, other = await make_full_account(secrets), await make_full_account(secrets)

    await erase_account(stopping_with(HostSecrets(ready.secret_file)), account.id, NOW)

    assert [await table.all().count() for table in (Account, Schedule, CheckIn, Outbox)] == [1, 1, 1, 1]
    assert await devices_of(other.id)


@pytest.mark.usefixtures("database")
async def test_phones_that_ask_at_the_same_moment_do_not_trip_over_each_other() -> None:
    # Given one account with several windows open
    account = await make_account()
    (device,) = await devices_of(account.id)
    words = RecoveryWords(PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))

    # When each asks for the same, all at once
    begun = await asyncio.gather(*(begin_session(account.id, TODAY, device) for _ in range(8)))
    await asyncio.gather(*(keep_backup(account.id, BACKUP) for _ in range(8)))
    await asyncio.gather(*(words.keep(account.id, LOOKUP, PROOF) for _ in range(8)))
    await asyncio.gather(*(lay_down(account.id, LOOKUP, bytes(4096), NOW) for _ in range(8)))
    taken = await asyncio.gather(*(take_up(LOOKUP, NOW) for _ in range(8)), return_exceptions=True)
    opened = await asyncio.gather(*(begin_session(account.id, TODAY) for _ in range(15)), return_exceptions=True)

    # Then nothing fails, and there is one of each, and no device too many
    visitors = [await find_visitor(one.token, TODAY) for one in begun]
    assert sum(visitor is not None for visitor in visitors) == 1
    assert await read_backup(account.id) == BACKUP
    assert await words.find_account(LOOKUP, PROOF) == account.id
    assert [one for one in taken if isinstance(one, bytes)] == [bytes(4096)]
    assert {type(one) for one in opened if isinstance(one, Exception)} == {FullError}
    assert len(await devices_of(account.id)) == 10


@pytest.mark.usefixtures("database")
async def test_who_is_erased_meanwhile_is_only_signed_out(ready: Settings) -> None:
    account = await make_account()
    await erase_account(stopping_with(HostSecrets(ready.secret_file)), account.id, NOW)

    for late in (keep_backup(account.id, BACKUP), lay_down(account.id, LOOKUP, bytes(4096), NOW)):
        with pytest.raises(NotSignedInError):
            await late


@pytest.mark.usefixtures("database")
async def test_workers_share_what_is_to_be_sent_and_none_of_it_is_sent_twice(ready: Settings) -> None:
    # Given many messages
    secrets = HostSecrets(ready.secret_file)
    account = await make_account()
    subscription = await Sealer(secrets).subscription(
        await Device.get(account=account), b'{"endpoint": "e", "p256dh": "p", "auth": "a"}'
    )
    for _ in range(120):
        await make_message(subscription, stale_after=NOW + 1000)

    # When several workers claim at once, again and again
    claimed: list[int] = []
    for _ in range(6):
        shares = await asyncio.gather(*(claim_messages(secrets, NOW, 8) for _ in range(4)))
        claimed += [message.ref for share in shares for message in share]

    # Then each has its own, until the claims have ended
    assert len(claimed) == len(set(claimed)) == 120
    assert len(await claim_messages(secrets, NOW + CLAIM_SECONDS, 500)) == 120
    await record_outcomes([Outcome(ref, Result.FAILED) for ref in claimed[:60]], NOW)
    await record_outcomes([Outcome(ref, Result.DELIVERED) for ref in claimed[60:]], NOW)
    assert await Outbox.all().count() == 60
    await record_outcomes([Outcome(claimed[0], Result.GONE)], NOW)
    assert await Outbox.all().count() == 0
    assert (await Device.get(account=account)).reach_lost


async def test_workers_that_look_at_once_ask_everybody_once_and_settle_an_outage_once(
    ready: Settings, database: Database
) -> None:
    # Given people who are all asked in the same minutes
    store, accounts = CheckInStore(HostSecrets(ready.secret_file)), [await make_account() for _ in range(30)]
    zone = CheckInSchedule(zone="Europe/Madrid", times=("08:30", "14:00"), days=(1, 2, 3, 4, 5, 6, 7))
    morning = NOW + 20 * 3600
    for account in accounts:
        await turn_on(store, account.id, Wishes(zone, LadderSettings(), nudge=True), NOW + 12 * 3600)

    # When several workers look at the same moments, and phones are heard in between
    async def hear() -> None:
        for account in accounts:
            await put_off(store, account.id, "longer", None, morning)

    for at in range(NOW + 12 * 3600, morning, 300):
        await asyncio.gather(*(look(store, at) for _ in range(3)), *([hear()] if at % 3600 == 0 else []))

    # Then each was asked once
    assert await CheckIn.all().count() == 30
    assert {(row.day, row.number) for row in await CheckIn.all()} == {(day_number(TODAY) + 1, 0)}

    # And after an outage the afternoon has moved once, by its length
    before = {row.id: row.next_due for row in await Schedule.all()}
    await asyncio.gather(*(look(store, NOW + 26 * 3600) for _ in range(3)))
    moved = {(row.next_due or 0) - (before[row.id] or 0) for row in await Schedule.all()}
    assert len(moved) == 1
    assert 6 * 3600 <= moved.pop() <= 6 * 3600 + 600


async def make_reminded(store: CheckInStore, account: str) -> None:
    """A check-in whose grace is over."""
    opened = open_check_in(new_id(), NOW + 8 * 3600, LadderSettings(), NOW - 6 * 3600)
    kept = Kept(ladder=opened.check_in.changed(rung=Rung.REMINDED), asked_at=NOW - 6 * 3600)
    await store.open_check_ins([OpenedCheckIn(account, day_number(TODAY), kept, opened)])


async def test_everybody_is_nudged_once_while_workers_look_buddies_reply_and_pairs_end(
    ready: Settings, database: Database
) -> None:
    # Given people with two buddies each, whose grace is over
    store, pairs = CheckInStore(HostSecrets(ready.secret_file)), list[tuple[str, list[str]]]()
    zone = CheckInSchedule(zone="Europe/Madrid", times=("23:00",), days=(1, 2, 3, 4, 5, 6, 7))
    for _ in range(20):
        her, *buddies = [(await make_account()).id for _ in range(3)]
        await turn_on(store, her, Wishes(zone, LadderSettings(), nudge=True), NOW)
        for buddy in buddies:
            await make_pair(store.host_secrets, NewPair(her, buddy, "c" * 22, bytes(NOTES_BYTES)), 20_000)
        await make_reminded(store, her)
        pairs.append((her, buddies))

    # When several workers look at once, then one buddy of each was asked
    await asyncio.gather(*(look(store, NOW) for _ in range(3)))
    asked = {str(one.tie.account_id): one.tie.id for one in await Nudge.all().select_related("tie")}
    assert len(asked) == 20
    assert all(len(asked.keys() & set(buddies)) == 1 for _, buddies in pairs)

    # And when they look while those reply, stop, or are stopped, nothing fails, and each of the others is asked at once
    stopping = stopping_in(ready, store.host_secrets)
    ends = list(asked.items())
    acts = [reply(store, account, tie, (1, 3)[number % 2], NOW) for number, (account, tie) in enumerate(ends[:10])]
    acts += [stopping.stop(account, tie, NOW) for account, tie in ends[10:]]
    await asyncio.gather(*acts, *(look(store, NOW + minute * 60) for minute in range(3)))
    assert await Nudge.all().count() == 20 + 5
    nudged_now = {str(one.tie.account_id) for one in await Nudge.all().select_related("tie")} - asked.keys()
    assert len(nudged_now) == 15

    # And her answer reaches exactly those who are still hers
    for her, _ in pairs:
        answer = Answer(id="a" * 22, says="here", given_at=NOW, sent_at=NOW)
        await take_answer(store, her, answer, NOW + 600)
    ties = [str(tie) for tie in await Tie.all().values_list("id", flat=True)]
    kept = await read_nudges_of(store.host_secrets, ties)
    assert {row.contents.state for rows in kept.values() for row in rows} == {"well"}


async def test_phones_are_answered(ready: Settings, database: Database) -> None:
    app = create_app(ready)
    async with app.router.lifespan_context(app), phone_of(app) as phone:
        assert (await phone.post("/s/new", json={"secret": "k" * 42 + "A"})).status_code == 200
        assert len((await phone.get("/s/list")).json()["devices"]) == 1
        assert (await phone.put("/s/save", content=BACKUP)).status_code == 204
        assert isinstance(phone, httpx.AsyncClient)
        assert (await phone.post("/s/clear", json={})).status_code == 204


async def test_two_become_a_pair_and_both_may_stop_at_once(
    ready: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_at_once(monkeypatch)
    app = create_app(ready)
    async with app.router.lifespan_context(app), someone(app, 1) as her, someone(app, 2) as buddy:
        # Two who press accept at once, and two who ask each other
        async with someone(app, 3) as other:
            await her.lays("o" * 22)
            taken = await asyncio.gather(buddy.takes("o" * 22), other.takes("o" * 22, as_text(bytes(1024))))
            assert sorted(answer.status_code for answer in taken) == [204, 404]
        hers, theirs = await pair(her, buddy)
        back, forth = await pair(buddy, her, "b" * 22)

        # Both change and stop both pairs, in the same moment
        before = await asyncio.gather(her.circle(), buddy.circle())
        assert [len(one["hers"]) + len(one["theirs"]) for one in before] == [2, 2]
        await asyncio.gather(*(one.asks("/s/circle/agree", id=tie) for one, tie in ((her, hers), (buddy, theirs))))
        stops = (her.stops(hers), buddy.stops(theirs), buddy.stops(back), her.stops(forth), her.stops(hers))
        assert {answer.status_code for answer in await asyncio.gather(*stops)} == {204}
        assert await Tie.all().count() == 0


async def test_who_leaves_takes_nobody_else_along(
    ready: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_at_once(monkeypatch)
    app = create_app(ready)
    async with app.router.lifespan_context(app), someone(app, 1) as her, someone(app, 2) as buddy:
        hers, _ = await pair(her, buddy)
        assert (await buddy.asks("/s/clear")).status_code == 204
        assert [tie["id"] for tie in (await her.circle())["hers"]] == [hers]
        assert (await Tie.get(id=hers)).notes is None
        assert (await her.asks("/s/report", id=hers, content=as_text(bytes(4096)))).status_code == 204
