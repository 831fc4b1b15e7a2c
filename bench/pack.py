"""From asking for the pack to its first page on screen, and from there to the longest page, in each language.

    .venv/bin/python -m bench.pack [rounds]

The pack is the one laid by on the phone, the main thread is slowed six times. Goals: 400 ms each.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from server.settings import Settings
from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import open_shop
from tests.journeys.host import free_port, open_host
from tests.journeys.person import Person

SLOWER = 6
GOAL_MS = 400
LANGUAGES = ("en", "es", "ar")
# All countries and their names: the longest page there is.
LONGEST = "lines"

_DRAWN = """const drawn = (done) => requestAnimationFrame(() => { const after = new MessageChannel();
  after.port1.onmessage = done; after.port2.postMessage(0); });"""

# From the moment the script asks for the pack to the frame that shows a page of it.
_WATCH_OPENING = f"""(() => {{ {_DRAWN}
  window.opened = new Promise((done) => {{
    const view = document.getElementById("view"), plain = window.fetch;
    let asked;
    window.fetch = (address, ...rest) => {{
      if (String(address).endsWith(".bin")) asked ??= performance.now();
      return plain(address, ...rest);
    }};
    const watch = new MutationObserver(() => {{
      if (!view.querySelector("h1")) return;
      watch.disconnect();
      window.fetch = plain;
      drawn(() => done(performance.now() - asked));
    }});
    watch.observe(view, {{ childList: true, subtree: true }});
  }});
}})()"""

_TO_LONGEST = f"""(() => {{ {_DRAWN}
  return new Promise((done) => {{
    const began = performance.now();
    document.querySelector('#view [data-go="{LONGEST}"]').click();
    drawn(() => done(performance.now() - began));
  }});
}})()"""


def _round(person: Person) -> tuple[float, float]:
    person.opens("sip")
    person.phone.evaluate(_WATCH_OPENING)
    person.opens_the_door()
    opened = float(person.phone.evaluate("window.opened"))
    person.reads("start")
    longest = float(person.phone.evaluate(_TO_LONGEST))
    person.exits()
    return opened, longest


def _measure(person: Person, language: str, rounds: int) -> bool:
    phone = person.phone
    assert isinstance(phone, ChromiumPhone)
    person.opens("sip")
    person.lets_it_settle_in()
    phone.slow_down(SLOWER)
    opened, longest = zip(*(_round(person) for _ in range(rounds)), strict=True)
    good = True
    for name, times in (("pack asked for to its page drawn", opened), (f"from there to {LONGEST}", longest)):
        median = statistics.median(times)
        missed = median > GOAL_MS
        print(f"{language}  {name:34s} {median:5.0f} ms, worst {max(times):5.0f} (goal {GOAL_MS}){'  MISSED' * missed}")
        good = good and not missed
    return good


def main(rounds: int) -> bool:
    port, good = free_port(), True
    with open_shop() as shop, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        host = open_host(Settings(data=Path(folder) / "data", port=port, covers=("sip",)))
        try:
            for language in LANGUAGES:
                phone = shop.chromium(Path(folder) / f"profile-{language}", language=language)
                good = _measure(Person(phone, host), language, rounds) and good
                phone.close()
        finally:
            host.stop()
    return good


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 10) else 1)
