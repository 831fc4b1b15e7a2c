"""What buddies are asked, and what they say to it."""

from collections.abc import Collection
from typing import Any

from server.checkin_store import CheckInStore
from server.sealing import HostSecrets
from server.ties import Ends


async def read_nudges(host_secrets: HostSecrets, ties: Collection[str], today: int) -> dict[str, dict[str, Any]]:  # noqa: ARG001 - comes with the ladder
    """Return what is asked at each of these ends."""
    return {}


async def reply(store: CheckInStore, account: str, tie: str, code: int, now: int) -> None:
    """Take what a buddy says."""


async def let_go(store: CheckInStore, ends: Ends, now: int) -> None:
    """Call back what a pair has set going, before its ends are cut; both accounts are held."""
