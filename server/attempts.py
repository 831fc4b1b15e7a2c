"""Growing delays for whoever tries again and again, by account and by network, through `limits`.

An attempt is counted before it is judged, so that a hundred at once are a hundred. Nothing of this reaches the
database: counts live in memory (or in the host's own Valkey or Redis, where several processes share them) for a day at
most, under keyed hashes of what was tried and of the network's number.
"""

import hmac
import ipaddress
import math
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from limits.aio.storage import Storage
from limits.errors import ConfigurationError
from limits.storage import storage_from_string

from server.clock import now
from server.errors import SettingsError, TooOftenError

_REMEMBERED_SECONDS: Final = 24 * 3600
_NETWORK_BITS: Final = {4: 24, 6: 48}


@dataclass(frozen=True, slots=True)
class Patience:
    """How many attempts are free, and how long the longest wait after more may become."""

    free: int
    longest_seconds: int

    def wait_after(self, attempt: int) -> int:
        """Return how many seconds to wait after the n-th attempt: 0, then 1, 2, 4 and so on."""
        beyond = attempt - self.free
        return 0 if beyond <= 0 else min(2 ** min(beyond - 1, 30), self.longest_seconds)


FOR_AN_ACCOUNT: Final = Patience(free=5, longest_seconds=15 * 60)
# A refuge is many people behind one address: more is free there, and the longest wait is short.
FOR_A_NETWORK: Final = Patience(free=40, longest_seconds=5 * 60)


class Attempts:
    """Counts attempts; one for each app."""

    def __init__(self, storage: Storage, key: bytes) -> None:
        """Count in `storage`, under hashes with `key`."""
        self._storage = storage
        self._key = key

    async def count(self, what: str, who: str | None, patience: Patience) -> None:
        """Count one attempt; TooOftenError while the wait after an earlier one is not over. None is not counted."""
        if who is None:
            return
        tried, waits = self._names(what, who)
        if await self._storage.get(waits):
            left = await self._storage.get_expiry(waits) - now().timestamp()
            raise TooOftenError(max(1, math.ceil(left)))
        wait = patience.wait_after(await self._storage.incr(tried, _REMEMBERED_SECONDS))
        if wait:
            await self._storage.incr(waits, wait)

    async def forgive(self, what: str, who: str | None) -> None:
        """Take one attempt back: it was the right one."""
        if who is not None:
            await self._storage.incr(self._names(what, who)[0], _REMEMBERED_SECONDS, -1)

    async def forget(self, what: str, who: str) -> None:
        """Take every attempt back: the right one has come."""
        for name in self._names(what, who):
            await self._storage.clear(name)

    def _names(self, what: str, who: str) -> tuple[str, str]:
        name = hmac.digest(self._key, f"{what}\0{who}".encode(), sha256).hex()
        return f"n{name}", f"w{name}"


def network_of(address: str | None) -> str | None:
    """Return the network an address belongs to (/24 or /48); None where it says nothing about who comes.

    Loopback is the host's own machine, or a proxy that does not say for whom it asks: then all would be one network,
    and one stranger could make everybody wait.
    """
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.is_loopback:
        return None
    return str(ipaddress.ip_network((found, _NETWORK_BITS[found.version]), strict=False))


def count_in_memory() -> Attempts:
    """Count in this process alone, under a key that nobody ever sees."""
    return Attempts(_storage("async+memory://"), secrets.token_bytes(32))


def count_together(address: str, key: bytes) -> Attempts:
    """Count in Valkey or Redis with other processes that have the same key; SettingsError if that cannot be."""
    try:
        return Attempts(_storage(f"async+{address}"), key)
    except (ConfigurationError, ImportError, ValueError) as error:
        # Its message may hold the address, and that a password.
        raise SettingsError(f"NIGHTJAR_COUNTERS_URL: {type(error).__name__}: is its package installed?") from None


def _storage(address: str) -> Storage:
    storage = storage_from_string(address)
    if not isinstance(storage, Storage):
        raise TypeError
    return storage
