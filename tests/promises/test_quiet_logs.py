"""A host's terminal and log files hold nothing about anybody: a real server, real requests, every byte it says."""

import os
import socket
import time
from pathlib import Path

import httpx

from server.settings import PROJECT
from tests.server.push.phone import Phone
from tests.server.terminal import Running, serving

# What a log might keep of a visitor, each spelt so that it can be found again.
ADDRESS = "203.0.113.77"
AGENT = "TellingBrowser/7.7"
REFERRER = "https://search.example/how-to-leave"
ID = "visitor-4711"
PATH = "/telling-path"
QUERY = "telling-query"
BODY = "telling-body"
SECRETS = (
    ADDRESS,
    "127.0.0.1",
    "::1",
    AGENT,
    REFERRER,
    ID,
    PATH,
    QUERY,
    BODY,
    "/sip",
    "/t/",
    "/b/",
    "/s/",
    "GET",
    "POST",
)

# A push service that does not answer, on this machine.
NO_SERVICE = "http://127.0.0.1:9"

TELLING = {
    "user-agent": AGENT,
    "referer": REFERRER,
    "cookie": f"id={ID}",
    "authorization": f"Bearer {ID}",
    "x-forwarded-for": ADDRESS,
    "forwarded": f"for={ADDRESS}",
    "x-real-ip": ADDRESS,
    "x-request-id": ID,
}

# Stands in for a fault of ours: one route that fails, put into the real app by the interpreter's own start-up hook.
BREAK_ONE_ROUTE = f"""
import server.routes
from starlette.routing import Route

routes = server.routes.starlette_routes

async def fail(request):
    raise ValueError(f"{{request.url}} {{request.client}} {{request.headers}} {BODY}")

server.routes.starlette_routes = lambda hello: [Route("/up", fail), *routes(hello)]
"""


BREAK_THE_WORKER = f"""
import server.looking

async def fail(store, now, pause):
    raise ValueError("{BODY}")

server.looking.look = fail
"""


def everything_is_asked(running: Running) -> None:
    with httpx.Client(base_url=running.base, headers=TELLING, timeout=20) as visitor:
        for address in ("/", "/sip/", "/sip/sw.js", "/b/en.bin", "/t/1", "/hello", "/up", PATH, "/t/77", "/a/no.js"):
            visitor.get(f"{address}?{QUERY}={ID}")
            visitor.head(address)
        visitor.post("/sip/", content=BODY)
        a_phone_is_used(visitor)
        visitor.post("/sip/", content=BODY * 10_000, headers={"sec-fetch-site": "same-origin"})
        visitor.get("/sip/", headers={"upgrade": "websocket", "connection": "upgrade"})


def a_phone_is_used(visitor: httpx.Client) -> None:
    own, key, lookup = {"sec-fetch-site": "same-origin"}, "k" * 42 + "A", "l" * 22
    opened = visitor.post("/s/new", json={"secret": key}, headers=own).json()
    cookie = own | {"cookie": f"s={visitor.cookies['s']}"}
    for _ in range(8):
        visitor.post("/s/in", json={"account": opened["account"], "secret": "x" * 42 + "A"}, headers=own)
    visitor.post("/s/new", content=BODY, headers=own)
    visitor.post("/s/spare", json={"words": {"lookup": lookup, "proof": key}}, headers=cookie)
    visitor.post("/s/again", json={"lookup": lookup, "proof": key}, headers=own)
    check_ins_are_used(visitor, cookie)
    visitor.post("/s/card", json={"lookup": ID, "content": "A" * 1366}, headers=cookie)
    for address in ("/s/circle/stop", "/s/circle/agree", "/s/card/read", "/s/card/off"):
        name = "lookup" if "card" in address else "id"
        visitor.post(address, json={name: ID}, headers=cookie)
    visitor.put("/s/save", content=bytes(16 * 1024), headers=cookie)
    assert visitor.get("/s/save", headers=cookie).status_code == 200


