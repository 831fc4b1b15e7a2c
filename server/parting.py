"""Puts stopping together: the file it is written down in, and what it calls back of what a pair has set going."""

from server.checkin_store import CheckInStore
from server.nudging import let_go
from server.sealing import HostSecrets
from server.settings import Settings
from server.stopped import StoppedFile
from server.stopping import Stopping
from server.ties import Ends


def stopping_in(settings: Settings, host_secrets: HostSecrets) -> Stopping:
    """Return what stops pairs on this host."""
    store = CheckInStore(host_secrets)

    async def call_back(ends: Ends, now: int) -> None:
        await let_go(store, ends, now)

    return Stopping(host_secrets, StoppedFile(settings.stopped_file), call_back)
