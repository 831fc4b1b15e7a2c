"""Every role against every route: nobody reads or changes what is another's, and no refusal tells which it was.

The roles: a stranger, somebody who is her buddy, somebody whom she has stopped, and the host, who knows every id that
stands in the database, and has no more to call than anybody. Requests are generated; the ids in them are one's own,
hers, the others', and some that nobody has. After each the database is put back as it was.
"""

import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from server.attempts import count_in_memory
from server.checkin_store import CheckInStore
from server.looking import look
from server.recovery_words import RecoveryWords
from server.routes import ROUTES, Access
from server.settings import Settings
from tests.server.people import OFFER, REPLY, SHOWN, Someone, answer_at_once, as_text, pair, someone
from tests.server.prepared import phone_of
from tests.server.push.her import Clock, moment

ROLES = ("stranger", "paired", "stopped", "host")
NOBODYS = "z" * 22
KEY = as_text(bytes(32))
OTHER_NOTES = as_text(b"m" * 3072)
Answer = tuple[int, bytes, tuple[tuple[str, str], ...]]

# What each route takes; an id is mostly one of the kind that it names, and sometimes any other.
BODIES: dict[tuple[str, str], list[Any]] = {
    ("POST", "/s/new"): [{"secret": KEY}],
    ("POST", "/s/in"): [
        {"account": "<account>", "secret": KEY},
        {"account": "<account>", "secret": KEY, "device": "<device>"},
    ],
    ("POST", "/s/again"): [{"lookup": "<id>", "proof": KEY}, {"lookup": "<id>", "proof": KEY, "device": "<device>"}],
    ("POST", "/s/take"): [{"lookup": "<id>"}],
    ("POST", "/s/lay"): [{"lookup": "<id>", "content": as_text(bytes(4096))}],
    ("POST", "/s/renew"): [{"secret": KEY}],
    ("POST", "/s/spare"): [{"words": None}, {"words": {"lookup": "<id>", "proof": KEY}}],
    ("GET", "/s/list"): [None],
    ("POST", "/s/out"): [{}, {"device": "<device>"}],
    ("POST", "/s/clear"): [{}],
    ("GET", "/s/save"): [None],
    ("PUT", "/s/save"): [bytes(16 * 1024)],
    ("DELETE", "/s/save"): [None],
    ("GET", "/s/times"): [None],
    ("PUT", "/s/times"): [{"schedule": {"zone": "UTC", "times": ["08:30"], "days": [4]}, "ladder": {}, "nudge": True}],
    ("DELETE", "/s/times"): [None],
    ("POST", "/s/note"): [
        {"id": "<id>", "says": says, "given_at": 1, "sent_at": 1, "check_in": "<check_in>"} for says in ("here", "come")
    ],
    ("POST", "/s/wait"): [{"what": what, "check_in": "<check_in>"} for what in ("hour", "skip")],
    ("POST", "/s/slip"): [{"slips": [{"digest": KEY, "says": "come", "day": "2026-11-26"}]}],
    ("POST", "/s/tick"): [{"slip": KEY, "given_at": 1, "sent_at": 1}],
    ("PUT", "/s/reach"): [{"endpoint": "https://fcm.googleapis.com/x", "p256dh": KEY, "auth": KEY, "key": KEY}],
    ("DELETE", "/s/reach"): [None],
    ("POST", "/s/try"): [{}],
    ("POST", "/s/card"): [{"lookup": "<card>", "content": OFFER}],
    ("POST", "/s/card/read"): [{"lookup": "<card>"}],
    ("POST", "/s/card/take"): [{"lookup": "<card>", "reply": REPLY}],
    ("POST", "/s/card/pass"): [{"lookup": "<card>"}],
    ("POST", "/s/card/look"): [{"lookup": "<card>"}],
    ("POST", "/s/card/show"): [{"lookup": "<card>", "shown": SHOWN}],
    ("POST", "/s/card/done"): [{"lookup": "<card>", "notes": OTHER_NOTES}],
    ("POST", "/s/card/off"): [{"lookup": "<card>"}],
    ("GET", "/s/circle"): [None],
    ("PUT", "/s/circle"): [{"most_buddies": 1, "most_people": 1, "together": True}],
    ("POST", "/s/circle/stop"): [{"id": "<tie>"}],
    ("POST", "/s/circle/notes"): [{"id": "<tie>", "notes": OTHER_NOTES}],
    ("POST", "/s/circle/agree"): [{"id": "<tie>"}],
    ("POST", "/s/circle/say"): [{"id": "<tie>", "says": says} for says in (1, 3, 9)],
    ("POST", "/s/report"): [{"id": "<tie>", "content": as_text(bytes(4096))}],
}
# A name that is taken is the one thing that is told, to whoever lays something down under it: it is derived from eight
# words, or a code, and so known to those alone who have them.
TAKEN_IS_TOLD = {"/s/card", "/s/lay", "/s/spare"}
WITH_IDS = sorted(route for route, bodies in BODIES.items() if "<" in repr(bodies))
EVERYTHING = {(method, entry.path) for entry in ROUTES if entry.access is not Access.ANYONE for method in entry.methods}


