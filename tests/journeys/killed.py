"""A browser that is killed while somebody types in the plan: what she finds afterwards, against what she typed when."""

import random
import time
from dataclasses import dataclass

from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.keeper import CODE, Keeper

# As fast as somebody in a hurry.
_BETWEEN_LETTERS = (0.02, 0.12)
_LONGEST_SECONDS = 3.0
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

_SECTION = "home"
_FIELD = f"#view [data-section={_SECTION}] textarea"
_UNREADABLE = "document.querySelector('#view [data-unreadable]').hidden === false"


@dataclass(frozen=True)
class Killing:
    """One round: what was typed, letter by letter, and what was there after the browser had come back."""

    #: What the field held at each moment, from before the first letter on.
    typed: tuple[tuple[float, str], ...]
    killed_at: float
    found: str
    #: Whether any record could not be opened.
    is_damaged: bool

    @property
    def lost_seconds(self) -> float:
        """Give how old the oldest letter was that is gone; 0 where nothing is, endless where older words are gone."""
        texts = [text for _, text in self.typed]
        if self.found not in texts:
            return float("inf")
        at = texts.index(self.found)
        return 0.0 if at == len(self.typed) - 1 else self.killed_at - self.typed[at + 1][0]


def kill_while_typing(keeper: Keeper, chance: random.Random) -> Killing:
    """Come in with the code, type until the browser is killed, start it again and look. Each round adds to the last."""
    phone = keeper.phone
    assert isinstance(phone, ChromiumPhone)
    keeper.comes_back(CODE)
    keeper.opens_a_part_of_the_plan(_SECTION)
    phone.click(_FIELD)
    # To the end of what is there, wherever the tap has put the cursor.
    phone.evaluate("void document.activeElement.setSelectionRange(1e6, 1e6)")
    text = keeper.finds_written(_FIELD)
    typed = [(time.monotonic(), text)]
    end = time.monotonic() + chance.uniform(0.1, _LONGEST_SECONDS)
    while time.monotonic() < end:
        letter = chance.choice(_LETTERS)
        # The moment before the letter: it may be in the page before the browser has answered.
        typed.append((time.monotonic(), typed[-1][1] + letter))
        phone.press(letter)
        time.sleep(min(chance.uniform(*_BETWEEN_LETTERS), max(0.0, end - time.monotonic())))
    killed_at = time.monotonic()
    phone.kill()
    phone.start()
    keeper.comes_back(CODE)
    keeper.opens_a_part_of_the_plan(_SECTION)
    return Killing(tuple(typed), killed_at, keeper.finds_written(_FIELD), bool(phone.evaluate(_UNREADABLE)))
