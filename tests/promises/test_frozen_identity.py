"""What a phone has installed keeps its name and its icon.

Android and desktop browsers compare name, short name and the bytes of the icons with what was installed. When one has
changed they ask, at a moment nobody chooses, whether the app may change its name or picture: a question about this
very app, in front of whoever looks on. So the hashes in frozen_identity.json are not to be brought up to date when
this test fails. Take the change back, or make a cover of another name; only a cover that nobody can have installed may
be changed.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from server.covers import COVERS, load_covers
from server.site import Site

FROZEN: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "frozen_identity.json").read_text("utf-8"))
ALL_COVERS = sorted(folder.name for folder in COVERS.iterdir() if (folder / "cover.yaml").is_file())


def identity(site: Site, cover: str) -> Iterator[tuple[str, str]]:
    """All that a phone compares with what it has installed."""
    manifest = json.loads(site.manifests[cover].body)
    for key in ("id", "start_url", "scope", "name", "short_name"):
        yield key, manifest[key]
    for icon in manifest["icons"]:
        yield f"icon {icon['src']} {icon['sizes']} {icon['purpose']}", _hash(site, cover, icon["src"])
    # An iPhone draws the home screen from this one; the last is what a tab shows.
    for file in ("touch.png", "icon.svg"):
        yield f"icon /{cover}/{file}", _hash(site, cover, f"/{cover}/{file}")


def _hash(site: Site, cover: str, address: str) -> str:
    return hashlib.sha256(site.pictures[cover, address.rpartition("/")[2]].body).hexdigest()[:16]


def differences(was: dict[str, str], now: dict[str, str]) -> list[str]:
    """Say in words what has changed."""
    return [
        f"{key}: was {was.get(key, 'not there')}, is {now.get(key, 'gone')}"
        for key in sorted(was.keys() | now.keys())
        if was.get(key) != now.get(key)
    ]


@pytest.mark.parametrize("cover", ALL_COVERS)
def test_name_and_icons_are_what_was_first_installed(cover: str, standing_app: Starlette) -> None:
    now = dict(identity(standing_app.state.site, cover))

    assert cover in FROZEN, f"a new cover: freeze it in frozen_identity.json as {json.dumps({cover: now}, indent=2)}"
    changed = differences(FROZEN[cover], now)
    assert not changed, (
        f"{cover} would no longer be what phones have installed. "
        "Do not write the new values into frozen_identity.json: see the head of this file. " + "; ".join(changed)
    )


def test_no_cover_that_somebody_may_have_installed_has_vanished() -> None:
    assert set(FROZEN) == set(ALL_COVERS)


def test_a_covers_name_fits_below_its_icon() -> None:
    # A launcher would cut a longer one; Chrome says twelve characters are safe.
    for cover in load_covers(tuple(ALL_COVERS)).values():
        assert 1 <= len(cover.short_name) <= 12


def test_a_change_is_told_in_words() -> None:
    was = {"name": "Sip", "icon": "1"}
    assert differences(was, {"name": "Zip", "icon": "1"}) == ["name: was Sip, is Zip"]
    assert differences(was, {"name": "Sip"}) == ["icon: was 1, is gone"]
    assert differences(was, was) == []