def test_every_route_that_is_not_for_everybody_is_tried() -> None:
    assert set(BODIES) == EVERYTHING


@dataclass
class World:
    """She and everybody else, and a copy of the database as it was when all had come."""

    app: Starlette
    settings: Settings
    people: dict[str, Someone]
    visitor: httpx.AsyncClient
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, list[str]] = field(default_factory=dict)
    # By role: what all others have, what they see, and the words that the role has in common with her.
    others: dict[str, set[tuple[Any, ...]]] = field(default_factory=dict)
    sights: dict[str, list[bytes]] = field(default_factory=dict)
    shared: dict[str, set[str]] = field(default_factory=dict)

    @property
    def ids(self) -> list[str]:
        return sorted(self.owners)

    def connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.settings.own_database, isolation_level=None, timeout=20)
        connection.executescript("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF")
        return connection

    def read(self) -> dict[str, list[tuple[Any, ...]]]:
        with closing(self.connect()) as connection:
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {
                name: connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - our own tables
                for name in names
                if not name.startswith(("sqlite_", "tortoise"))
            }

    def put_back(self) -> None:
        """Put everything back as it was, and forget who has tried what."""
        present = self.read()
        changed = {name: rows for name, rows in self.rows.items() if present[name] != rows}
        with closing(self.connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            for name, rows in changed.items():
                connection.execute(f"DELETE FROM {name}")  # noqa: S608
                marks = ", ".join("?" * len(rows[0])) if rows else ""
                connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows) if rows else None  # noqa: S608
            connection.execute("COMMIT")
        self.app.state.attempts = count_in_memory()

    def keep(self) -> None:
        self.rows = self.read()
        with closing(self.connect()) as connection:
            for query in (
                "SELECT id, id FROM account",
                "SELECT id, account_id FROM device",
                "SELECT id, account_id FROM tie",
                "SELECT id, account_id FROM check_in",
                "SELECT lookup, account_id FROM invite",
                "SELECT id, account_id FROM schedule",
                "SELECT id, account_id FROM backup",
                "SELECT lookup, account_id FROM recovery",
            ):
                found = dict(connection.execute(query).fetchall())
                self.owners |= found
                kind = query.split()[-1]
                self.kinds["<card>" if kind == "invite" else f"<{kind}>"] = [*sorted(found), NOBODYS]
        self.kinds["<card>"] += ["p" * 22, "s" * 22]

    def role_of(self, role: str) -> tuple[httpx.AsyncClient, str]:
        return (self.visitor, "") if role == "host" else (self.people[role].phone, self.people[role].account)

    async def ask(self, role: str, method: str, address: str, body: object) -> Answer:
        phone, _ = self.role_of(role)
        cookies = dict(phone.cookies)
        content, told = (body, None) if isinstance(body, bytes) else (None, body)
        answer = await phone.request(method, address, content=content, json=told)
        # A token that has just been given away is put back with everything else.
        phone.cookies.clear()
        phone.cookies.update(cookies)
        headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
        return answer.status_code, answer.content, tuple(sorted(headers.items()))

    async def sight_of_others(self, role: str) -> list[bytes]:
        """All that everybody else's own phones can see of their own."""
        seen = []
        for name, one in self.people.items():
            if name != role:
                seen += [(await one.phone.get(address)).content for address in ("/s/circle", "/s/list", "/s/save")]
                seen += [(await one.phone.get("/s/times")).content, (await one.looks("h" * 22)).content]
        return seen


