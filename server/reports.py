"""Reports: what somebody tells the host about a pair, unread by the server, and about whom by a random id alone.

Nothing is ever added by itself: no name, no address, nothing of the reporter, and no moment but the day of its erasing.
"""

from collections.abc import AsyncIterator
from typing import Final, NamedTuple

from server.checkins.check_in import DAY
from server.errors import SealingError
from server.faults import log_fault
from server.models import Report, new_id
from server.report_box import OVERHEAD_BYTES, STEP_BYTES
from server.sealing import HostSecrets, Place
from server.storage import forget_for_good
from server.ties import peers_of, read_ties

# A sealed box of docs/VAULT.md in its steps, or one that the phone filled up to a round size.
SIZES_BYTES: Final = frozenset({4096, 16_384, 65_536, *(OVERHEAD_BYTES + steps * STEP_BYTES for steps in (1, 2, 4))})
LARGEST_BYTES: Final = max(SIZES_BYTES)
KEPT_DAYS: Final = 90
# Equally long whether it names an account or none.
_ABOUT_BYTES: Final = 60


class Reported(NamedTuple):
    """A report as the host finds it; `about` is the account it is about, None where the pair was over already."""

    id: str
    about: str | None
    content: bytes


async def keep_report(host_secrets: HostSecrets, account: str, tie: str | None, content: bytes, now: int) -> None:
    """Keep what was reported, in one of SIZES_BYTES, and about whom.

    A pair that the other side has stopped, or that is not theirs, is reported like any other, about nobody.
    """
    row = new_id()
    about = await _other_side(host_secrets, account, tie) if tie else None
    sealed = host_secrets.seal(_place(row), (about or "").encode().ljust(_ABOUT_BYTES))
    await Report.create(id=row, content=content, sealed=sealed, erase_after=(now // DAY + 1 + KEPT_DAYS) * DAY)


async def read_reports(host_secrets: HostSecrets) -> AsyncIterator[Reported]:
    """Yield what is there, the oldest first."""
    for row, content, sealed in await Report.all().order_by("erase_after", "id").values_list("id", "content", "sealed"):
        about = None
        try:
            about = host_secrets.open(_place(row), bytes(sealed)).decode().strip() or None
        except SealingError as error:
            # What was written may still be read.
            log_fault(error)
        yield Reported(str(row), about, bytes(content))


async def remove_report(report: str) -> bool:
    """Erase a report that the host has dealt with; False if there is none of that id."""
    removed = await Report.filter(id=report).delete()
    await forget_for_good()
    return bool(removed)


def printable(content: bytes) -> str:
    """Return what was written for a terminal: nothing in it can move the cursor, or look like the host's own lines."""
    lines = content.decode("utf-8", errors="replace").splitlines()
    return "\n".join("    " + "".join(one if one.isprintable() else "\ufffd" for one in line) for line in lines)


async def _other_side(host_secrets: HostSecrets, account: str, tie: str) -> str | None:
    own = (await read_ties(host_secrets, [tie])).get(tie)
    if own is None or own.account != account:
        return None
    peer = (await peers_of(host_secrets, [own]))[tie]
    return peer.account if peer else None


def _place(row: str) -> Place:
    return Place("report", "sealed", row)
