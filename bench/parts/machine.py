"""How busy the machine was with other things while something was measured: a figure is worth what its machine was."""

import os
import resource
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_IDLE = slice(3, 5)  # idle, and waiting for a disk


class Machine:
    """Looked at from when it is made until `says`, by which time the processes that were started must have ended."""

    def __init__(self) -> None:
        self._busy, self._own, self._waited = _busy_seconds(), _own_seconds(), _clock_seconds()
        self._load = os.getloadavg()[0]

    def says(self) -> str:
        """Tell in one line; processors that others used are those that were missing here."""
        took = _clock_seconds() - self._waited
        own = (_own_seconds() - self._own) / took
        others = max((_busy_seconds() - self._busy) / took - own, 0)
        return (
            f"machine: {os.cpu_count()} processors, of which this used {own:.2f} and others {others:.2f}; "
            f"load {self._load:.1f} before, {os.getloadavg()[0]:.1f} after"
        )


def _busy_seconds() -> float:
    spent = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(spent) - sum(spent[_IDLE])) / _TICKS


def _own_seconds() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def _clock_seconds() -> float:
    return float(Path("/proc/uptime").read_text().split()[0])
