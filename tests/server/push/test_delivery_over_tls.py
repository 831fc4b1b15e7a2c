"""Sending over TLS: HTTP/2 where the service has it, HTTP/1.1 where not, and nothing lost when connections end."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from server.push.answers import Outcome, Result
from server.push.connections import Limits, Trust
from server.push.delivery import Courier
from server.push.endpoints import PushServices
from server.push.vapid import KeyRing
from tests.server.push.certificates import make_certificate
from tests.server.push.conftest import Write, send

SCRIPT = Path(__file__).with_name("http2_service.mjs")
MESSAGES = 300


class Service:
    """The service in a process of its own."""

    def __init__(self, folder: Path, mode: str) -> None:
        key, self.certificate = make_certificate(folder)
        command = ["node", str(SCRIPT), str(key), str(self.certificate), mode]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())
        self.origin = f"https://127.0.0.1:{self.port}"

    def stop(self) -> Any:  # noqa: ANN401 - JSON
        """End it, and return what it took: how often each path, over how many sessions."""
        self._process.terminate()
        said, _ = self._process.communicate(timeout=10)
        return json.loads(said) if said else None


@contextmanager
def running(folder: Path, mode: str) -> Iterator[Service]:
    service = Service(folder, mode)
    try:
        yield service
    finally:
        if service._process.returncode is None:
            service.stop()


async def send_many(service: Service, keys: KeyRing, write: Write) -> tuple[list[Outcome], Any]:
    courier = Courier(
        PushServices(service.origin), keys, trust=Trust(service.certificate), limits=Limits(total_seconds=10)
    )
    outcomes = await send(courier, [write(f"{service.origin}/p/{number}") for number in range(MESSAGES)])
    await courier.close()
    return outcomes, service.stop()


@pytest.mark.parametrize(("mode", "version"), [("plain", "2.0"), ("http1", "1.1")])
async def test_http_2_is_spoken_where_the_service_has_it_and_http_1_where_not(
    mode: str, version: str, keys: KeyRing, write: Write, tmp_path: Path
) -> None:
    with running(tmp_path, mode) as service:
        outcomes, heard = await send_many(service, keys, write)

    assert {outcome.result for outcome in outcomes} == {Result.DELIVERED}
    assert heard["versions"] == [version]
    assert heard["taken"] == {f"/p/{number}": 1 for number in range(MESSAGES)}
    if version == "2.0":
        assert heard["sessions"] == 1


async def test_no_more_streams_are_opened_than_the_service_allows(keys: KeyRing, write: Write, tmp_path: Path) -> None:
    with running(tmp_path, "few-streams") as service:
        outcomes, heard = await send_many(service, keys, write)

    assert {outcome.result for outcome in outcomes} == {Result.DELIVERED}
    assert heard["most"] <= 3
    assert heard["sessions"] <= Limits().connections


@pytest.mark.parametrize("mode", ["refuses-streams", "goes-away"])
async def test_what_the_service_never_looked_at_is_sent_again_and_nothing_twice(
    mode: str, keys: KeyRing, write: Write, tmp_path: Path
) -> None:
    # Given a service that refuses streams, or ends every connection after 40 of them
    with running(tmp_path, mode) as service:
        outcomes, heard = await send_many(service, keys, write)

    # Then nothing was taken twice, all that is called delivered was taken, and what had bad luck five times was not
    assert set(heard["taken"].values()) == {1}
    delivered = {f"/p/{outcome.ref - 1}" for outcome in outcomes if outcome.result is Result.DELIVERED}
    assert heard["taken"].keys() == delivered
    assert len(outcomes) == MESSAGES
    assert len(delivered) >= MESSAGES * 0.9


async def test_a_connection_that_breaks_off_loses_no_message_unseen(
    keys: KeyRing, write: Write, tmp_path: Path
) -> None:
    with running(tmp_path, "breaks-off") as service:
        outcomes, heard = await send_many(service, keys, write)

    # Then every message is accounted for: delivered ones were taken, and the others are to be tried again
    assert [outcome.ref for outcome in outcomes] == list(range(1, MESSAGES + 1))
    delivered = {outcome.ref - 1 for outcome in outcomes if outcome.result is Result.DELIVERED}
    assert {f"/p/{number}" for number in delivered} <= heard["taken"].keys()
    assert {outcome.result for outcome in outcomes} <= {Result.DELIVERED, Result.FAILED, Result.LATER}


async def test_a_certificate_that_nobody_vouches_for_is_no_push_service(
    keys: KeyRing, write: Write, tmp_path: Path
) -> None:
    with running(tmp_path, "plain") as service:
        courier = Courier(PushServices(service.origin), keys)
        outcomes = await send(courier, [write(f"{service.origin}/p/1")])
        await courier.close()
        assert outcomes == [Outcome(1, Result.FAILED)]
        assert service.stop()["taken"] == {}


async def test_a_certificate_for_another_name_is_no_push_service(keys: KeyRing, write: Write, tmp_path: Path) -> None:
    # Given a name that leads to a machine whose certificate is good, and another's
    with running(tmp_path, "plain") as service:
        courier = Courier(
            PushServices("https://push.example"),
            keys,
            trust=Trust(service.certificate, (f"push.example:443:127.0.0.1:{service.port}",)),
        )
        outcomes = await send(courier, [write("https://push.example/p/1")])
        await courier.close()
        assert outcomes == [Outcome(1, Result.FAILED)]
        assert service.stop()["taken"] == {}
