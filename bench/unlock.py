"""From the passcode to the inside, and a plan of 400 entries: opening it, and each key typed into it.

    .venv/bin/python -m bench.unlock [rounds]

Main thread slowed six times. The browser's tools do not slow workers, so what the stretching of the passcode takes is
measured apart, unslowed, with the vault's own cost, and counted six times. Goals: unlocked within 2.5 s and no task of
the main thread over 100 ms; the plan on screen within 300 ms of its tap; no frame over 100 ms for a key. And: with a
second passcode and without, unlocking takes the same.
"""

import json
import statistics
import sys
import tempfile
from pathlib import Path

from server.settings import Settings
from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import open_shop
from tests.journeys.host import Host, free_port, open_host
from tests.journeys.keeper import CODE, SECOND, Keeper

SLOWER = 6
GOAL_UNLOCK_MS, GOAL_TASK_MS, GOAL_PLAN_MS, GOAL_KEY_MS = 2500, 100, 300, 100
ENTRIES = 400

# Workers are not slowed: each stretching's own time is noted apart.
_WATCH_WORKERS = """(() => {
  if (window.stretchings) return;
  window.stretchings = [];
  const Plain = Worker;
  window.Worker = class extends Plain {
    postMessage(question) {
      const asked = performance.now();
      if (question.ask === "stretch")
        this.addEventListener("message", () => window.stretchings.push(performance.now() - asked));
      super.postMessage(question);
    }
  };
})()"""

# The passcode's way through the form, to the first view; and the longest task of the main thread meanwhile.
_UNLOCK = """(() => new Promise((done) => {
  let longest = 0;
  const tasks = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  tasks.observe({ type: "longtask" });
  const view = document.getElementById("view"), field = document.getElementById("code");
  const began = performance.now();
  const watch = new MutationObserver(() => {
    if (!view.querySelector("h1")) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => {
      const took = performance.now() - began;
      setTimeout(() => { tasks.disconnect(); done([took, longest]); }, 300);
    }));
  });
  watch.observe(view, { childList: true, subtree: true });
  field.value = %s;
  field.form.requestSubmit();
}))()"""

_PLAN = """(() => new Promise((done) => {
  const view = document.getElementById("view"), way = view.querySelector('[data-go="plan"]');
  const began = performance.now();
  const look = () => {
    if (!view.querySelector("[data-written]:not([hidden])")) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  };
  const watch = new MutationObserver(look);
  watch.observe(view, { childList: true, subtree: true, attributes: true });
  way.click();
}))()"""

# Event Timing (W3C): from each key to the frame that follows what it set off.
_WATCH_KEYS = """(() => {
  window.keys = [];
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === "keydown") window.keys.push(duration);
  }).observe({ type: "event", durationThreshold: 16 });
})()"""


# A plan of somebody who has kept one for long: every prompt answered, lines upon lines.
_FILL_PLAN = """(() => {
  const type = (area, text) => { area.value = text; area.dispatchEvent(new Event("input", { bubbles: true })); };
  let entries = 0;
  for (const section of document.querySelectorAll("[data-section]")) section.open = true;
  return new Promise((done) => setTimeout(() => {
    const sections = [...document.querySelectorAll("[data-section]")];
    for (const section of sections) {
      for (const area of section.querySelectorAll(".field:not([role]) textarea"))
        type(area, `What I would do ${(entries += 1)}`);
      for (const add of section.querySelectorAll("[data-add]")) {
        for (let line = 0; line < 12; line += 1) {
          add.click();
          const newest = [...add.parentElement.querySelectorAll("[data-line] textarea")].at(-1);
          type(newest, `A short line ${(entries += 1)}`);
        }
      }
    }
    setTimeout(() => done(entries), 4000);
  }, 500));
})()"""


