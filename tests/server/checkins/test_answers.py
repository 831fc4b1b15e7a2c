"""An answer counts once, for what was asked before it was given, however late and in whatever order it arrives."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.checkins.answers import COMPANY_SECONDS, Answer, Asked, Verdict, judge
from server.checkins.check_in import Answered, Circle, CompanyWanted, Kind, LadderSettings, LeftOff, Rung, TimePassed
from server.checkins.ladder import open_check_in, step
from server.errors import CheckInError

HOUR = 3600
DAY = 24 * HOUR
NOW = 1_790_000_000
YESTERDAY = Asked("yesterday", NOW - DAY, is_open=True)
MORNING = Asked("morning", NOW - 4 * HOUR, is_open=True)
NOON = Asked("noon", NOW - HOUR, is_open=True)
ALL = (NOON, YESTERDAY, MORNING)


def answer(says: str = "here", *, ago: int = 0, clock: int = NOW, **changed: object) -> Answer:
    shape = {"id": "A" * 22, "says": says, "given_at": clock - ago, "sent_at": clock, "check_in": None} | changed
    return Answer.from_json(json.dumps(shape))


def test_an_answer_ends_everything_that_was_asked_before_it() -> None:
    judged = judge(answer(), ALL, (), NOW)

    assert judged.answered == ("yesterday", "morning", "noon")
    assert not judged.company_wanted


def test_an_answer_of_yesterday_that_arrives_today_leaves_today_open() -> None:
    assert judge(answer(ago=6 * HOUR), ALL, (), NOW).answered == ("yesterday",)


@pytest.mark.parametrize("ahead", [-400 * DAY, -DAY, -HOUR, HOUR, DAY, 400 * DAY])
def test_a_phone_with_a_wrong_clock_is_understood(ahead: int) -> None:
    assert judge(answer(ago=6 * HOUR, clock=NOW + ahead), ALL, (), NOW).answered == ("yesterday",)
    assert judge(answer(clock=NOW + ahead), ALL, (), NOW).answered == ("yesterday", "morning", "noon")


def test_an_answer_from_the_future_was_given_now() -> None:
    judged = judge(answer(ago=-9 * DAY), ALL, (), NOW)

    assert judged.given_at == NOW
    assert judged.answered == ("yesterday", "morning", "noon")


def test_the_check_in_on_her_screen_is_ended_whatever_the_clock_says_and_all_before_it() -> None:
    assert judge(answer(ago=30 * DAY, check_in="morning"), ALL, (), NOW).answered == ("yesterday", "morning")


def test_a_repeat_does_nothing() -> None:
    for says in ("here", "come"):
        judged = judge(answer(says), ALL, {"A" * 22}, NOW)

        assert judged.verdict is Verdict.REPEAT
        assert (judged.answered, judged.silenced, judged.company, judged.company_wanted) == ((), (), None, False)


def test_an_answer_that_names_a_check_in_which_is_not_hers_does_nothing() -> None:
    judged = judge(answer("come", check_in="somebody-elses"), ALL, (), NOW)

    assert judged.verdict is Verdict.UNKNOWN
    assert (judged.answered, judged.company, judged.company_wanted) == ((), None, False)


def test_an_answer_with_nothing_open_counts_for_nothing_and_harms_nothing() -> None:
    judged = judge(answer(), [], (), NOW)

    assert (judged.verdict, judged.answered) == (Verdict.COUNTS, ())


def test_company_calls_for_the_latest_check_in_and_silences_the_others() -> None:
    judged = judge(answer("come"), ALL, (), NOW)

    assert (judged.company, judged.company_wanted) == ("noon", True)
    assert judged.silenced == ("yesterday", "morning")
    assert judged.answered == ()


def test_company_is_wanted_even_where_nothing_is_open_or_she_was_all_right_before() -> None:
    answered = Asked("noon", NOW - HOUR, is_open=False, answered_at=NOW - HOUR // 2)

    assert judge(answer("come"), [], (), NOW)[3:5] == (None, True)
    assert judge(answer("come"), [answered], (), NOW)[3:5] == ("noon", True)


def test_company_that_arrives_after_a_later_answer_calls_nobody() -> None:
    answered = Asked("noon", NOW - 2 * HOUR, is_open=False, answered_at=NOW - HOUR // 2)

    judged = judge(answer("come", ago=HOUR), [answered], (), NOW)

    assert judged.verdict is Verdict.OUTDATED
    assert not judged.company_wanted


def test_company_of_more_than_a_day_ago_ends_what_it_was_for_and_calls_nobody() -> None:
    old = Asked("old", NOW - 3 * DAY, is_open=True)

    judged = judge(answer("come", ago=COMPANY_SECONDS + 1), [old], (), NOW)

    assert (judged.answered, judged.company_wanted) == (("old",), False)


def test_a_cry_and_an_everyday_answer_are_equally_long() -> None:
    everyday, cry = answer("here", ago=HOUR), answer("come", ago=HOUR)

    assert everyday != cry
    assert len(everyday.model_dump_json()) == len(cry.model_dump_json())


def test_company_tells_no_buddy_that_all_is_well() -> None:
    buddies = Circle(opted_in=True, buddies=("A",))
    worried = open_check_in("yesterday", NOW, LadderSettings(), NOW - DAY).check_in
    while worried.rung is not Rung.NUDGING:
        worried = step(worried, TimePassed(), worried.due or 0, buddies).check_in
    fresh = open_check_in("noon", NOW + HOUR, LadderSettings(), NOW - HOUR).check_in
    kept = {"yesterday": worried, "noon": fresh}

    judged = judge(answer("come"), [YESTERDAY, NOON], (), NOW)
    quiet = [step(kept[name], LeftOff(), NOW, buddies) for name in judged.silenced]
    called = step(kept[judged.company or ""], CompanyWanted(), NOW, buddies)

    assert [message.kind for done in (*quiet, called) for message in done.messages] == [Kind.NUDGE]
    # When she is well again, the older worry is put to rest too.
    assert [done.check_in.is_open for done in quiet] == [True]
    assert [message.to for message in step(quiet[0].check_in, Answered(), NOW).messages] == ["A"]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9 * DAY), st.booleans()), max_size=8),
    st.sampled_from(["here", "come"]),
    st.integers(-DAY, 9 * DAY),
    st.integers(-400 * DAY, 400 * DAY),
    st.permutations(range(8)),
)
def test_what_counts_depends_neither_on_clocks_nor_on_order_and_nothing_is_both_answered_and_silenced(
    kept: list[tuple[int, bool]], says: str, ago: int, skew: int, order: list[int]
) -> None:
    asked = [Asked(str(number), NOW - age, is_open) for number, (age, is_open) in enumerate(kept)]
    shuffled = [asked[number] for number in order if number < len(asked)]

    judged = judge(answer(says, ago=ago), asked, (), NOW)

    assert judged == judge(answer(says, ago=ago, clock=NOW + skew), shuffled, (), NOW)
    assert judged.given_at <= NOW
    ended = [*judged.answered, *judged.silenced]
    assert len(ended) == len(set(ended))
    assert judged.company not in ended
    assert all(one.is_open for one in asked if one.id in ended)
    # Every open check-in that was asked before the answer is settled one way or another.
    for one in asked:
        if one.is_open and one.asked_at <= judged.given_at:
            assert one.id in (*ended, judged.company)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"id": "short"}, "id: "),
        ({"id": "A" * 21 + "+"}, "id: "),
        ({"id": "A" * 22 + "\n"}, "id: "),
        ({"id": 5}, "id: Input should be a valid string"),
        ({"says": "duress"}, "says: Input should be 'here' or 'come'"),
        ({"given_at": -1}, "given_at: "),
        ({"given_at": 1.5}, "given_at: "),
        ({"given_at": "1790000000"}, "given_at: Input should be a valid integer"),
        ({"sent_at": 2**60}, "sent_at: "),
        ({"sent_at": True}, "sent_at: "),
        ({"check_in": ""}, "check_in: "),
        ({"check_in": "x" * 65}, "check_in: "),
        ({"mood": "hard day"}, "there is a field too many"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_the_field_and_without_the_value(
    changed: dict[str, object], message: str
) -> None:
    with pytest.raises(CheckInError) as caught:
        answer(**changed)  # type: ignore[arg-type]

    assert str(caught.value).startswith(f"answer: {message}")
    assert "hard day" not in str(caught.value)
    assert "duress" not in str(caught.value)
