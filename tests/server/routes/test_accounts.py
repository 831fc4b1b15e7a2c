"""What phones ask for: open, sign in, add a device, recover, sign out, erase; and what they are refused."""

from base64 import urlsafe_b64encode
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from server.models import Account, Device, Session
from tests.server.prepared import OWN, phone_of

CONTENT = urlsafe_b64encode(bytes(range(256)) * 16).decode().rstrip("=")
LOOKUP, OTHER_LOOKUP = "l" * 22, "m" * 22


def key(letter: str) -> str:
    return letter * 42 + "A"


KEY, OTHER_KEY = key("k"), key("o")


async def open_account(phone: httpx.AsyncClient, secret: str = KEY) -> dict[str, str]:
    answer = await phone.post("/s/new", json={"secret": secret})
    assert answer.status_code == 200
    opened: dict[str, str] = answer.json()
    return opened


def told(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """All of an answer that somebody could tell another from."""
    return answer.status_code, answer.content, dict(answer.headers)


# --- opening and signing in ---------------------------------------------------------------------------------------


async def test_a_phone_opens_an_account_and_is_signed_in(own_phone: httpx.AsyncClient) -> None:
    opened = await open_account(own_phone)

    assert opened.keys() == {"account", "device"}
    listed = (await own_phone.get("/s/list")).json()
    assert listed == {"devices": [opened["device"]], "here": opened["device"]}


async def test_another_phone_signs_in_with_id_and_secret(serving_app: Starlette, own_phone: httpx.AsyncClient) -> None:
    opened = await open_account(own_phone)

    async with phone_of(serving_app) as other:
        answer = await other.post("/s/in", json={"account": opened["account"], "secret": KEY})
        assert answer.json()["account"] == opened["account"]
        assert answer.json()["device"] != opened["device"]
        assert len((await other.get("/s/list")).json()["devices"]) == 2


async def test_a_phone_that_says_which_device_it_is_stays_that_one(own_phone: httpx.AsyncClient) -> None:
    opened = await open_account(own_phone)

    answer = await own_phone.post("/s/in", json={**opened, "secret": KEY})

    assert answer.json() == opened


async def test_whether_an_account_exists_cannot_be_told(own_phone: httpx.AsyncClient) -> None:
    # Given one account
    opened = await open_account(own_phone)

    # When a stranger tries its id, and one that nobody has
    known = await own_phone.post("/s/in", json={"account": opened["account"], "secret": OTHER_KEY})
    unknown = await own_phone.post("/s/in", json={"account": "x" * 22, "secret": OTHER_KEY})

    # Then both answers are the same, byte for byte
    assert told(known) == told(unknown)
    assert (known.status_code, known.content) == (401, b'{"kind":"closed"}')


async def test_whether_words_exist_cannot_be_told(own_phone: httpx.AsyncClient) -> None:
    await open_account(own_phone)
    await own_phone.post("/s/spare", json={"words": {"lookup": LOOKUP, "proof": KEY}})

    known = await own_phone.post("/s/again", json={"lookup": LOOKUP, "proof": OTHER_KEY})
    unknown = await own_phone.post("/s/again", json={"lookup": OTHER_LOOKUP, "proof": OTHER_KEY})

    assert told(known) == told(unknown)
    assert known.status_code == 401


async def test_words_sign_in_on_a_new_phone_and_bring_the_backup_back(
    serving_app: Starlette, own_phone: httpx.AsyncClient
) -> None:
    # Given a phone with words and a backup, which is then lost
    opened = await open_account(own_phone)
    backup = bytes(index % 256 for index in range(16 * 1024))
    await own_phone.put("/s/save", content=backup)
    assert (await own_phone.post("/s/spare", json={"words": {"lookup": LOOKUP, "proof": KEY}})).status_code == 204

    # When the words are entered on another
    async with phone_of(serving_app) as other:
        answer = await other.post("/s/again", json={"lookup": LOOKUP, "proof": KEY})

        # Then it is hers, with what she laid by, and the lost one can be shut out
        assert answer.json()["account"] == opened["account"]
        assert (await other.get("/s/save")).content == backup
        assert (await other.post("/s/renew", json={"secret": OTHER_KEY})).status_code == 204
    assert (await own_phone.get("/s/list")).status_code == 401


async def test_words_that_were_taken_back_sign_nobody_in(own_phone: httpx.AsyncClient) -> None:
    await open_account(own_phone)
    await own_phone.post("/s/spare", json={"words": {"lookup": LOOKUP, "proof": KEY}})
    await own_phone.post("/s/spare", json={"words": None})

    assert (await own_phone.post("/s/again", json={"lookup": LOOKUP, "proof": KEY})).status_code == 401


# --- adding and removing devices ----------------------------------------------------------------------------------


async def test_a_device_is_added_by_a_code_of_which_the_server_sees_nothing(
    serving_app: Starlette, own_phone: httpx.AsyncClient
) -> None:
    await open_account(own_phone)
    assert (await own_phone.post("/s/lay", json={"lookup": LOOKUP, "content": CONTENT})).status_code == 204

    async with phone_of(serving_app) as other:
        assert (await other.post("/s/take", json={"lookup": LOOKUP})).json() == {"content": CONTENT}
        # Once is all.
        again = await other.post("/s/take", json={"lookup": LOOKUP})
        never = await other.post("/s/take", json={"lookup": OTHER_LOOKUP})
        assert told(again) == told(never)
        assert (again.status_code, again.content) == (404, b'{"kind":"nothing"}')


async def test_signing_out_takes_the_cookie_and_the_device(own_phone: httpx.AsyncClient) -> None:
    await open_account(own_phone)
    token = own_phone.cookies["s"]

    answer = await own_phone.post("/s/out", json={})

    assert answer.status_code == 204
    assert not own_phone.cookies
    assert (await own_phone.get("/s/list", headers={"cookie": f"s={token}"})).status_code == 401


async def test_a_lost_phone_is_signed_out_from_another(serving_app: Starlette, own_phone: httpx.AsyncClient) -> None:
    opened = await open_account(own_phone)
    async with phone_of(serving_app) as lost:
        device = (await lost.post("/s/in", json={"account": opened["account"], "secret": KEY})).json()["device"]

        answer = await own_phone.post("/s/out", json={"device": device})

        assert (answer.status_code, "set-cookie" in answer.headers) == (204, False)
        assert (await lost.get("/s/list")).status_code == 401
        assert (await own_phone.get("/s/list")).json()["devices"] == [opened["device"]]


async def test_somebody_elses_device_is_as_if_it_were_not_there(
    serving_app: Starlette, own_phone: httpx.AsyncClient
) -> None:
    await open_account(own_phone)
    async with phone_of(serving_app) as other:
        theirs = await open_account(other)

        foreign = await own_phone.post("/s/out", json={"device": theirs["device"]})
        missing = await own_phone.post("/s/out", json={"device": "x" * 22})

        assert told(foreign) == told(missing)
        assert foreign.status_code == 404
        assert (await other.get("/s/list")).status_code == 200


async def test_erasing_ends_everything_at_once(serving_app: Starlette, own_phone: httpx.AsyncClient) -> None:
    # Given two phones of one account
    opened = await open_account(own_phone)
    async with phone_of(serving_app) as other:
        await other.post("/s/in", json={"account": opened["account"], "secret": KEY})

        # When one says so
        answer = await own_phone.post("/s/clear", json={})

        # Then nothing is left, on either
        assert answer.status_code == 204
        assert not own_phone.cookies
        assert (await other.get("/s/list")).status_code == 401
        assert (await other.post("/s/in", json={"account": opened["account"], "secret": KEY})).status_code == 401
    assert [await table.all().count() for table in (Account, Device, Session)] == [0, 0, 0]


# --- what is refused ----------------------------------------------------------------------------------------------

SENSELESS: list[tuple[str, Any]] = [
    ("/s/new", None),
    ("/s/new", []),
    ("/s/new", {}),
    ("/s/new", {"secret": 7}),
    ("/s/new", {"secret": ""}),
    ("/s/new", {"secret": KEY + "\n"}),
    ("/s/new", {"secret": KEY + "="}),
    ("/s/new", {"secret": "é" * 43}),
    ("/s/new", {"secret": "\N{ARABIC-INDIC DIGIT ONE}" * 43}),
    ("/s/new", {"secret": KEY, "mail": "someone@example.org"}),
    ("/s/in", {"account": "x" * 21, "secret": KEY}),
    ("/s/in", {"account": "x" * 22, "secret": KEY, "device": 0}),
    ("/s/again", {"lookup": LOOKUP}),
    ("/s/take", {"lookup": LOOKUP + "/"}),
    ("/s/out", {"device": "../../etc"}),
    ("/s/spare", {}),
    ("/s/spare", {"words": {"lookup": LOOKUP}}),
    ("/s/spare", {"words": {"lookup": LOOKUP, "proof": KEY, "words": "open sesame"}}),
    ("/s/lay", {"lookup": LOOKUP, "content": ""}),
    ("/s/lay", {"lookup": LOOKUP, "content": "A"}),
    ("/s/lay", {"lookup": LOOKUP, "content": CONTENT + "AAAA"}),
    ("/s/renew", {"secret": "k"}),
    ("/s/clear", {"really": True}),
]


@pytest.mark.parametrize(("address", "body"), SENSELESS)
async def test_what_makes_no_sense_is_refused_and_changes_nothing(
    address: str, body: object, own_phone: httpx.AsyncClient
) -> None:
    await open_account(own_phone)

    answer = await own_phone.post(address, json=body)

    assert (answer.status_code, answer.content) == (400, b'{"kind":"unreadable"}')
    assert [await table.all().count() for table in (Account, Device, Session)] == [1, 1, 1]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{", b'{"secret":', b"[" * 20_000, b'{"secret": NaN}'])
async def test_bytes_that_are_no_json_are_refused_alike(content: bytes, own_phone: httpx.AsyncClient) -> None:
    answer = await own_phone.post("/s/new", content=content)

    assert (answer.status_code, answer.content) == (400, b'{"kind":"unreadable"}')


async def test_other_sites_cannot_ask_for_anything(own_phone: httpx.AsyncClient) -> None:
    await open_account(own_phone)

    for address in ("/s/new", "/s/out", "/s/clear"):
        answer = await own_phone.post(address, json={}, headers={"sec-fetch-site": "cross-site"})
        assert answer.status_code == 403

    assert (await own_phone.get("/s/list")).status_code == 200


# --- trying again and again ---------------------------------------------------------------------------------------


async def test_who_tries_an_account_again_and_again_has_to_wait_from_wherever(serving_app: Starlette) -> None:
    # Given a stranger with many addresses, and one account
    answers = []
    for number in range(8):
        async with phone_of(serving_app, f"198.51.{number}.7") as stranger:
            answers.append(await stranger.post("/s/in", json={"account": "x" * 22, "secret": KEY}))

    # Then they have to wait all the same, and are told how long
    assert [answer.status_code for answer in answers] == [401] * 6 + [429] * 2
    assert (answers[-1].content, answers[-1].headers["retry-after"]) == (b'{"kind":"later"}', "1")


async def test_who_tries_many_accounts_makes_their_own_network_wait_and_no_other(serving_app: Starlette) -> None:
    async with phone_of(serving_app, "198.51.100.7") as stranger, phone_of(serving_app, "203.0.113.9") as other:
        opened = await open_account(other)

        # When a stranger tries one account after the other
        statuses = [
            (await stranger.post("/s/in", json={"account": f"{number:022}", "secret": KEY})).status_code
            for number in range(45)
        ]

        # Then they wait, and their neighbours in other networks do not
        assert statuses[:41] == [401] * 41
        assert 429 in statuses[41:]
        assert (await other.post("/s/in", json={"account": opened["account"], "secret": KEY})).status_code == 200


async def test_accounts_cannot_be_opened_by_the_thousand(serving_app: Starlette) -> None:
    async with phone_of(serving_app) as stranger:
        statuses = [(await stranger.post("/s/new", json={"secret": KEY})).status_code for _ in range(60)]

    assert statuses.count(200) < 50
    assert statuses[-1] == 429


# --- the cookie ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "start", "end"),
    [
        ("https://app.example", "__Host-s=", "; Path=/; HttpOnly; SameSite=Strict; Secure"),
        ("https://localhost", "__Host-s=", "; Path=/; HttpOnly; SameSite=Strict; Secure"),
        # Not a place where anybody should be signed in: a browser refuses such a cookie over http.
        ("http://app.example", "__Host-s=", "; Path=/; HttpOnly; SameSite=Strict; Secure"),
        ("http://localhost:8000", "s=", "; Path=/; HttpOnly; SameSite=Strict"),
        ("http://127.0.0.1:8000", "s=", "; Path=/; HttpOnly; SameSite=Strict"),
    ],
)
async def test_the_cookie_is_a_host_cookie_wherever_the_server_is_not_on_ones_own_machine(
    base: str, start: str, end: str, serving_app: Starlette
) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(serving_app), base_url=base, headers=OWN) as phone:
        cookie = (await phone.post("/s/new", json={"secret": KEY})).headers["set-cookie"]

    assert cookie.startswith(start)
    assert cookie.endswith(end)
    assert "Domain" not in cookie


async def test_a_cookie_by_the_plain_name_counts_for_nothing_on_a_real_address(serving_app: Starlette) -> None:
    # Given a token that a neighbouring subdomain has set without the prefix
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(serving_app), base_url="https://app.example", headers=OWN
    ) as phone:
        cookie = (await phone.post("/s/new", json={"secret": KEY})).headers["set-cookie"]
        token = cookie.partition("=")[2].partition(";")[0]
        phone.cookies.clear()

        assert (await phone.get("/s/list", headers={"cookie": f"__Host-s={token}"})).status_code == 200
        assert (await phone.get("/s/list", headers={"cookie": f"s={token}"})).status_code == 401


async def test_a_session_in_use_gets_its_cookie_anew(own_phone: httpx.AsyncClient) -> None:
    # Given a phone that signed in two months ago
    await open_account(own_phone)
    session = await Session.get()
    await Session.filter(token_digest=session.token_digest).update(ends_day=session.ends_day - 60)

    # When it comes back
    first, second = await own_phone.get("/s/list"), await own_phone.get("/s/list")

    # Then its cookie lasts as long as a new one, and is not set each time
    assert first.headers["set-cookie"].startswith(f"s={own_phone.cookies['s']}; Max-Age=7776000; ")
    assert "set-cookie" not in second.headers
    assert (await Session.get()).ends_day == session.ends_day


@pytest.mark.parametrize("address", ["/s/out", "/s/clear"])
async def test_a_session_that_ends_gets_no_new_cookie_however_old_it_is(
    address: str, own_phone: httpx.AsyncClient
) -> None:
    await open_account(own_phone)
    session = await Session.get()
    await Session.filter(token_digest=session.token_digest).update(ends_day=session.ends_day - 60)

    answer = await own_phone.post(address, json={})

    assert answer.headers.get_list("set-cookie") == ["s=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict"]
    assert not own_phone.cookies
