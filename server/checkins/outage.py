"""Our own silences, found from the worker's heartbeat, so that nobody is alarmed by them (CI-7).

The worker writes down the moment at each look, after it has handled all that was due until then. Two such moments
further apart than `OUTAGE_SECONDS` mean that nobody looked in between: the machine was off, the process dead, the
database away, or the clock was put forward, which no program can tell from sleeping. Each is treated alike.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

# Several missed looks; a single late one is everyday load, and costs nobody more than these minutes.
OUTAGE_SECONDS: Final = 5 * 60


class Gap(NamedTuple):
    """Nobody looked after `start` until `end`; seconds since 1970."""

    start: int
    end: int

    @property
    def seconds(self) -> int:
        """How long it was."""
        return max(self.end - self.start, 0)


def gap_since(last_beat: int | None, now: int) -> Gap | None:
    """Return the gap that ends now, if there is one. No beat yet, or one from a later clock, is no gap."""
    if last_beat is None or now - last_beat <= OUTAGE_SECONDS:
        return None
    return Gap(last_beat, now)


def gaps(beats: Iterable[int], now: int) -> list[Gap]:
    """Return every gap among beats in any order, and between the last of them and now; oldest first."""
    moments = sorted({*(beat for beat in beats if beat < now), now})
    return [gap for earlier, later in pairwise(moments) if (gap := gap_since(earlier, later))]


def moved(moment: int, gap: Gap) -> int:
    """Return when something is due that was due at `moment`, without a gap that may have swallowed it.

    For prompts to come: what fell into the gap comes as much later as the gap was long, in the order and at the pace it
    had, so that the end of an outage is no burst. What was handled before the gap, or is due after it, stays.
    """
    return moment + gap.seconds if gap.start < moment <= gap.end else moment