@pytest.fixture
async def world(ready: Settings, serving_app: Starlette, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    clock = Clock()
    monkeypatch.setattr("server.clock.now", clock.now)
    answer_at_once(monkeypatch)
    monkeypatch.setattr("server.routes.checkins._SLIP_SECONDS", 0)
    async with AsyncExitStack() as stack:
        names = ("her", "stranger", "paired", "stopped", "guest")
        people = {
            name: await stack.enter_async_context(someone(serving_app, number)) for number, name in enumerate(names, 1)
        }
        her = people["her"]
        await pair(her, people["paired"], "p" * 22)
        hers, _ = await pair(her, people["stopped"], "s" * 22)
        await her.stops(hers)
        # She has everything that anybody may try to read or change: times, an open check-in, a copy, words, a card.
        schedule = {"zone": "Europe/Madrid", "times": ["08:30"], "days": [4]}
        await her.phone.put("/s/times", json={"schedule": schedule, "ladder": {}, "nudge": True})
        await her.phone.put("/s/save", content=b"h" * 16 * 1024)
        await her.asks("/s/spare", words={"lookup": "r" * 22, "proof": as_text(b"p" * 32)})
        await her.lays("h" * 22)
        await people["guest"].takes("h" * 22)
        await her.shows("h" * 22)
        clock.at = moment("08:40")
        await look(CheckInStore(serving_app.state.host_secrets), clock.at)
        visitor = await stack.enter_async_context(phone_of(serving_app, "198.51.100.9"))
        world = World(serving_app, ready, people, visitor)
        serving_app.state.recovery_words = RecoveryWords(PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))
        world.keep()
        for role in ROLES:
            world.others[role] = others_rows(world, world.role_of(role)[1], world.rows)
            world.sights[role] = await world.sight_of_others(role)
            world.shared[role] = {"p" * 22, "s" * 22} if role in {"paired", "stopped"} else set()
        world.put_back()
        yield world


def filled(body: object, draw: Callable[[str], str]) -> object:
    """Put ids where a body has room for one."""
    if isinstance(body, dict):
        return {name: filled(value, draw) for name, value in body.items()}
    return draw(body) if isinstance(body, str) and body.startswith("<") else body


def with_nobodys(_: str) -> str:
    return NOBODYS


def one_name(name: str, _: str) -> str:
    return name


def others_rows(world: World, account: str, rows: dict[str, list[tuple[Any, ...]]]) -> set[tuple[Any, ...]]:
    """Every row there was at the beginning that is not this account's, as it stands now."""
    own = {account, *(name for name, owner in world.owners.items() if owner == account)}
    begun = {(table, row[0]) for table, many in world.rows.items() for row in many if not own & {*map(str, row)}}
    return {(table, *row) for table, many in rows.items() for row in many if (table, row[0]) in begun}


# A route, one of its bodies, and which ids: mostly of the kind that the body names, by their place among all such.
ROUTE = st.sampled_from(WITH_IDS) | st.sampled_from(sorted(BODIES))
PLACE = st.tuples(st.booleans(), st.integers(0, 10_000))
REQUEST = st.tuples(ROUTE, st.integers(0, 10), st.lists(PLACE, min_size=3, max_size=3))