class _Bench:
    def __init__(self, phone: ChromiumPhone, host: Host) -> None:
        self.phone, self.keeper = phone, Keeper(phone, host)

    def unlock(self, code: str = CODE) -> tuple[float, float, float]:
        """Milliseconds until the inside is drawn, or the cover again; of that, the stretching; the longest task."""
        self.phone.evaluate(_WATCH_WORKERS)
        self.keeper.knocks()
        took, longest = self.phone.evaluate(_UNLOCK % json.dumps(code))
        stretching = self.phone.evaluate("window.stretchings.splice(0)")
        return took, sum(stretching), longest

    def leave(self) -> None:
        self.keeper.exits()


def _report(name: str, value: float, goal: float, note: str = "") -> bool:
    missed = value > goal
    print(f"{name:44s} {value:7.0f} ms (goal {goal}){note}{'  MISSED' * missed}")
    return not missed


def _unlocking(bench: _Bench, rounds: int, stretching: float) -> bool:
    """`stretching`: what it takes unslowed. Under the slowed thread its answer also waits for that thread."""
    times = [_unlock_and_leave(bench) for _ in range(rounds)]
    whole = [took - stretching + SLOWER * stretching for took, *_ in times]
    good = _report("unlock, worst", max(whole), GOAL_UNLOCK_MS, f", median {statistics.median(whole):.0f}")
    print(f"{'of that, stretching, unslowed':44s} {stretching:7.0f} ms")
    return _report("longest task of the main thread", max(longest for *_, longest in times), GOAL_TASK_MS) and good


def _unlock_and_leave(bench: _Bench) -> tuple[float, float, float]:
    times = bench.unlock()
    bench.leave()
    return times


def _plan(bench: _Bench) -> bool:
    phone = bench.phone
    bench.unlock()
    opened = []
    for _ in range(5):
        opened.append(float(phone.evaluate(_PLAN)))
        bench.keeper.reads("start")
    good = _report("plan of 400 entries on screen, median", statistics.median(opened), GOAL_PLAN_MS)
    bench.keeper.reads("plan")
    phone.click("[data-section] summary")
    phone.wait_until("document.querySelector('[data-section][open] textarea') !== null", "the section stayed shut")
    phone.click("[data-section][open] textarea")
    phone.evaluate(_WATCH_KEYS)
    phone.page.keyboard.type("a line typed in at an ordinary pace, saved as it goes", delay=120)
    phone.page.wait_for_timeout(1000)
    keys = phone.evaluate("window.keys") or [0]
    return _report("a key to the frame after it, worst", max(keys), GOAL_KEY_MS) and good


def _second_passcode(bench: _Bench, rounds: int) -> tuple[bool, float]:
    """Unlock without a second passcode and with one: do the two overlap? And how long does stretching take?"""
    first = [_unlock_and_leave(bench) for _ in range(rounds)]
    without = [took for took, *_ in first]
    bench.unlock()
    bench.keeper.reads("safe")
    bench.phone.click("summary:has(+ [data-for=second])")
    bench.keeper.types_twice("second", SECOND)
    bench.leave()
    with_one = [_unlock_and_leave(bench)[0] for _ in range(rounds)]
    low, middle, high = statistics.quantiles(without, n=4)
    there = statistics.median(with_one)
    overlap = low - (high - low) <= there <= high + (high - low)
    span = f"{middle:.0f} ms ({low:.0f} to {high:.0f})"
    print(f"unlock without a second passcode {span}, with one {there:.0f} ms{'  MISSED' * (not overlap)}")
    return overlap, statistics.median(stretching for _, stretching, _ in first)


def main(rounds: int) -> bool:
    port = free_port()
    with open_shop() as shop, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        host = open_host(Settings(data=Path(folder) / "data", port=port, covers=("sip",)))
        phone = shop.chromium(Path(folder) / "profile")
        phone.close()
        phone.start(f"{host.base}/sip/")
        bench = _Bench(phone, host)
        bench.keeper.keeps_words_with(CODE)
        bench.keeper.reads("plan")
        print(f"{phone.evaluate(_FILL_PLAN)} entries in the plan, at least {ENTRIES} wanted")
        bench.leave()
        equal, stretching = _second_passcode(bench, 2 * rounds)
        phone.slow_down(SLOWER)
        good = _unlocking(bench, rounds, stretching)
        return _plan(bench) and good and equal


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 20) else 1)
