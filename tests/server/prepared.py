"""A host that is ready: keys and tables are there, and the database is open."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette

OWN = {"sec-fetch-site": "same-origin"}


@asynccontextmanager
async def phone_of(app: Starlette, address: str = "203.0.113.7") -> AsyncIterator[httpx.AsyncClient]:
    """A phone with cookies of its own, from an address of its own, whose requests come from our own pages."""
    transport = httpx.ASGITransport(app, client=(address, 50_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=OWN) as phone:
        yield phone
