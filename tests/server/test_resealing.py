"""Rotation: afterwards nothing needs the old secret, nothing is lost on the way, and the server need not stop."""

import asyncio
from pathlib import Path

import pytest

from server.errors import SealingError
from server.models import CheckIn, Device, Schedule, Subscription
from server.resealing import SEALED, place_of, reseal_everything, rotate_sealing
from server.sealing import SECRET_BYTES, HostSecrets
from server.sessions import begin_session, devices_of
from server.settings import Settings
from tests.factories import TODAY, Sealer, make_account, make_full_account
from tests.server.terminal import nightjar

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def secrets(ready: Settings) -> HostSecrets:
    return HostSecrets(ready.secret_file)


async def everything_sealed(secrets: HostSecrets) -> list[bytes]:
    return [
        secrets.open(place_of(table, row), sealed)
        for table, column in SEALED
        for row, sealed in await table.all().values_list(table._meta.pk_attr, column)
    ]


async def test_after_a_rotation_the_newest_secret_opens_everything_alone(secrets: HostSecrets, tmp_path: Path) -> None:
    # Given rows in every table with a sealed column
    for _ in range(3):
        await make_full_account(secrets)
    before = sorted(await everything_sealed(secrets))

    # When the host rotates
    assert await rotate_sealing(secrets) == len(before) == 21

    # Then the newest secret is enough, and the oldest opens nothing
    newest, older = tmp_path / "newest.key", tmp_path / "older.key"
    content = secrets.file.read_bytes()
    newest.write_bytes(content[:SECRET_BYTES])
    older.write_bytes(content[SECRET_BYTES:])
    assert sorted(await everything_sealed(HostSecrets(newest))) == before
    with pytest.raises(SealingError):
        await everything_sealed(HostSecrets(older))


async def test_a_rotation_that_was_broken_off_loses_nothing_when_run_again(secrets: HostSecrets) -> None:
    # Given a host whose machine stopped after the new secret was begun
    await make_full_account(secrets)
    before = await everything_sealed(secrets)
    secrets.begin_new()

    # When rotating again, which takes the oldest secret away
    await rotate_sealing(secrets)

    # Then everything is there
    assert await everything_sealed(secrets) == before


async def test_what_a_running_server_writes_meanwhile_is_not_overwritten(secrets: HostSecrets) -> None:
    # Given many schedules, and a server that has read the old secret
    sealer = Sealer(secrets)
    schedules = [await sealer.schedule(await make_account(), b"old") for _ in range(30)]
    running = HostSecrets(secrets.file)
    running.seal(place_of(Schedule, "x"), b"")

    async def change_some() -> None:
        for schedule in schedules[::3]:
            sealed = running.seal(place_of(Schedule, schedule.id), b"new")
            await Schedule.filter(id=schedule.id).update(sealed=sealed)

    # When some change while the host rotates
    await asyncio.gather(rotate_sealing(secrets), change_some())

    # Then the changes stand
    for index, schedule in enumerate(schedules):
        kept = await Schedule.get(id=schedule.id)
        assert secrets.open(place_of(Schedule, kept.id), kept.sealed) == (b"old" if index % 3 else b"new")


async def test_more_rows_than_fit_at_once_are_all_sealed_anew(
    secrets: HostSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.resealing._AT_ONCE", 2)
    sealer, account = Sealer(secrets), await make_account()
    for number in range(7):
        await sealer.check_in(account, number=number)
    secrets.begin_new()

    assert await reseal_everything(secrets) == 7
    assert await reseal_everything(secrets) == 0
    assert await CheckIn.all().count() == 7


async def test_a_row_cannot_be_given_another_rows_column(secrets: HostSecrets) -> None:
    # Given two people's phones, and somebody who can write the database
    sealer = Sealer(secrets)
    rows = [await sealer.subscription(await Device.get(account=await make_account())) for _ in range(2)]
    await Subscription.filter(id=rows[0].id).update(sealed=rows[1].sealed)

    # Then the exchange is noticed
    moved = await Subscription.get(id=rows[0].id)
    with pytest.raises(SealingError):
        secrets.open(place_of(Subscription, moved.id), moved.sealed)


async def test_phones_are_let_in_while_another_process_rotates(ready: Settings, secrets: HostSecrets) -> None:
    # Given enough rows for a rotation to take a moment
    sealer, account = Sealer(secrets), await make_account()
    for number in range(300):
        await sealer.check_in(account, number=number)
    rotation = asyncio.create_task(asyncio.to_thread(nightjar, "keys rotate-sealing", data=ready.data))

    # When a phone signs in over and over until the rotation has ended
    (device,) = await devices_of(account.id)
    times = 0
    while not rotation.done():
        await begin_session(account.id, TODAY, device)
        times += 1

    # Then neither has disturbed the other
    ended = await rotation
    assert (ended.returncode, ended.stdout.splitlines()[0]) == (0, "sealed anew: 300"), ended.stderr
    assert times > 20


# --- the command --------------------------------------------------------------------------------------------------


def test_the_keys_are_made_and_named_and_never_shown(tmp_path: Path) -> None:
    ended = nightjar("keys", data=tmp_path / "data")

    secret = (tmp_path / "data" / "secret.key").read_bytes()
    (newest,) = HostSecrets(tmp_path / "data" / "secret.key").ids
    sealing, push, reports = ended.stdout.splitlines()
    assert sealing == f"sealing {newest} in use: {tmp_path / 'data' / 'secret.key'}"
    assert push.startswith("push ")
    assert push.endswith(f" in use: {tmp_path / 'data' / 'push-keys.pem'}")
    public = (tmp_path / "data" / "report.pub").read_text().strip()
    assert reports == f"reports {public}: opened with {tmp_path / 'data' / 'report.key'}"
    assert secret.hex() not in ended.stdout
    assert (tmp_path / "data" / "report.key").read_text().splitlines()[1] not in ended.stdout
    assert nightjar("keys", data=tmp_path / "data").stdout == ended.stdout


async def test_the_command_rotates_and_says_how_much(ready: Settings, secrets: HostSecrets) -> None:
    await make_full_account(secrets)
    before = await everything_sealed(secrets)
    (old,) = secrets.ids

    ended = await asyncio.to_thread(nightjar, "keys rotate-sealing", data=ready.data)

    newest, older = secrets.ids
    assert older == old
    assert ended.stdout.splitlines()[:3] == [
        "sealed anew: 7",
        f"sealing {newest} in use: {ready.secret_file}",
        f"sealing {older} until the next rotation: {ready.secret_file}",
    ]
    assert await everything_sealed(secrets) == before


@pytest.mark.parametrize(
    "command", ["keys rotate", "key", "run fast", "close", f"run {'i' * 22}", f"close {'i' * 22} {'o' * 22}"]
)
def test_a_command_that_is_none_is_refused(command: str, tmp_path: Path) -> None:
    ended = nightjar(command, data=tmp_path)

    assert ended.returncode == 2
    assert "choose one of: close ID, content, " in ended.stderr
    known = "keys, keys rotate-push, keys rotate-sealing, prepare, reports, reports remove ID, run, web, worker"
    assert known in ended.stderr
