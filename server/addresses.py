"""Every address a browser may see, in one table.

Addresses end up in history, in router logs and in caches, so each is as dull as a water tracker's would be.
"""

import hashlib
from typing import Final

HOME: Final = "/"
HEALTH: Final = "/up"
ASSET: Final = "/a/{name}"
PACK: Final = "/b/{language}.bin"
PLAIN_PAGE: Final = "/t/{number}"

COVER: Final = "/{cover}/"
COVER_IN_LANGUAGE: Final = "/{cover}/{language}"
COVER_MANIFEST: Final = "/{cover}/app.webmanifest"
COVER_WORKER: Final = "/{cover}/sw.js"
COVER_PART: Final = "/{cover}/{part}"

# What a phone asks for itself: never in the address bar, but in a proxy's sight.
ACCOUNT_NEW: Final = "/s/new"
SIGN_IN: Final = "/s/in"
SIGN_IN_WITH_WORDS: Final = "/s/again"
SIGN_OUT: Final = "/s/out"
DEVICES: Final = "/s/list"
SIGN_IN_RENEWED: Final = "/s/renew"
RECOVERY: Final = "/s/spare"
HANDOVER_LAY: Final = "/s/lay"
HANDOVER_TAKE: Final = "/s/take"
ACCOUNT_ERASE: Final = "/s/clear"
BACKUP: Final = "/s/save"
TIMES: Final = "/s/times"
NOTE: Final = "/s/note"
WAIT: Final = "/s/wait"
SLIPS: Final = "/s/slip"
SLIP_TAKEN: Final = "/s/tick"
REACH: Final = "/s/reach"
REHEARSAL: Final = "/s/try"
CARD: Final = "/s/card"
CARD_READ: Final = "/s/card/read"
CARD_TAKEN: Final = "/s/card/take"
CARD_PASSED: Final = "/s/card/pass"
CARD_LOOK: Final = "/s/card/look"
CARD_SHOWN: Final = "/s/card/show"
CARD_DONE: Final = "/s/card/done"
CARD_OFF: Final = "/s/card/off"
CIRCLE: Final = "/s/circle"
CIRCLE_STOP: Final = "/s/circle/stop"
CIRCLE_NOTES: Final = "/s/circle/notes"
CIRCLE_AGREED: Final = "/s/circle/agree"
CIRCLE_SAID: Final = "/s/circle/say"
REPORT: Final = "/s/report"

# Names no cover may take, since they are the first part of another address.
TAKEN: Final = frozenset({"a", "b", "s", "t", "up"})

# The plain pages of each inside view. Numbers are never reused: a saved address must not turn into another page.
_PLAIN_NUMBERS: Final = {
    "start": 1, "lines": 2, "plan": 3, "steady": 4, "traces": 5, "exit": 6, "read": 7, "circles": 8,
    "for-help": 120, "alone": 121, "trust": 122, "peers": 123, "groups": 124, "in-a-group": 125, "looking-after": 126,
    "hard-days": 127, "for-friends": 128, "running-a-network": 129, "devices": 130, "leaving": 131, "staying": 132,
    "after": 133, "bit-by-bit": 134, "more-calm": 135,
    "listening": 136, "hard-times": 137, "own-lines": 138, "between-us": 139, "own-rest": 140, "trained-people": 141,
}  # fmt: skip
# Whatever else a host adds gets a number made from its id: always the same one, far from those above.
_FIRST_OWN_NUMBER: Final = 100_000
_OWN_NUMBERS: Final = 900_000
# Exercises take the numbers from 21 to 119.
_FIRST_EXERCISE_NUMBER: Final = 20


def asset(name: str) -> str:
    """Return the address of a built script or style."""
    return ASSET.format(name=name)


def pack(language: str) -> str:
    """Return the address of one language's pack."""
    return PACK.format(language=language)


def cover(name: str) -> str:
    """Return the address that is also scope, id and start address of a cover."""
    return COVER.format(cover=name)


def cover_in_language(name: str, language: str) -> str:
    """Return the address a worker fetches a cover's page from, in a fixed language."""
    return COVER_IN_LANGUAGE.format(cover=name, language=language)


def manifest(name: str) -> str:
    """Return the address of a cover's manifest."""
    return COVER_MANIFEST.format(cover=name)


def worker(name: str) -> str:
    """Return the address of a cover's service worker."""
    return COVER_WORKER.format(cover=name)


def picture(name: str, file: str) -> str:
    """Return the address of one of a cover's icons."""
    return COVER_PART.format(cover=name, part=file)


def plain_number(view: str) -> int:
    """Return the number of a view's plain page: from the table, or for a host's own page one made from its id."""
    if view.startswith("steady-"):
        return _FIRST_EXERCISE_NUMBER + int(view.removeprefix("steady-"))
    return _PLAIN_NUMBERS.get(view) or own_number(view)


def own_number(page: str) -> int:
    """Return the number that a host's own page has for ever: it rests on nothing but the page's id."""
    return _FIRST_OWN_NUMBER + int.from_bytes(hashlib.sha256(page.encode()).digest()[:8]) % _OWN_NUMBERS


def has_plain_number(page: str) -> bool:
    """Say whether a reading page has a plain page's number of its own."""
    return page in _PLAIN_NUMBERS


def plain_page(view: str, language: str) -> str:
    """Return the address of a view's plain page, for people without script."""
    return f"/t/{plain_number(view)}?l={language}"
