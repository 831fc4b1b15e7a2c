"""How fast a service is called, told as a story with a clock in hand."""

import pytest

from server.push.answers import Outcome, Result
from server.push.pace import REST_SECONDS, Pace

DELIVERED = Outcome(1, Result.DELIVERED, 201)
FAILED = Outcome(1, Result.FAILED)
FLOODED = Outcome(1, Result.LATER, 429, 600)
BUSY = Outcome(1, Result.LATER, 503, 600)


def test_the_first_message_goes_alone_and_each_round_of_successes_doubles_the_room_up_to_the_limit() -> None:
    pace, rooms = Pace(limit=10), []
    for _ in range(5):
        rooms.append(pace.room)
        for _ in range(pace.room):
            pace.learn(DELIVERED, pace.round, 0)
    assert rooms == [1, 2, 4, 8, 10]


def test_many_failures_with_one_cause_count_as_one() -> None:
    # Given a hundred messages on their way, when their connection breaks off
    pace = Pace(limit=100, room=100)
    begun_in = pace.round
    for _ in range(100):
        pace.learn(FAILED, begun_in, 0)

    # Then the service is called more slowly, and goes on being called
    assert pace.room == 50
    assert pace.rests_until == 0


def test_a_service_from_which_nothing_but_failures_come_rests_after_three_rounds() -> None:
    pace = Pace(limit=100)
    for moment in (10, 20):
        pace.learn(FAILED, pace.round, moment)
    assert pace.rests_until == 0

    pace.learn(FAILED, pace.round, 30)
    assert pace.rests_until == 30 + REST_SECONDS


def test_one_success_in_between_says_that_the_service_is_there() -> None:
    pace = Pace(limit=100)
    for _ in range(10):
        pace.learn(FAILED, pace.round, 0)
        pace.learn(FAILED, pace.round, 0)
        pace.learn(DELIVERED, pace.round, 0)
    assert pace.rests_until == 0


def test_a_service_that_says_it_is_unavailable_rests_at_once_for_as_long_as_it_asks() -> None:
    pace = Pace(limit=100)
    pace.learn(BUSY, pace.round, 100)
    assert pace.rests_until == 700


def test_a_longer_rest_is_not_cut_short_by_an_answer_that_comes_late() -> None:
    pace = Pace(limit=100)
    pace.learn(BUSY, pace.round, 100)
    pace.learn(BUSY._replace(retry_after_seconds=None), 0, 101)
    assert pace.rests_until == 700


@pytest.mark.parametrize("gone", [Result.GONE, Result.REFUSED])
def test_an_answer_about_one_subscription_is_an_answer_of_a_service_in_health(gone: Result) -> None:
    pace = Pace(limit=100)
    for outcome in (FLOODED, FLOODED, Outcome(1, gone, 410), FLOODED, FLOODED):
        pace.learn(outcome, pace.round, 0)
    assert pace.rests_until == 0
