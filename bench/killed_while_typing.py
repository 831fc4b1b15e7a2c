"""The browser is killed while she types in her plan: what is lost, and whether what is kept still opens.

    .venv/bin/python -m bench.killed_while_typing [times]

Goals: never an unreadable record, and at most the last second of typing lost.
"""

import random
import sys
import tempfile
from pathlib import Path

from server.settings import Settings
from tests.journeys.engines import open_shop
from tests.journeys.host import free_port, open_host
from tests.journeys.keeper import CODE, Keeper
from tests.journeys.killed import kill_while_typing

GOAL_SECONDS = 1.0


def main(times: int) -> bool:
    chance = random.Random(20261126)  # noqa: S311 - where to kill is no secret
    port = free_port()
    with open_shop() as shop, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        host = open_host(Settings(data=Path(folder) / "data", port=port, covers=("sip",)))
        keeper = Keeper(shop.chromium(Path(folder) / "profile"), host)
        keeper.keeps_words_with(CODE)
        keeper.lets_it_settle_in()
        killings = [kill_while_typing(keeper, chance) for _ in range(times)]
    lost = max(killing.lost_seconds for killing in killings)
    damaged = sum(killing.is_damaged for killing in killings)
    missed = lost > GOAL_SECONDS or damaged > 0
    print(f"killed {times} times: {damaged} unreadable, at most {lost:.2f} s lost (goal 0, {GOAL_SECONDS} s)", end="")
    print("  MISSED" * missed)
    return not missed


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 50) else 1)