def check_ins_are_used(visitor: httpx.Client, cookie: dict[str, str]) -> None:
    schedule = {"zone": "Europe/Madrid", "times": ["08:30"], "days": [4]}
    visitor.put("/s/times", json={"schedule": schedule, "ladder": {}, "nudge": True}, headers=cookie)
    phone, push_key = Phone(), visitor.get("/s/times", headers=cookie).json()["key"]
    reach = {"endpoint": f"{NO_SERVICE}{PATH}/{ID}", "p256dh": phone.p256dh, "auth": phone.auth, "key": push_key}
    assert visitor.put("/s/reach", json=reach, headers=cookie).status_code == 204
    assert visitor.post("/s/try", json={}, headers=cookie).status_code == 204
    answer = {"id": "a" * 22, "says": "come", "given_at": 1, "sent_at": 1, "check_in": ID}
    visitor.post("/s/note", json=answer, headers=cookie)
    visitor.post("/s/tick", json={"slip": "s" * 42 + "A", "given_at": 1, "sent_at": 1}, headers=cookie)
    # The worker tries to reach the phone once a second.
    time.sleep(2.5)


def nonsense_is_sent(running: Running) -> None:
    """What no browser sends, and what breaks off half-way."""
    for nonsense in (
        f"GET {PATH} HTTP/9.9\r\n\r\n",
        f"{QUERY}\r\n\r\n",
        f"GET {PATH} HTTP/1.1\r\nhost: {ID}\r\ncontent-length: {ID}\r\n\r\n",
        f"GET {PATH} HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{BODY}",
        f"POST /sip/ HTTP/1.1\r\nhost: a\r\ncontent-length: 99\r\n\r\n{BODY}",
        f"GET /{PATH * 10_000} HTTP/1.1\r\n\r\n",
        f"\x16\x03\x01{ID}",
    ):
        with socket.create_connection(("127.0.0.1", running.port), timeout=20) as connection:
            connection.sendall(nonsense.encode())
            connection.shutdown(socket.SHUT_WR)
            connection.recv(65_536)


def test_the_terminal_says_where_it_serves_and_nothing_of_who_comes(tmp_path: Path) -> None:
    # Given a server as a host runs it
    with serving(tmp_path / "data", push_service=NO_SERVICE) as running:
        # When people come, and things go wrong
        everything_is_asked(running)
        nonsense_is_sent(running)
        assert httpx.get(f"{running.base}/up").status_code == 200
        _, said = running.stop()

    # Then it has said its one line
    assert said == f"Serving on {running.base}\n"


def test_a_fault_is_one_line_that_says_what_to_mend_and_nothing_of_who_met_it(tmp_path: Path) -> None:
    # Given a server in which one route is broken, with a message that quotes the whole request
    (tmp_path / "sitecustomize.py").write_text(BREAK_ONE_ROUTE, "utf-8")
    search = os.pathsep.join((str(tmp_path), str(PROJECT)))
    with serving(tmp_path / "data", environment={"PYTHONPATH": search}) as running:
        # When somebody meets it
        answer = httpx.get(f"{running.base}/up?{QUERY}", headers=TELLING)
        assert answer.status_code == 500
        _, said = running.stop()

    # Then each fault is one line of when, what kind and where
    faults = [line for line in said.splitlines() if "fault" in line]
    assert len(faults) >= 2, said
    assert len(said.splitlines()) == len(faults) + 1
    for line in faults:
        assert "ERROR fault: ValueError at " in line
        assert not [secret for secret in SECRETS if secret in line]


def test_a_worker_that_fails_says_so_in_one_line_and_nothing_of_whom_it_was_about(tmp_path: Path) -> None:
    # Given a worker that fails at each turn, with a message that quotes somebody's day
    (tmp_path / "sitecustomize.py").write_text(BREAK_THE_WORKER, "utf-8")
    search = os.pathsep.join((str(tmp_path), str(PROJECT)))
    with serving(tmp_path / "data", environment={"PYTHONPATH": search}) as running:
        # When it works, phones are answered all the same
        assert httpx.get(f"{running.base}/up").status_code == 200
        time.sleep(0.5)
        _, said = running.stop()

    # Then there is one line for each turn
    faults = [line for line in said.splitlines() if "ERROR fault: ValueError at " in line]
    assert len(faults) == 1
    assert len(said.splitlines()) == 2
    assert BODY not in said


def test_the_data_folder_holds_nothing_about_those_who_came(tmp_path: Path) -> None:
    with serving(tmp_path / "data", push_service=NO_SERVICE) as running:
        everything_is_asked(running)
        running.stop()

    for file in (tmp_path / "data").iterdir():
        content = file.read_bytes()
        assert not [secret for secret in (ADDRESS, AGENT, ID, PATH, QUERY) if secret.encode() in content], file


def test_the_server_does_not_say_what_it_runs_on(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as running:
        answer = httpx.get(f"{running.base}/sip/")

    assert "server" not in answer.headers
    assert "x-powered-by" not in answer.headers
