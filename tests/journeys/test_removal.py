"""Removing everything where there was all that there can be: check-ins, pushes, quiet answers, a signed-in account."""

from pathlib import Path
from typing import Any

import pytest

from server.shipped_names import SHIPPED_NAMES
from tests.journeys.asked import Asked, firefox_preferences, morning, soon
from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.journeys.phone import Phone
from tests.journeys.push_service import JourneyPushService

# The worker is left out: Firefox may tell the page right after a removal of none (tests/promises/test_vault_traces.py).
_LIES_THERE = """(async () => ({
  local: Object.keys(localStorage).sort(),
  session: Object.keys(sessionStorage).sort(),
  databases: (await indexedDB.databases()).map((it) => it.name),
  caches: (await Promise.all((await caches.keys()).map(async (name) =>
    [name, (await (await caches.open(name)).keys()).map((it) => new URL(it.url).pathname)
      .filter((it) => !it.startsWith("/b/")).sort()]))).sort(),
  cookies: document.cookie,
}))()"""
_SUBSCRIBED = """navigator.serviceWorker.getRegistrations()
  .then((all) => Promise.all(all.map((it) => it.pushManager.getSubscription())))
  .then((all) => all.filter(Boolean).length)"""
_SIGNED_IN = "fetch('/s/list').then((it) => it.status)"


@pytest.fixture(params=["chromium", "firefox"])
def her(
    request: pytest.FixtureRequest, asking_host: Host, service: JourneyPushService, shop: Shop, tmp_path: Path
) -> Asked:
    if request.param == "chromium":
        # It subscribes with nobody but its maker: here pushes are refused.
        phone = shop.chromium(tmp_path / "profile", environment={"TZ": morning()})
        phone.lets_show_things(asking_host.base, allowed=False)
        return Asked(phone, asking_host, service)
    preferences = firefox_preferences(service)
    return Asked(
        shop.phone("firefox", tmp_path / "profile", zone=morning(), preferences=preferences), asking_host, service
    )


def lies_on(phone: Phone) -> dict[str, Any]:
    found: dict[str, Any] = phone.evaluate(_LIES_THERE)
    return found


def test_nothing_is_left_of_check_ins_pushes_quiet_answers_and_the_account(her: Asked) -> None:
    # Given a phone with the cover alone, and then one with all that there can be
    phone = her.phone
    her.opens("sip")
    her.lets_it_settle_in()
    her.opens("sip")
    before = lies_on(phone)
    her.keeps_words()
    her.turns_check_ins_on(soon(morning()))
    her.chooses_quiet_answers("330", "275")
    if phone.engine == "firefox":
        her.gets_a_push(1)
        assert phone.evaluate(_SUBSCRIBED) == 1
    phone.wait_until(f"localStorage.getItem('{SHIPPED_NAMES['slipsKey']}') !== null", "no slip was laid by")
    assert phone.evaluate(_SIGNED_IN) == 200

    # When everything is removed
    her.reads("start")
    her.reads("remove")
    phone.click("#view [data-ask]")
    phone.click("#view [data-remove]")
    assert her.sees_the_cover()

    # Then the phone is as it was, the browser is reached by no push, and nobody is signed in
    phone.wait_until(lambda: lies_on(phone) == before, lambda: f"{lies_on(phone)} is not {before}", seconds=20)
    phone.wait_until(lambda: phone.evaluate(_SIGNED_IN) == 401, "still signed in")
    phone.wait_until(lambda: phone.evaluate(_SUBSCRIBED) == 0, "a push would still come")
    her.opens("sip")
    assert lies_on(phone) == before
