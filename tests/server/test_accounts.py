"""Accounts: nothing identifies anybody, only the secret opens, and erasing leaves nothing, not even in the file."""

import pytest

from server.accounts import erase_account, open_account, replace_secret, sign_in
from server.errors import NotSignedInError
from server.models import Account, Heartbeat
from server.sealing import HostSecrets
from server.sessions import begin_session, devices_of, find_visitor
from server.settings import Settings
from server.storage import Database
from tests.factories import NOW, SECRET, TODAY, make_account, make_full_account, stopping_with
from tests.server.migrating import sqlite_shape
from tests.server.test_storage import ask

OTHER_SECRET = bytes(32)


@pytest.mark.usefixtures("database")
async def test_an_account_is_opened_with_nothing_but_a_random_secret() -> None:
    begun = await open_account(SECRET, TODAY)

    kept = await Account.get(id=begun.account)
    assert bytes(kept.secret_digest) != SECRET
    assert await find_visitor(begun.token, TODAY)


@pytest.mark.usefixtures("database")
async def test_only_the_secret_signs_in_and_why_not_is_never_said() -> None:
    account = await make_account()
    assert (await sign_in(account.id, SECRET, TODAY, device=None)).account == account.id

    refusals = []
    for name, secret in ((account.id, OTHER_SECRET), ("x" * 22, SECRET), ("x" * 22, OTHER_SECRET)):
        with pytest.raises(NotSignedInError) as refusal:
            await sign_in(name, secret, TODAY, device=None)
        refusals.append((type(refusal.value), refusal.value.args))

    assert len(set(refusals)) == 1


@pytest.mark.usefixtures("database")
async def test_a_new_secret_shuts_the_old_one_and_every_other_phone_out() -> None:
    # Given a phone that was lost
    account = await make_account()
    lost, here = await begin_session(account.id, TODAY), await begin_session(account.id, TODAY)

    # When she takes another secret
    await replace_secret(account.id, OTHER_SECRET, device=here.device)

    # Then the lost phone is out, with its token and with what its vault holds
    assert await find_visitor(lost.token, TODAY) is None
    with pytest.raises(NotSignedInError):
        await sign_in(account.id, SECRET, TODAY, device=None)
    assert await find_visitor(here.token, TODAY)
    assert (await sign_in(account.id, OTHER_SECRET, TODAY, device=None)).account == account.id


async def test_erasing_takes_everything_of_hers_and_nothing_of_anybody_else(
    ready: Settings, database: Database
) -> None:
    # Given two people with rows in every table
    secrets = HostSecrets(ready.secret_file)
    account, other = await make_full_account(secrets), await make_full_account(secrets)
    tables = [name for name in sqlite_shape(ready.own_database) if name not in {"heartbeat", "report"}]
    before = {name: ask(ready.own_database, f"SELECT count(*) FROM {name}") for name in tables}  # noqa: S608
    assert set(map(str, before.values())) == {"[(2,)]"}

    # When one erases all
    await erase_account(stopping_with(HostSecrets(ready.secret_file)), account.id, NOW)

    # Then each table holds the other one's row alone
    after = {name: ask(ready.own_database, f"SELECT count(*) FROM {name}") for name in tables}  # noqa: S608
    assert set(map(str, after.values())) == {"[(1,)]"}
    assert await devices_of(other.id)
    assert (await Heartbeat.get(worker="w")).at == NOW


async def test_what_was_erased_is_in_no_byte_of_the_database_files(ready: Settings, database: Database) -> None:
    # Given a person whose ids and secrets are known
    account = await make_full_account(HostSecrets(ready.secret_file))
    tells = [account.id.encode(), bytes(account.secret_digest), *(one.encode() for one in await devices_of(account.id))]
    files = sorted(ready.data.glob("nightjar.sqlite3*"))
    assert all(any(tell in file.read_bytes() for file in files) for tell in tells)

    # When she erases all
    await erase_account(stopping_with(HostSecrets(ready.secret_file)), account.id, NOW)

    # Then nobody finds them again, while the server runs or after it has stopped
    for file in files:
        assert not [tell for tell in tells if tell in file.read_bytes()], file
