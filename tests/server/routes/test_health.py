"""The host's own watch."""

import httpx


async def test_a_host_can_ask_whether_the_server_is_up_and_learns_nothing_else(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/up")

    assert (answer.status_code, answer.text) == (200, "ok")
    assert answer.headers["cache-control"] == "no-store"