# Made smaller, a failure would be told after hours; as it is, it names the route and the body.
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(requests=st.lists(REQUEST, min_size=8, max_size=8))
@pytest.mark.parametrize("role", ROLES)
async def test_nobody_reads_or_changes_what_is_anothers_and_every_refusal_is_the_same(
    world: World, role: str, requests: list[tuple[tuple[str, str], int, list[tuple[bool, int]]]]
) -> None:
    _, account = world.role_of(role)
    own = {one for one in world.ids if world.owners[one] == account}
    for (method, address), number, places in requests:
        # Given any request, with any ids
        template = BODIES[method, address][number % len(BODIES[method, address])]
        drawn, left_over = set[str](), iter(places)

        def draw(kind: str, left_over: Iterator[tuple[bool, int]] = left_over, drawn: set[str] = drawn) -> str:
            is_of_its_kind, place = next(left_over)
            ids = world.kinds.get(kind, world.ids) if is_of_its_kind else world.ids
            drawn.add(ids[place % len(ids)])
            return ids[place % len(ids)]

        body = filled(template, draw)

        # When it is sent, and once more about things that nobody has
        answer = await world.ask(role, method, address, body)
        left = others_rows(world, account, world.read())
        seen = await world.sight_of_others(role) if left != world.others[role] else None
        world.put_back()
        twin = await world.ask(role, method, address, filled(template, with_nobodys))
        world.put_back()

        # Then nothing of anybody else's is in the answer
        told = [one for one in world.ids if one not in own | world.shared[role] and one.encode() in answer[1]]
        assert not told, (address, body)
        assert b"hhhh" not in answer[1]

        # And nothing of theirs has changed; where a pair was cut, they cannot see it
        if seen is not None:
            assert role == "paired", (address, body)
            assert address in {"/s/circle/stop", "/s/clear", "/s/circle/say"}, (address, body)
            assert address == "/s/circle/say" or seen == world.sights[role], (address, body)

        # And whether there was anything is not told
        if not own & drawn and address not in {*TAKEN_IS_TOLD, "/s/new"}:
            assert answer == twin, (address, body)


# --- time -------------------------------------------------------------------------------------------------------------

TIMED = sorted(address for method, address in BODIES if address.startswith(("/s/circle/", "/s/card/", "/s/report")))
# So many at most: another process may have this machine for a while.
SAMPLES = 25
SECONDS = 0.1
NOISE_SECONDS = 0.015


async def test_how_long_an_answer_takes_tells_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.routes.cards._SECONDS", SECONDS)
    monkeypatch.setattr("server.routes.circle._SECONDS", SECONDS)
    # Given ends that are one's own, of a pair and of a stand-in, another's, and nobody's; and cards likewise
    ties = [(role, (await world.people[role].circle())["theirs"][0]["id"]) for role in ("paired", "stopped")]
    ties += [("stranger", (await world.people["her"].circle())["hers"][0]["id"]), ("stranger", NOBODYS)]
    cards = [("paired", "p" * 22), ("stopped", "s" * 22), ("stranger", "h" * 22), ("stranger", NOBODYS)]

    for address in TIMED:
        template = BODIES["POST", address][0]
        named = cards if "lookup" in template else ties

        # When each is asked for, again and again; the shortest time is the one that this machine's other work spares
        shortest = [float("inf")] * len(named)
        for _ in range(SAMPLES):
            for number, (role, name) in enumerate(named):
                world.put_back()
                begun = time.perf_counter()
                await world.ask(role, "POST", address, filled(template, partial(one_name, name)))
                shortest[number] = min(shortest[number], time.perf_counter() - begun)
            if max(shortest) - min(shortest) < NOISE_SECONDS:
                break

        # Then each takes as long as the others, and no less than what hides the difference
        assert max(shortest) - min(shortest) < NOISE_SECONDS, (address, shortest)
        assert min(shortest) >= SECONDS, address
