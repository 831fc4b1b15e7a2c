"""Lighthouse (mobile) on each cover: performance at least 95, accessibility and best practices 100; three runs each.

.venv/bin/python -m bench.lighthouse_scores
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from server.settings import Settings
from tests.journeys import binaries
from tests.journeys.host import free_port, open_host

FOLDER = Path(__file__).resolve().parent / "lighthouse"
GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100}
COVERS = ("sip", "sprout", "pantry")
ROUNDS = 3


def main() -> bool:
    if not (FOLDER / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--silent", "--no-audit"], cwd=FOLDER, check=True)
    good = True
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        host = open_host(Settings(data=Path(folder), port=port, covers=COVERS))
        for cover in COVERS:
            command = ["node", str(FOLDER / "run.mjs"), f"{host.base}/{cover}/", str(binaries.get("chromium"))]
            rounds = [
                json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(ROUNDS)
            ]
            scores = {goal: statistics.median(r["scores"][goal] for r in rounds) for goal in GOALS}
            missed = [goal for goal, least in GOALS.items() if scores[goal] < least]
            good = good and not missed
            print(f"{cover:8s} {scores}  {'MISSED ' + ', '.join(missed) if missed else ''}")
            print(f"         not perfect: {', '.join(rounds[0]['imperfect']) or 'nothing'}")
        host.stop()
    return good


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
