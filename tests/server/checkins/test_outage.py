"""Our own silences are found from the heartbeat, and what fell into one comes later, at its own pace."""

from hypothesis import given, settings
from hypothesis import strategies as st

from server.checkins.outage import OUTAGE_SECONDS, Gap, gap_since, gaps, moved

HOUR = 3600


def test_a_silence_longer_than_a_few_looks_is_a_gap() -> None:
    assert gap_since(0, OUTAGE_SECONDS) is None
    assert gap_since(0, OUTAGE_SECONDS + 1) == Gap(0, OUTAGE_SECONDS + 1)


def test_the_first_start_and_a_clock_put_back_are_no_gaps() -> None:
    assert gap_since(None, 5 * HOUR) is None
    assert gap_since(5 * HOUR, HOUR) is None
    assert Gap(5, 3).seconds == 0


def test_every_gap_is_found_whatever_the_order_of_beats() -> None:
    beats = [0, 60, 120, 2 * HOUR, 2 * HOUR + 60, 9 * HOUR]

    assert gaps(reversed(beats), 3 * HOUR) == [Gap(120, 2 * HOUR), Gap(2 * HOUR + 60, 3 * HOUR)]
    assert gaps([], 3 * HOUR) == []


def test_what_fell_into_a_gap_comes_in_its_order_and_at_its_pace_and_nothing_else_moves() -> None:
    gap = Gap(100, 8000)

    assert [moved(moment, gap) for moment in (100, 101, 4000, 8000, 8001)] == [100, 8001, 11_900, 15_900, 8001]


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**6)), st.integers(0, 10**6))
def test_gaps_are_in_order_apart_and_long(beats: list[int], now: int) -> None:
    found = gaps(beats, now)

    assert found == sorted(found)
    assert all(gap.seconds > OUTAGE_SECONDS and gap.end <= now for gap in found)
    assert not any(gap.start < beat < gap.end for gap in found for beat in beats)
