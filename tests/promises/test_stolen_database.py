"""A copy of the database without the host's key tells nobody's day, nobody's phone, and lets nobody in."""

import sqlite3
from base64 import b64encode, urlsafe_b64encode
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from server.checkin_store import CheckInStore
from server.looking import look
from server.models import CheckIn, Outbox, Subscription
from server.push.outbox import make_rehearsal
from server.sealing import HostSecrets
from server.settings import Settings
from tests.server.people import Someone, answer_at_once, pair, someone
from tests.server.push.phone import Phone

SECRET, PROOF = bytes(range(32)), bytes(range(100, 132))
ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABtelling"
ZONE, TIME, SKIPPED = "America/Argentina/Ushuaia", "21:35", "2031-02-03"
SLIPS = {"h" * 42 + "A": "here", "c" * 42 + "A": "come"}


def as_text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


@pytest.fixture
async def tells(
    ready: Settings, own_phone: httpx.AsyncClient, serving_app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> list[bytes]:
    """One person who uses everything; what a thief would look for."""
    await own_phone.post("/s/new", json={"secret": as_text(SECRET)})
    await own_phone.post("/s/spare", json={"words": {"lookup": "l" * 22, "proof": as_text(PROOF)}})
    phone, key = Phone(), (await own_phone.get("/s/times")).json()["key"]
    reach = {"endpoint": ENDPOINT, "p256dh": phone.p256dh, "auth": phone.auth, "key": key}
    assert (await own_phone.put("/s/reach", json=reach)).status_code == 204
    schedule = {"zone": ZONE, "times": [TIME], "days": [1, 2, 3, 4, 5, 6, 7], "skip": SKIPPED}
    body = {"schedule": schedule, "ladder": {"grace_minutes": 777}, "nudge": True}
    assert (await own_phone.put("/s/times", json=body)).status_code == 204
    slips = [{"digest": digest_of(name), "says": says, "day": "2026-11-26"} for name, says in SLIPS.items()]
    assert (await own_phone.post("/s/slip", json={"slips": slips})).status_code == 204
    # The day on which she is asked, and answers: everything that a prompt leaves behind is there, some of it twice.
    store, due = CheckInStore(HostSecrets(ready.secret_file)), (await own_phone.get("/s/times")).json()["next"]
    for at in range(due, due + 88_000, 290):
        await look(store, at)
    await make_rehearsal(str((await Subscription.all().values_list("id", flat=True))[0]), due)
    opened = await CheckIn.all().values_list("id", flat=True)
    answer = {"id": "a" * 22, "says": "come", "given_at": 1, "sent_at": 1, "check_in": str(opened[0])}
    assert (await own_phone.post("/s/note", json=answer)).status_code == 204
    assert await CheckIn.all().count() == 2
    assert await Outbox.all().count() >= 1
    other = await a_pair_is_made(own_phone, serving_app, monkeypatch)
    token = own_phone.cookies["s"]
    words = [ENDPOINT, "mozilla", phone.p256dh, phone.auth, ZONE, "Ushuaia", TIME, SKIPPED, token]
    words += ["prompted", "ending", "grace", "rung", '"come"', "asked_at", "seed", *SLIPS]
    words += ["peer", "agreed_day", "most_buddies", "quiet_from", other]
    return [*map(str.encode, words), *spellings(SECRET), *spellings(PROOF)]


async def a_pair_is_made(own_phone: httpx.AsyncClient, app: Starlette, monkeypatch: pytest.MonkeyPatch) -> str:
    """She gets a buddy, says when not to be asked, and reports the buddy; gives what no row may name in clear."""
    answer_at_once(monkeypatch)
    her = Someone(own_phone, "")
    async with someone(app, 9) as buddy:
        hers, theirs = await pair(her, buddy)
        quiet = {"zone": ZONE, "quiet_from": TIME, "quiet_to": "07:00", "paused_until": SKIPPED}
        limits = {"most_buddies": 2, "most_people": 2}
        assert (await own_phone.put("/s/circle", json=quiet | limits)).status_code == 204
        assert (await her.asks("/s/report", id=hers, content=as_text(bytes(4096)))).status_code == 204
    return f'"{theirs}"'


def digest_of(slip: str) -> str:
    return as_text(sha256(slip.encode()).digest())


def spellings(content: bytes) -> list[bytes]:
    return [content, content.hex().encode(), b64encode(content), urlsafe_b64encode(content).rstrip(b"=")]


def files_of(data: Path) -> list[Path]:
    return sorted(data.glob("nightjar.sqlite3*"))


def test_no_byte_of_the_database_holds_what_is_sealed_or_what_signs_in(tells: list[bytes], ready: Settings) -> None:
    content = b"".join(file.read_bytes() for file in files_of(ready.data))

    assert b"l" * 22 in content, "the search would find what is in clear"
    assert not [tell for tell in tells if tell in content]


def test_the_host_secret_is_in_no_byte_of_the_database(tells: list[bytes], ready: Settings) -> None:
    content = b"".join(file.read_bytes() for file in files_of(ready.data))

    assert not [spelling for spelling in spellings(ready.secret_file.read_bytes()) if spelling in content]


async def test_of_her_day_only_moments_in_steps_of_five_minutes_are_in_clear(
    tells: list[bytes], ready: Settings, own_phone: httpx.AsyncClient
) -> None:
    # Given a schedule and a check-in, as a thief reads them
    with closing(sqlite3.connect(ready.own_database)) as connection:
        moments = connection.execute("SELECT next_due, NULL FROM schedule UNION SELECT due, erase_after FROM check_in")
        days = connection.execute(
            "SELECT erase_after FROM answered_before UNION SELECT erase_after FROM slip "
            "UNION SELECT erase_after FROM report"
        )

        # Then nothing tells to the minute when she was asked, or when she answered
        assert all(moment % 300 == 0 for row in moments for moment in row if moment is not None)
        assert all(moment % 86_400 == 0 for (moment,) in days)


async def test_nothing_at_rest_has_a_length_that_tells(tells: list[bytes], ready: Settings) -> None:
    with closing(sqlite3.connect(ready.own_database)) as connection:
        for table in ("check_in", "slip", "tie"):
            lengths = connection.execute(f"SELECT DISTINCT length(sealed) FROM {table}")  # noqa: S608 - our own tables
            assert len(lengths.fetchall()) == 1, table
