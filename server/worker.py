"""The worker: looks at what is due, hands messages to push services, and erases what nobody needs any more.

In `nightjar run` it lives in the web process; `nightjar worker` runs it alone. Whatever fails ends in one quiet line,
and the next turn begins anew: everything that matters is in the database.
"""

import asyncio
import fcntl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import partial
from typing import Final

from server.checkin_store import CheckInStore
from server.clock import epoch_seconds
from server.courtesy import Courtesy
from server.errors import StorageError
from server.faults import log_counts, log_fault
from server.looking import look
from server.models import Subscription
from server.parting import stopping_in
from server.push.answers import Outcome, Result
from server.push.delivery import Courier, Message
from server.push.endpoints import PushServices
from server.push.outbox import CLAIM_SECONDS, claim_messages, record_outcomes, release_claims, renew_claims
from server.push.vapid import KeyFile, retire_keys
from server.retention import Erased, erase_what_is_due
from server.sealing import HostSecrets
from server.settings import Settings
from server.storage import is_sqlite, sqlite_file
from server.undelivered import settle_undelivered

LOOK_SECONDS: Final = 20
DELIVER_SECONDS: Final = 1
ERASE_SECONDS: Final = 3600
# One slow push service must not keep the messages of all others waiting.
_BATCHES_AT_ONCE: Final = 4
_BATCH: Final = 400
_FAREWELL_SECONDS: Final = 5

Clock = Callable[[], int]


class Worker:
    """One worker; belongs to the event loop that it is started in."""

    def __init__(
        self,
        settings: Settings,
        host_secrets: HostSecrets,
        keys: KeyFile,
        *,
        courier: Courier | None = None,
        clock: Clock = epoch_seconds,
    ) -> None:
        """Take what it works with; SettingsError where no push service could be trusted."""
        self._settings = settings
        self._secrets = host_secrets
        self._store = CheckInStore(host_secrets)
        self._keys = keys
        self._clock = clock
        self._courtesy = Courtesy()
        self._parting = stopping_in(settings, host_secrets)
        self._courier = courier or Courier(PushServices(settings.own_push_service), keys.ring)
        self._stopping = asyncio.Event()
        self._turns: set[asyncio.Task[None]] = set()
        self._batches: set[asyncio.Task[None]] = set()
        # What has become of messages, where that could not be written down: they must not go out again.
        self._unrecorded: list[Outcome] = []
        self._recording = asyncio.Lock()
        self._erased_at = 0
        self._has_begun = False

    # --- one turn of each kind ----------------------------------------------------------------------------------------

    async def tick(self) -> None:
        """Do all that is due now, and see it through."""
        await self.look()
        while messages := await self.claim():
            await self.send(messages)

    async def look(self) -> None:
        """Ask whom to ask, go on with what is due, and erase once an hour."""
        now = self._clock()
        await look(self._store, now, self._courtesy.after_you)
        if now - self._erased_at >= ERASE_SECONDS or now < self._erased_at:
            await self.erase()
            self._erased_at = now

    async def erase(self) -> Erased:
        """Erase what nobody needs any more, and keys that no phone knows any more."""
        erased = await erase_what_is_due(self._clock(), self._parting, idle_days=self._settings.idle_days)
        # All that a host may know of it.
        log_counts("erased", asdict(erased))
        if len(self._keys.ring.ids) > 1:
            in_use = await Subscription.all().distinct().values_list("vapid_key", flat=True)
            retire_keys(self._settings.data, [str(key) for key in in_use])
        return erased

    async def claim(self) -> list[Message]:
        """Take what is to be sent now."""
        await self._courtesy.after_you()
        await self._record([])
        return await claim_messages(self._secrets, self._clock(), _BATCH)

    async def send(self, messages: list[Message]) -> None:
        """Send some messages, and write down what became of each as soon as it is known."""
        left, renewed = {message.ref for message in messages}, self._clock()
        self._courier.keys = self._keys.ring
        async for handful in self._courier.send(messages):
            left -= {outcome.ref for outcome in handful}
            await self._record(handful)
            if left and self._clock() - renewed > CLAIM_SECONDS // 3:
                renewed = self._clock()
                await renew_claims(left, renewed)

    async def _record(self, outcomes: list[Outcome]) -> None:
        self._unrecorded += outcomes
        # One after the other: what comes meanwhile goes into the next, and nothing is put off twice.
        async with self._recording:
            recording = list(self._unrecorded)
            if recording:
                await record_outcomes(recording, self._clock())
                del self._unrecorded[: len(recording)]
                again = [one.ref for one in recording if one.result in {Result.LATER, Result.FAILED}]
                await settle_undelivered(self._store, again, self._clock())

    # --- turn after turn ----------------------------------------------------------------------------------------------

    def start(self, courtesy: Courtesy | None = None) -> None:
        """Work in tasks of this event loop until stopped; beside a web server, with its courtesy."""
        self._courtesy = courtesy or self._courtesy
        self._turns = {
            asyncio.create_task(self._repeat(self.look, LOOK_SECONDS)),
            asyncio.create_task(self._repeat(self._deliver, DELIVER_SECONDS)),
        }

    async def stop(self) -> None:
        """Begin nothing any more, see through what is on its way for a moment, and end."""
        self._stopping.set()
        await self._courier.close(_FAREWELL_SECONDS)
        tasks = self._turns | self._batches
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_FAREWELL_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver(self) -> None:
        if not self._has_begun:
            if is_sqlite():
                # Nobody else works on this database: what is claimed was left behind by one that died.
                await release_claims()
            self._has_begun = True
        while len(self._batches) < _BATCHES_AT_ONCE and not self._stopping.is_set():
            messages = await self.claim()
            if not messages:
                return
            batch = asyncio.create_task(_quietly(partial(self.send, messages)))
            self._batches.add(batch)
            batch.add_done_callback(self._batches.discard)

    async def _repeat(self, turn: Callable[[], Awaitable[None]], pause_seconds: float) -> None:
        while not self._stopping.is_set():
            await _quietly(turn)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause_seconds)


@contextmanager
def only_worker(settings: Settings) -> Iterator[None]:
    """Make sure that an SQLite database has one worker; StorageError in one line if it has another already.

    The mark is a lock on a file beside the database, which the operating system takes away with a process that dies.
    """
    file = sqlite_file(settings)
    if file is None:
        yield
        return
    with file.with_name(file.name + ".worker").open("w") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StorageError(
                f"{file}: another worker uses this database; SQLite takes one, PostgreSQL any number "
                "(`nightjar web` serves without one)"
            ) from None
        yield


async def _quietly(turn: Callable[[], Awaitable[None]]) -> None:
    try:
        await turn()
    except Exception as error:  # noqa: BLE001 - the edge: a fault must end here, in one quiet line, and not the worker
        log_fault(error)
