"""After you: where the worker lives in the web process, it lets phones go first, for a moment at a time.

SQLite has one connection, whose users stand in line. An answer to a phone asks the database several times, and would
wait each time for another handful of the worker's. So the worker begins none while somebody is being answered; but it
waits only a moment before each, since a phone that is slow, or means ill, must not keep others from being asked.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

LONGEST_WAIT_SECONDS: Final = 0.05


class Courtesy:
    """Counts those who are being answered. Belongs to one event loop."""

    def __init__(self) -> None:
        """Nobody is there yet."""
        self._guests = 0
        self._nobody = asyncio.Event()
        self._nobody.set()

    @contextmanager
    def guest(self) -> Iterator[None]:
        """Somebody is being answered."""
        self._guests += 1
        self._nobody.clear()
        try:
            yield
        finally:
            self._guests -= 1
            if not self._guests:
                self._nobody.set()

    async def after_you(self) -> None:
        """Wait until nobody is being answered, LONGEST_WAIT_SECONDS at most."""
        if self._guests:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._nobody.wait(), LONGEST_WAIT_SECONDS)
