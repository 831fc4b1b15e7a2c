"""Offline cold start of an installed cover, and the way from the door to the help lines; processor slowed six times.

    .venv/bin/python -m bench.cold_start [rounds]

Each round starts the browser anew on a profile that has been here before, with the server gone. First contentful paint
is compared with that of a one-line page kept by an empty worker, in the same rounds. Goals: at most 1.5 times that
page, and help lines drawn at most 500 ms after the door has opened. A cover's first frame is its bar; when the picture
under it follows (largest contentful paint) is told beside it.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from server.settings import Settings
from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import open_shop
from tests.journeys.host import Host, free_port, open_host
from tests.journeys.person import Person

SLOWER = 6
GOAL_RATIO, GOAL_LINES_MS = 1.5, 500
COVERS = ("sip", "sprout", "pantry")

_PAGE = """<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>floor</title>
<p>Hello<script>navigator.serviceWorker.register("/sw.js")</script>"""
_WORKER = """
addEventListener("install", (e) => e.waitUntil(caches.open("c").then((c) => c.add("/"))));
addEventListener("activate", (e) => e.waitUntil(clients.claim()));
addEventListener("fetch", (e) => e.respondWith(caches.match(e.request).then((r) => r || fetch(e.request))));"""

_FIRST_PAINT = """new Promise((done) => new PerformanceObserver((list) => {
  const paint = list.getEntries().find(({ name }) => name === "first-contentful-paint");
  if (paint) done(paint.startTime);
}).observe({ type: "paint", buffered: true }))"""

# Once it has been quiet for a while; the script draws nothing larger than what the page brings.
_WHOLE_PICTURE = """new Promise((done) => {
  let largest = 0;
  new PerformanceObserver((list) => { largest = list.getEntries().at(-1).startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => done(largest), 1500);
})"""

# From the moment the room is shown; the way on to the help lines is taken as soon as it is there.
_WATCH_DOOR = """(() => {
  window.drawn = new Promise((done) => {
    const room = document.getElementById("room"), view = document.getElementById("view");
    let opened;
    const look = () => {
      if (!room.hidden) opened ??= performance.now();
      const way = view.querySelector('[data-go="lines"]');
      if (view.querySelector("[data-code]") && view.querySelector('a[href^="tel:"]')) {
        watch.disconnect();
        requestAnimationFrame(() => { const after = new MessageChannel();
          after.port1.onmessage = () => done(performance.now() - opened); after.port2.postMessage(0); });
      } else way?.click();
    };
    const watch = new MutationObserver(look);
    watch.observe(room, { attributes: true, childList: true, subtree: true });
  });
})()"""


def _one_line_app() -> Starlette:
    def page(request: Request) -> Response:
        return HTMLResponse(_PAGE)

    def worker(request: Request) -> Response:
        return Response(_WORKER, media_type="text/javascript")

    return Starlette(routes=[Route("/", page), Route("/sw.js", worker)])


def _first_paint(phone: ChromiumPhone, address: str) -> float:
    phone.restart()
    phone.slow_down(SLOWER)
    phone.goto(address)
    return float(phone.evaluate(_FIRST_PAINT))


def _whole_picture(phone: ChromiumPhone) -> float:
    return float(phone.evaluate(_WHOLE_PICTURE))


def _door_to_lines(phone: ChromiumPhone) -> float:
    phone.evaluate(_WATCH_DOOR)
    # Not by holding the title: until it is let go, the app takes any click for the end of the hold.
    phone.evaluate("for (let tap = 0; tap < 5; tap += 1) document.querySelector('#version').click()")
    return float(phone.evaluate("window.drawn"))


def _lay_by(person: Person, cover: str) -> None:
    person.opens(cover)
    person.lets_it_settle_in()
    person.opens_the_door()
    person.reads("lines")
    person.chooses_country("US")


def main(rounds: int) -> bool:
    port = free_port()
    good = True
    with open_shop() as shop, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        host = open_host(Settings(data=Path(folder) / "data", port=port, covers=COVERS))
        floor_host = Host(_one_line_app)
        phone = shop.chromium(Path(folder) / "profile")
        phone.goto(floor_host.base)
        phone.wait_until("navigator.serviceWorker.controller !== null")
        for cover in COVERS:
            _lay_by(Person(phone, host), cover)
        host.stop()
        floor_host.stop()
        paints: dict[str, list[float]] = {name: [] for name in ("floor", *COVERS)}
        wholes: dict[str, list[float]] = {cover: [] for cover in COVERS}
        doors: list[float] = []
        for _ in range(rounds):
            paints["floor"].append(_first_paint(phone, floor_host.base))
            for cover in COVERS:
                paints[cover].append(_first_paint(phone, f"{host.base}/{cover}/"))
                wholes[cover].append(_whole_picture(phone))
            doors.append(_door_to_lines(phone))
    floor = statistics.median(paints["floor"])
    for name, times in paints.items():
        ratio = statistics.median(times) / floor
        missed = ratio > GOAL_RATIO
        good = good and not missed
        whole = f", whole picture {statistics.median(wholes[name]):7.1f} ms" if name in wholes else ""
        told = f"median {statistics.median(times):7.1f} ms ({ratio:4.2f}x){whole}"
        print(f"first paint, {name:8s} {told}{'  MISSED' * missed}")
    lines = statistics.median(doors)
    missed = lines > GOAL_LINES_MS
    print(f"door to help lines    median {lines:7.1f} ms, worst {max(doors):7.1f} ms{'  MISSED' * missed}")
    return good and not missed


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 7) else 1)
