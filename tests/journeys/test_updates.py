"""A new version comes in whole or not at all, and never while a window of the old one is open."""

import gzip
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from server.app import create_app
from server.settings import CONTENT, Settings
from tests.journeys.host import Host
from tests.journeys.person import HOLD_SECONDS, Person
from tests.journeys.phone import Phone
from tests.journeys.resting import packs_on, sets_a_passcode
from tests.sealed_box import content_of, open_box

NEW_WORDS = "Everything here is new"
# What the new scripts do besides, so that a page can be asked which of them it runs.
_MARK = ";document.documentElement.dataset.{part}='new';"


@pytest.fixture
def next_version(tmp_path: Path) -> Callable[[Settings], Settings]:
    """Make a version of the app in which the cover's script, the inside's script and the pack have all changed."""

    def make(old: Settings) -> Settings:
        build, content = tmp_path / "build", tmp_path / "content"
        shutil.copytree(old.build, build)
        shutil.copytree(CONTENT, content)
        listing = json.loads((build / "build.json").read_text())
        listing["covers"]["sip"]["script"] = _renew(
            build, listing["covers"]["sip"]["script"], _MARK.format(part="cover")
        )
        listing["inside"] = _renew(build, listing["inside"], _MARK.format(part="inside"))
        (build / "build.json").write_text(json.dumps(listing))
        strings = content / "en" / "strings.yaml"
        renewed, times = re.subn(r"(?m)^( *start_title:).*$", rf'\1 "{NEW_WORDS}"', strings.read_text("utf-8"))
        assert times == 1
        strings.write_text(renewed, "utf-8")
        return old.model_copy(update={"build": build, "content": content})

    return make


def _renew(build: Path, name: str, addition: str) -> str:
    stem, _, extension = name.split(".")
    renewed = f"{stem}.0123456789.{extension}"
    (build / "assets" / renewed).write_text((build / "assets" / name).read_text("utf-8") + addition, "utf-8")
    (build / "assets" / name).unlink()
    return renewed


@pytest.fixture
def updating_host(make_host: Callable[..., Host], settings_of_host: Settings) -> Iterator[Host]:
    host = make_host(lambda: create_app(settings_of_host))
    yield host
    host.stop()


@pytest.fixture
def settings_of_host(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture
def regular(phone: Phone, updating_host: Host) -> Person:
    """Somebody who has had the app for a while."""
    person = Person(phone, updating_host)
    person.opens("sip")
    person.lets_it_settle_in()
    return person


@pytest.fixture
def release(
    updating_host: Host, settings_of_host: Settings, next_version: Callable[[Settings], Settings]
) -> Callable[[], None]:
    return lambda: updating_host.replace_app(lambda: create_app(next_version(settings_of_host)))


def versions_seen(person: Person) -> set[str]:
    """Go in, and tell the versions of all that is involved: the cover's script, the inside's script, the pack."""
    person.opens_the_door()
    person.reads("start")
    parts = person.phone.evaluate("[document.documentElement.dataset.cover, document.documentElement.dataset.inside]")
    words = "new" if NEW_WORDS in person.text_of_the_view() else "old"
    return {part or "old" for part in parts} | {words}


def lets_the_update_arrive(person: Person) -> None:
    person.phone.evaluate("navigator.serviceWorker.ready.then((it) => it.update()).then(() => null, () => null)")


WAITING = "navigator.serviceWorker.ready.then((it) => it.waiting !== null)"
NONE_IN_SIGHT = "navigator.serviceWorker.ready.then((it) => it.waiting === null && it.installing === null)"


def test_a_new_version_waits_until_the_last_window_is_closed(
    regular: Person, release: Callable[[], None], weather_host: Host
) -> None:
    # Given the cover open in two windows, and a new version on the server
    person = regular
    first = person.phone.window
    person.phone.new_window()
    person.opens("sip")
    release()

    # When it has arrived, reloading changes nothing, and neither does going in
    lets_the_update_arrive(person)
    person.phone.wait_until(WAITING, "the new version did not arrive")
    person.phone.reload()
    assert versions_seen(person) == {"old"}

    # And closing one of the two windows changes nothing
    person.phone.goto(weather_host.base)
    person.phone.switch_to(first)
    person.phone.reload()
    assert versions_seen(person) == {"old"}

    # Then, the last one closed, everything is new at once
    person.phone.restart()
    person.opens("sip")
    person.phone.wait_until("document.documentElement.dataset.cover === 'new'", "the new version did not come")
    assert versions_seen(person) == {"new"}


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_the_pack_of_a_new_version_is_sealed_before_it_is_kept_also_while_locked(
    regular: Person, release: Callable[[], None]
) -> None:
    # Given a passcode whose key is not on the phone
    person = regular
    key = ec.generate_private_key(ec.SECP256R1())
    sets_a_passcode(person, key)
    release()

    lets_the_update_arrive(person)
    person.phone.wait_until(WAITING, "the new version did not arrive")

    (sealed,) = [pack for pack in packs_on(person) if pack[0] == 1]
    assert NEW_WORDS in gzip.decompress(content_of(open_box(key, sealed))).decode()


@pytest.mark.parametrize("part", ["/b/", "/a/sip", "/sip/en"])
@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_an_update_that_fails_half_way_leaves_the_old_version_whole(
    regular: Person, release: Callable[[], None], part: str
) -> None:
    person = regular
    release()
    person.host.break_path(part)

    lets_the_update_arrive(person)
    person.phone.wait_until(NONE_IN_SIGHT, "the broken version stayed")
    person.host.stop()

    person.phone.restart()
    person.opens("sip")
    assert versions_seen(person) == {"old"}


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_an_update_with_a_part_that_is_not_what_it_should_be_is_refused(
    regular: Person, release: Callable[[], None]
) -> None:
    person = regular
    release()
    person.host.wire.garble_path("/b/")
    lets_the_update_arrive(person)
    person.phone.wait_until(NONE_IN_SIGHT, "the garbled version stayed")
    assert versions_seen(person) == {"old"}

    # And once the parts are whole again, the update comes
    person.host.wire.mend()
    lets_the_update_arrive(person)
    person.phone.wait_until(WAITING, "the mended version did not arrive")


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_old_versions_are_cleared_away_and_other_covers_are_left_alone(
    regular: Person, release: Callable[[], None], weather_host: Host
) -> None:
    person = regular
    person.opens("sprout")
    person.lets_it_settle_in()
    before = set(person.phone.evaluate("caches.keys()"))
    release()
    person.opens("sip")
    lets_the_update_arrive(person)
    person.phone.wait_until(WAITING, "the new version did not arrive")
    person.phone.goto(weather_host.base)
    person.waits(0.5)
    person.opens("sip")
    person.phone.wait_until("document.documentElement.dataset.cover === 'new'", "the new version did not come")

    after = set(person.phone.evaluate("caches.keys()"))

    assert {name for name in before if name.startswith("sprout-")} <= after
    assert len([name for name in after if name.startswith("sip-shell")]) == 1
    assert not {name for name in before if name.startswith("sip-shell")} & after


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_a_first_visit_that_breaks_off_works_at_the_next_opening(phone: Phone, updating_host: Host) -> None:
    person = Person(phone, updating_host)
    updating_host.break_path("/b/")
    person.opens("sip")
    person.waits(0.5)
    person.phone.hold("#title", HOLD_SECONDS)
    person.phone.wait_until("document.querySelector('#view button') !== null", "nothing was said")
    person.exits()

    updating_host.wire.mend()
    person.opens("sip")
    person.lets_it_settle_in()
    updating_host.stop()
    person.phone.reload()
    assert versions_seen(person) == {"old"}
