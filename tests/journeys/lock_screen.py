"""What stands on Chromium's lock screen, and a tap on it: by the desktop's own protocol, on a bus of its own."""

import json
import os
import subprocess
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple

from tests.journeys import binaries

_SERVICE = Path(__file__).with_name("lock_screen_service.py")
_START_SECONDS = 20.0
_SEEN_SECONDS = 0.5
# What Chromium itself adds: the tap on the whole of it, and a way to its own settings.
_CHROMIUMS_OWN = {"default", "settings"}


class Shown(NamedTuple):
    """One notification as the desktop got it; `buttons` are those that we asked for."""

    number: int
    title: str
    body: str
    buttons: tuple[str, ...]


class LockScreen:
    """Hand `environment` to the browser that is to show things here."""

    def __init__(self) -> None:
        bus = [str(binaries.get("bus")), "--session", "--print-address", "--nofork"]
        self._bus = subprocess.Popen(bus, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._bus.stdout
        self.environment = {"DBUS_SESSION_BUS_ADDRESS": self._bus.stdout.readline().strip()}
        self._service = subprocess.Popen(
            [binaries.get("python"), _SERVICE],
            env=os.environ | self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._said: list[dict[str, Any]] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._wait_for_service()

    def close(self) -> None:
        for process in (self._service, self._bus):
            process.terminate()
            process.wait()
        self._listener.join(5)
        for pipe in (self._service.stdin, self._service.stdout, self._bus.stdout):
            if pipe:
                pipe.close()

    @property
    def ever_shown(self) -> list[Shown]:
        """All that ever stood there, in order; what takes another's place has its number."""
        return [_read(said) for said in self._said if "title" in said]

    @property
    def shows(self) -> list[Shown]:
        """What stands there now."""
        now: dict[int, Shown] = {}
        for said in list(self._said):
            if "title" in said:
                now[said["number"]] = _read(said)
            elif "closed" in said:
                now.pop(said["number"], None)
        return list(now.values())

    def tap(self, shown: Shown) -> None:
        """Tap one that stands there, after as long as a person takes to see it at the very least."""
        time.sleep(_SEEN_SECONDS)
        assert self._service.stdin
        self._service.stdin.write(f"{shown.number}\n")
        self._service.stdin.flush()

    def _listen(self) -> None:
        assert self._service.stdout
        for line in self._service.stdout:
            self._said.append(json.loads(line))

    def _wait_for_service(self) -> None:
        end = time.monotonic() + _START_SECONDS
        while not self._said:
            if self._service.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the lock screen did not start")
            time.sleep(0.02)


def _read(said: dict[str, Any]) -> Shown:
    keys = said["actions"][::2]
    # Above the text Chromium names the site.
    return Shown(
        said["number"],
        said["title"],
        said["body"].rpartition("\n")[2],
        tuple(key for key in keys if key not in _CHROMIUMS_OWN),
    )
