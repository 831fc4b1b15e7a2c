"""A start on a data folder that has been used before, until the server answers for the first time.

    .venv/bin/python -m bench.second_start [rounds]

This is what a host waits for after an update or a power cut, and people with an open page with it. The server runs in
a process of its own, as `make run` starts it; build and data are there. Goal: every start answers within 5 s.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.server.terminal import serving

GOAL_SECONDS = 5.0


def _start(data: Path) -> float:
    begun = time.perf_counter()
    with serving(data):
        return time.perf_counter() - begun


def main(rounds: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        first = _start(data)
        later = [_start(data) for _ in range(rounds)]
    missed = max(later) > GOAL_SECONDS
    print(f"first start           {first:7.2f} s")
    print(f"later starts   median {statistics.median(later):7.2f} s, worst {max(later):7.2f} s{'  MISSED' * missed}")
    return not missed


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 5) else 1)
