"""The backup's one address: bytes in, bytes out, for a signed-in device of the account alone."""

import httpx
import pytest
from starlette.applications import Starlette

from server.backups import SIZES_BYTES
from tests.server.prepared import phone_of

SECRET = {"secret": "k" * 42 + "A"}


@pytest.fixture
async def phone(own_phone: httpx.AsyncClient) -> httpx.AsyncClient:
    await own_phone.post("/s/new", json=SECRET)
    return own_phone


@pytest.mark.parametrize("size", SIZES_BYTES)
async def test_what_was_kept_comes_back(size: int, phone: httpx.AsyncClient) -> None:
    content = bytes(index % 253 for index in range(size))

    assert (await phone.put("/s/save", content=content)).status_code == 204

    answer = await phone.get("/s/save")
    assert answer.content == content
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["cache-control"] == "no-store"


async def test_a_backup_may_be_erased(phone: httpx.AsyncClient) -> None:
    await phone.put("/s/save", content=bytes(SIZES_BYTES[0]))

    assert [(await phone.delete("/s/save")).status_code for _ in range(2)] == [204, 204]

    answer = await phone.get("/s/save")
    assert (answer.status_code, answer.content) == (404, b'{"kind":"nothing"}')


async def test_nobody_sees_writes_or_erases_somebody_elses(serving_app: Starlette, phone: httpx.AsyncClient) -> None:
    await phone.put("/s/save", content=bytes(SIZES_BYTES[0]))

    async with phone_of(serving_app) as other:
        for method in ("GET", "PUT", "DELETE"):
            assert (await other.request(method, "/s/save", content=b"")).status_code == 401
        await other.post("/s/new", json=SECRET)
        assert (await other.get("/s/save")).status_code == 404
        await other.put("/s/save", content=b"x" * SIZES_BYTES[0])
        await other.delete("/s/save")

    assert (await phone.get("/s/save")).content == bytes(SIZES_BYTES[0])


@pytest.mark.parametrize("size", [0, 1, SIZES_BYTES[0] + 1])
async def test_a_size_that_would_tell_how_much_she_wrote_is_refused(size: int, phone: httpx.AsyncClient) -> None:
    answer = await phone.put("/s/save", content=bytes(size))

    assert (answer.status_code, answer.content) == (400, b'{"kind":"unreadable"}')


async def test_more_than_the_largest_is_refused_here_and_elsewhere_much_less(phone: httpx.AsyncClient) -> None:
    assert (await phone.put("/s/save", content=bytes(SIZES_BYTES[-1] + 1))).status_code == 413
    assert (await phone.post("/s/lay", content=bytes(64 * 1024 + 1))).status_code == 413


async def test_what_may_be_done_here_is_said(phone: httpx.AsyncClient) -> None:
    answer = await phone.patch("/s/save")

    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "PUT", "DELETE"}
