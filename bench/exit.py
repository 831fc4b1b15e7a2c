"""From the tap on Close to the first frame without inside content, against the floor of the same run.

    .venv/bin/python -m bench.exit [rounds]

The floor is an empty page that hides one element on click, tapped before every exit: a machine is not equally fast for
minutes on end. Each page is new, and touched by nothing but a finger. Processor slowed six times. Cases: browser tab
and installed window; online (the exit page takes 0.3 s to answer, as on a good phone network), on a slow network (2 s),
and offline. Goal: median at most 1.3 times the floor's, worst of 20 at most 2 times the floor's median.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pydantic import HttpUrl
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from server.settings import Settings
from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import open_shop
from tests.journeys.host import Host, free_port, open_host
from tests.journeys.person import Person
from tests.journeys.weather import make_weather_page

SLOWER = 6
GOAL_MEDIAN, GOAL_WORST = 1.3, 2.0

_FLOOR = """<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>floor</title>
<button id="leave">x</button><div id="view">text</div>
<script>document.getElementById("leave").onclick = () => { document.getElementById("view").hidden = true; };</script>"""

# Event Timing (W3C), in steps of 8 ms: from the moment the finger touches to the paint that follows the click handlers;
# the finger is lifted at once. What `tell` says reaches us even when the page is about to be replaced.
_WATCH = """(() => {
  let touched;
  addEventListener("pointerdown", (event) => { touched = event.timeStamp; }, { capture: true, once: true });
  new PerformanceObserver((list, observer) => {
    const click = list.getEntries().find(({ name, startTime }) => name === "click" && startTime >= touched);
    if (!click) return;
    observer.disconnect();
    const view = document.getElementById("view");
    tell(JSON.stringify([click.startTime + click.duration - touched, view.hidden || !view.hasChildNodes()]));
  }).observe({ type: "event", durationThreshold: 16 });
})()"""


def _floor_page() -> Starlette:
    def page(request: Request) -> Response:
        return HTMLResponse(_FLOOR)

    return Starlette(routes=[Route("/", page)])


class Stopwatch:
    """Taps #leave and reads the time."""

    def __init__(self, phone: ChromiumPhone) -> None:
        self._phone = phone
        self._told: list[str] = []
        phone.cdp.send("Runtime.enable")
        phone.cdp.on("Runtime.bindingCalled", lambda event: self._told.append(event["payload"]))
        phone.cdp.send("Runtime.addBinding", {"name": "tell"})

    def tap(self) -> float:
        self._phone.slow_down(SLOWER)
        self._phone.page.wait_for_timeout(500)  # what the page was still busy with is not the exit's
        self._phone.evaluate(_WATCH)
        self._told.clear()
        self._phone.touch_hold("#leave", 0)
        end = time.monotonic() + 10
        while not self._told:
            if time.monotonic() > end:
                raise TimeoutError("the page was replaced before it drew a frame")
            self._phone.page.wait_for_timeout(20)
        self._phone.slow_down(1)
        milliseconds, gone = json.loads(self._told[0])
        assert gone, "the content was still there in the first frame"
        return float(milliseconds)


class Beside:
    """Taps the floor and a case by turns."""

    def __init__(self, count: int, phone: ChromiumPhone, floor: str) -> None:
        self._count, self._phone, self._floor = count, phone, floor

    def measure(self, name: str, prepare: Callable[[], None]) -> bool:
        """Print the case against its own floor; say whether it reaches the goal."""
        stopwatch, floor, case = Stopwatch(self._phone), [], []
        for _ in range(self._count + 2):
            self._phone.connect(online=True)
            self._phone.goto(self._floor)
            floor.append(stopwatch.tap())
            prepare()
            case.append(stopwatch.tap())
        return _show(name, case[2:], floor[2:])  # the first two are warm-up


def _show(name: str, times: list[float], floor_times: list[float]) -> bool:
    floor, median, worst = statistics.median(floor_times), statistics.median(times), max(times)
    good = median <= GOAL_MEDIAN * floor and worst <= GOAL_WORST * floor
    print(
        f"{name:20s} median {median:6.1f} ms ({median / floor:4.2f}x)  worst {worst:6.1f} ms ({worst / floor:4.2f}x)"
        f"  floor {floor:6.1f}, worst {max(floor_times):6.1f} ms  {'' if good else 'MISSED'}",
        flush=True,
    )
    return good


def main(count: int) -> bool:
    port = free_port()
    with open_shop() as shop, tempfile.TemporaryDirectory() as folder:
        weather = Host(make_weather_page)
        settings = Settings(data=Path(folder) / "data", port=port, exit_url=HttpUrl(weather.base))
        host, floor_host = open_host(settings), Host(_floor_page)
        phone = shop.chromium(Path(folder) / "profile")
        phone.hold_at = phone.touch_at  # type: ignore[method-assign]  # a phone has no mouse that rests over a page
        person = Person(phone, host)
        beside = Beside(count, phone, floor_host.base)

        def inside() -> None:
            person.opens("sip")
            person.opens_the_door()
            person.reads("lines")
            person.chooses_country("US")

        def offline_inside() -> None:
            inside()
            phone.connect(online=False)

        person.opens("sip")
        person.lets_it_settle_in()
        weather.slow(0.3)
        good = beside.measure("tab, online", inside)
        weather.slow(2)
        good = beside.measure("tab, slow network", inside) and good
        good = beside.measure("tab, offline", offline_inside) and good
        phone.close()
        phone.start(f"{host.base}/sip/")
        good = beside.measure("installed, online", inside) and good
        host.stop()
        good = beside.measure("installed, offline", inside) and good
        for machine in (weather, floor_host):
            machine.stop()
    return good


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 20) else 1)
