"""Two people and their two phones: somebody who asks to be looked out for, and somebody who says yes."""

import json
from typing import NamedTuple

from tests.journeys.asked import Asked

_AT = "document.querySelector('#view [data-part=%s]:not([hidden])') !== null"
_TEXTS = "[...document.querySelectorAll('#view %s')].map((it) => it.textContent.trim())"
# A view that the server is asked for, drawn by a browser that shares a machine with another.
_PATIENCE_SECONDS = 30
_SETTLED_SECONDS = 1.5
_READING = ("see", "rules", "may", "push", "practice", "decide")


class FourWords(NamedTuple):
    words: list[str]
    numbers: list[int]


class InCircle(Asked):
    """What is the same on both sides: parts of a view that come one after the other."""

    def is_at(self, part: str) -> None:
        self.phone.wait_until(
            _AT % part,
            lambda: f"{part} did not come: {self.text_of_the_view()[-600:]}",
            seconds=_PATIENCE_SECONDS,
        )

    def goes_on_to(self, part: str) -> None:
        self.phone.click(f"#view [data-part]:not([hidden]) [data-to={part}]")
        self.is_at(part)

    def texts(self, selector: str) -> list[str]:
        found: list[str] = self.phone.evaluate(_TEXTS % selector)
        return found

    def shows(self, selector: str) -> None:
        self.phone.wait_until(
            f"document.querySelector({json.dumps('#view ' + selector)})?.checkVisibility() === true",
            lambda: f"{selector} is not shown: {self.text_of_the_view()[-600:]}",
            seconds=_PATIENCE_SECONDS,
        )

    def comes_back(self) -> None:
        """Leave, and go in again as on another day."""
        self.exits()
        self.opens("sip")
        self.opens_the_door()


class Her(InCircle):
    """Who asks to be looked out for."""

    def asks_somebody(self, name: str, *, silence: str, company: str, hours: str) -> list[str]:
        """Go through all that comes before, and make eight words."""
        self.reads("buddies")
        self.shows('[data-go="invite"]')
        self.reads("invite")
        self.is_at("begin")
        self.goes_on_to("sees")
        self.goes_on_to("ask")
        self.writes("#view [data-part=ask] [data-called]", name)
        self.writes("#view [data-part=ask] [data-hours]", hours)
        self.phone.click("#view [data-part=ask] [type=submit]")
        self.is_at("notes")
        for kind, text in enumerate((silence, company)):
            self.writes(f'#view [data-part=notes] [data-kind="{kind}"] textarea', text)
        self.phone.click("#view [data-make]")
        self.is_at("words")
        return self.texts("[data-word]")

    def link(self) -> str:
        return self.finds_written("#view [data-link]")

    def goes_to_the_list(self) -> None:
        """By the way at the foot of the view: another one is in a part that is not shown."""
        self._follows('#view > p [data-go="buddies"]')

    def four_words(self) -> FourWords:
        self.is_at("compare")
        return FourWords(self.texts("[data-same-word]"), [int(it) for it in self.texts("[data-same-number]")])

    def says_that_they_match(self) -> None:
        self.phone.click("#view [data-match]")
        self.is_at("done")

    def lets_a_check_in_that_stays_out_be_passed_on(self) -> None:
        self.reads("buddies")
        self.shows("[data-nudge-on]")
        self.phone.click("#view [data-nudge-on]")
        self.is_told("kept")

    def is_told_what_was_said(self, name: str, words: str) -> None:
        self.reads("buddies")
        self.shows("[data-last]")
        assert self.sees(name)
        assert self.sees(words)

    def is_all_right(self) -> None:
        """Answer a check-in that is open; what has just been drawn takes no tap at once."""
        assert self.is_asked()
        self.waits(0.6)
        self.presses("I'm all right")
        self.is_told("answered")

    def stops(self) -> None:
        self.reads("buddies")
        self.shows("[data-stop]")
        self.phone.click("#view [data-stop]")
        self.is_told("stopped")


class Buddy(InCircle):
    """Who was given eight words."""

    def types_the_words(self, words: list[str]) -> None:
        self.opens("sip")
        self.lets_it_settle_in()
        self.opens_the_door()
        self.phone.click("#view [data-seen]")
        self.reads("people")
        self.reads("invited")
        self.is_at("words")
        self.writes("#given", " ".join(words))
        self.phone.click("#view [data-words] [type=submit]")
        self.is_at("asked")

    def follows_the_link(self, link: str) -> None:
        """As from a camera: the browser goes there, and the inside opens by itself."""
        self.phone.goto(link)
        self.waits_for_the_inside()
        self.phone.click("#view [data-seen]")
        self.is_at("asked")

    def reads_everything(self) -> None:
        for part in _READING:
            self.goes_on_to(part)

    def says_yes(self, name: str) -> None:
        """Say so, and keep what is needed for it without a code."""
        self.writes("#called", name)
        self.phone.click("#view [data-decide] [type=submit]")
        self.is_at("keep")
        self.phone.click("#view [data-free]")
        self.is_at("sent")

    def says_not_right_now(self) -> None:
        self.phone.click("#view [data-not-now]")
        self.is_at("declined")

    def four_words(self) -> FourWords:
        self.is_at("compare")
        return FourWords(self.texts("[data-four]"), [int(it) for it in self.texts("[data-numbers]")[0].split()])

    def says_that_they_match(self) -> None:
        self.phone.click("#view [data-alike]")

    def sees_who_asks(self, name: str, note: str) -> None:
        """Come in, and read first of all who asks, and how to reach them."""
        self.shows("[data-who]")
        assert self.sees(name)
        self.reads("people")
        self.shows("[data-nudge]")
        assert self.sees(note)

    def replies(self, words: str) -> None:
        self.presses(words)
        self.is_told("said")

    def hears_that_all_is_well(self) -> None:
        self.shows("[data-who] [data-read]")
        self.phone.click("#view [data-who] [data-read]")

    def what_people_says(self) -> str:
        """Give all that the page of people says of them, once the server has been asked."""
        self.reads("people")
        self.shows("[data-people] [data-name]")
        # What this phone knows is drawn at once, what the server says a moment later.
        before = ""
        while before != (before := self._text_of("[data-people]")):
            self.waits(_SETTLED_SECONDS)
        return before

    def _text_of(self, selector: str) -> str:
        return str(self.phone.evaluate(f"document.querySelector('#view {selector}').innerText"))
