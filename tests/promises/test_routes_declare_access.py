"""No route is there by accident: each stands in one table, which says who may call it, under a dull address."""

import re
from inspect import signature

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from server import addresses
from server.app import create_app
from server.routes import ROUTES, Access, Entry, starlette_routes
from server.settings import Settings
from tests.promises.telltale import find_words

READING = {"GET", "HEAD"}


def table_of(app: Starlette) -> list[tuple[str, object]]:
    routes: list[tuple[str, object]] = []
    for route in app.routes:
        # A mounted app would bring addresses that no table lists.
        assert isinstance(route, Route)
        routes.append((route.path, route.endpoint))
    return routes


@pytest.mark.parametrize("hello_path", ["/hello", "/welcome"])
def test_the_app_answers_to_its_table_and_to_nothing_else(hello_path: str) -> None:
    app = create_app(Settings(hello_path=hello_path))

    (hello, _), *others = table_of(app)

    assert hello == hello_path
    assert others == [(entry.path, entry.handler) for entry in ROUTES]


@pytest.mark.parametrize("entry", ROUTES, ids=lambda entry: entry.path)
def test_every_route_says_who_may_call_it(entry: Entry) -> None:
    assert isinstance(entry.access, Access)


@pytest.mark.parametrize("entry", ROUTES, ids=lambda entry: entry.path)
def test_what_anyone_may_call_changes_nothing(entry: Entry) -> None:
    if entry.access is Access.ANYONE:
        assert set(entry.methods) <= READING


@pytest.mark.parametrize(
    "entry", [entry for entry in ROUTES if entry.access is Access.SIGNED_IN], ids=lambda entry: entry.path
)
async def test_what_is_for_signed_in_devices_is_closed_to_all_others_before_they_are_heard(
    entry: Entry, own_phone: httpx.AsyncClient
) -> None:
    said = set()
    for method in entry.methods:
        for cookie in ({}, {"cookie": "s=" + "A" * 43}, {"cookie": "s="}, {"cookie": "__Host-s=x; s=%00"}):
            answer = await own_phone.request(method, entry.path, headers=cookie, content=b"{")
            said.add((answer.status_code, answer.content, tuple(sorted(answer.headers.items()))))
    assert len(said) == 1
    (status, content, _), *_ = said
    assert (status, content) == (401, b'{"kind":"closed"}')


@pytest.mark.parametrize("entry", ROUTES, ids=lambda entry: entry.path)
async def test_what_changes_anything_is_closed_to_other_sites_and_to_whoever_does_not_say(
    entry: Entry, visitor: httpx.AsyncClient
) -> None:
    for method in set(entry.methods) - READING:
        for headers in ({}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "null"}):
            assert (await visitor.request(method, entry.path, headers=headers)).status_code == 403


def test_an_entry_cannot_leave_its_access_out() -> None:
    # A default would be right until the first route for which it is wrong.
    assert signature(Entry).parameters["access"].default is signature(Entry).empty


def test_no_route_is_reached_in_a_way_its_entry_does_not_name() -> None:
    for route, entry in zip(starlette_routes("/hello")[1:], ROUTES, strict=True):
        assert route.methods == set(entry.methods) | ({"HEAD"} if "GET" in entry.methods else set())


def test_every_address_of_the_table_is_as_dull_as_a_water_trackers() -> None:
    named = [value for name, value in vars(addresses).items() if name.isupper() and isinstance(value, str)]
    assert len(named) >= len(ROUTES)

    for address in [*named, *(entry.path for entry in ROUTES), Settings().hello_path]:
        assert not find_words(address), address


def test_no_cover_can_be_named_like_the_first_part_of_another_address() -> None:
    first_parts = {re.match(r"/([a-z]+)", entry.path) for entry in ROUTES}
    assert {part[1] for part in first_parts if part} == addresses.TAKEN
