"""The ladder as she was told it: who hears what, when, and what never happens."""

import pytest

from server.checkins.check_in import (
    DAY,
    HOUR,
    MINUTE,
    NOBODY,
    Answered,
    AskedAnew,
    BuddyCannot,
    BuddyOnIt,
    CheckIn,
    Circle,
    CompanyWanted,
    Ending,
    Event,
    Kind,
    LadderSettings,
    LaterWanted,
    LeftOff,
    LongerWanted,
    Message,
    Rung,
    Step,
    TimePassed,
    round_up,
)
from server.checkins.ladder import NOTICE_SECONDS, after_outage, open_check_in, step
from server.checkins.outage import Gap
from server.errors import CheckInError

MORNING = 1_790_000_100
BOTH = Circle(opted_in=True, buddies=("A", "B"))


class Story:
    """One check-in and everything that was sent for it, with the hours since its prompt."""

    def __init__(self, circle: Circle = BOTH, **settings: int) -> None:
        self.circle, self.sent, self.hours = circle, list[tuple[float, str]](), 0.0
        opened = open_check_in("c", MORNING + 12 * HOUR, LadderSettings(**settings), MORNING)
        self.check_in = opened.check_in
        self._note(opened)

    def until(self, hours: float) -> "Story":
        """Let the worker look at every moment that comes due."""
        while (due := self.check_in.due) is not None and due <= MORNING + hours * HOUR:
            self.hours = (due - MORNING) / HOUR
            self.happens(TimePassed())
        self.hours = hours
        return self

    def happens(self, event: Event) -> "Story":
        self._note(step(self.check_in, event, self.now, self.circle))
        return self

    def nobody_looks(self, hours: float) -> "Story":
        self._note(after_outage(self.check_in, Gap(self.now, self.now + int(hours * HOUR))))
        self.hours += hours
        return self

    @property
    def now(self) -> int:
        return MORNING + int(self.hours * HOUR)

    def _note(self, done: Step) -> None:
        self.check_in = done.check_in
        self.sent += [(round(self.hours, 1), told(message)) for message in done.messages]


def told(message: Message) -> str:
    return f"{message.kind} {message.to}" if message.to else str(message.kind)


def test_prompt_reminder_grace_and_one_buddy_after_the_other() -> None:
    story = Story().until(DAY)

    assert story.sent == [(0, "prompt"), (2, "reminder"), (6, "nudge A"), (7, "nudge B")]
    assert story.check_in.ending is Ending.ALL_TRIED


def test_an_answer_at_any_time_ends_it() -> None:
    for hours in (0, 1, 2, 5.9):
        story = Story().until(hours).happens(Answered()).until(10 * 24)

        assert story.check_in.ending is Ending.ANSWERED
        assert {kind for _, kind in story.sent} <= {"prompt", "reminder"}


def test_a_late_answer_tells_exactly_those_who_were_nudged_that_all_is_well() -> None:
    assert Story().until(6.5).happens(Answered()).sent[-1:] == [(6.5, "all_clear A")]
    assert Story().until(30).happens(Answered()).sent[-2:] == [(30, "all_clear A"), (30, "all_clear B")]
    # From a second device, a moment later: nobody is told twice.
    twice = Story().until(30).happens(Answered()).happens(Answered())
    assert [kind for _, kind in twice.sent].count("all_clear A") == 1


@pytest.mark.parametrize("circle", [NOBODY, Circle(opted_in=True), Circle(opted_in=False, buddies=("A",))])
def test_without_a_buddy_or_her_wish_nothing_follows_the_reminder(circle: Circle) -> None:
    story = Story(circle).until(10 * 24)

    assert [kind for _, kind in story.sent] == ["prompt", "reminder"]
    assert story.check_in.ending is Ending.UNANSWERED


def test_company_calls_a_buddy_at_once_whether_or_not_silence_would() -> None:
    story = Story(Circle(opted_in=False, buddies=("A", "B"))).until(1).happens(CompanyWanted()).until(3)

    assert story.sent == [(0, "prompt"), (1, "nudge A"), (2, "nudge B")]


def test_company_cannot_be_put_off_by_whoever_holds_the_phone() -> None:
    story = Story().happens(CompanyWanted()).happens(LongerWanted(DAY)).happens(LaterWanted(MORNING + HOUR)).until(1)

    assert story.sent == [(0, "prompt"), (0, "nudge A"), (1, "nudge B")]


def test_company_reaches_buddies_whom_silence_reached_before() -> None:
    story = Story().until(6.5).happens(CompanyWanted())

    assert story.sent[-2:] == [(6, "nudge A"), (6.5, "nudge A")]


def test_a_buddy_who_is_on_it_is_left_to_it_and_one_who_cannot_is_followed_at_once() -> None:
    on_it = Story().until(6.5).happens(BuddyOnIt("A")).until(24)
    cannot = Story().until(6.5).happens(BuddyCannot("A"))
    changed = Story().until(6.5).happens(BuddyOnIt("A")).happens(BuddyCannot("A"))

    assert [kind for _, kind in on_it.sent] == ["prompt", "reminder", "nudge A"]
    assert cannot.sent[-1] == (6.5, "nudge B")
    assert changed.sent[-1] == (6.5, "nudge B")


def test_all_are_asked_at_once_only_where_she_wants_that_and_the_last_who_cannot_ends_the_waiting() -> None:
    together = Story(BOTH._replace(together=True)).until(6)
    assert together.sent[-2:] == [(6, "nudge A"), (6, "nudge B")]

    # One who cannot leaves the other time, and a third who became free is asked when neither can.
    together.circle = Circle(opted_in=True, buddies=("A", "B", "C"), together=True)
    assert together.happens(BuddyCannot("A")).check_in.waiting_for == ("B",)
    assert together.happens(BuddyCannot("B")).sent[-1] == (6, "nudge C")
    together.until(6.5).happens(Answered())
    assert [kind for _, kind in together.sent[-3:]] == ["all_clear A", "all_clear B", "all_clear C"]


def test_company_asked_for_under_duress_begins_anew_and_is_not_undone_by_an_ordinary_wish() -> None:
    story = Story().happens(CompanyWanted()).happens(CompanyWanted(quiet=True))
    assert [kind for _, kind in story.sent] == ["prompt", "nudge A", "nudge A"]
    assert story.check_in.quiet

    story.happens(CompanyWanted()).until(1)
    assert [kind for _, kind in story.sent] == ["prompt", "nudge A", "nudge A", "nudge B"]
    assert story.check_in.quiet
    assert not story.happens(Answered()).check_in.quiet


def test_company_under_duress_takes_nothing_from_a_buddy_who_is_on_it_where_nobody_else_is_left() -> None:
    story = Story().happens(CompanyWanted()).happens(BuddyOnIt("A"))
    story.circle = NOBODY
    assert story.happens(CompanyWanted(quiet=True)).check_in.on_it == ("A",)


def test_a_check_in_from_before_there_were_buddies_is_read() -> None:
    kept = Story().check_in.model_dump_json().replace('"waiting_for":[]', '"waiting_for":null')
    assert CheckIn.model_validate_json(kept) == Story().check_in


def test_a_buddy_in_quiet_hours_is_asked_when_they_end() -> None:
    story = Story(Circle(opted_in=True, free_at=MORNING + 9 * HOUR)).until(8)
    assert story.check_in.rung is Rung.GRACE_ENDED
    story.circle = BOTH

    assert story.until(9).sent[-1] == (9, "nudge A")


def test_give_me_longer_works_from_any_rung_as_often_as_she_wants_and_reminds_once_more_each_time() -> None:
    story = Story()
    for hours in (1, 3, 6.5, 7):
        story.until(hours).happens(LongerWanted(4 * HOUR))
    story.until(24)

    assert story.sent[:4] == [(0, "prompt"), (3, "reminder"), (5, "reminder"), (9, "reminder")]
    assert story.sent[4:] == [(11, "nudge A"), (12, "nudge B")]


def test_more_time_given_while_a_buddy_worries_stops_the_next_and_the_answer_still_tells_the_first() -> None:
    story = Story().until(6.5).happens(LongerWanted(4 * HOUR)).until(8).happens(Answered())

    assert [kind for _, kind in story.sent] == ["prompt", "reminder", "nudge A", "all_clear A"]


def test_ask_me_later_asks_anew_with_all_her_time_from_then() -> None:
    story = Story().until(1).happens(LaterWanted(MORNING + 2 * HOUR)).until(8)

    assert story.sent == [(0, "prompt"), (2, "prompt"), (4, "reminder"), (8, "nudge A")]


def test_a_later_prompt_that_comes_late_leaves_her_all_her_time_all_the_same() -> None:
    story = Story().until(1).happens(LaterWanted(MORNING + 2 * HOUR))
    story.hours = 5

    story.happens(TimePassed()).until(11)

    assert story.sent[1:] == [(5, "prompt"), (7, "reminder"), (11, "nudge A")]


def test_skipping_ends_it_in_silence() -> None:
    story = Story().until(6.5).happens(LeftOff()).until(10 * 24)

    assert story.sent[-1] == (6, "nudge A")
    assert story.check_in.ending is Ending.LEFT_OFF


def test_a_newer_prompt_stands_for_the_reminder_of_the_older() -> None:
    story = Story().until(1).happens(AskedAnew()).until(7)

    assert [kind for _, kind in story.sent] == ["prompt", "nudge A", "nudge B"]


def test_an_outage_moves_everything_by_its_length_and_sends_nothing() -> None:
    story = Story().until(1).nobody_looks(2)
    assert story.sent == [(0, "prompt")]

    assert story.until(24).sent == [(0, "prompt"), (4, "reminder"), (8, "nudge A"), (9, "nudge B")]


def test_after_an_outage_there_is_time_for_an_answer_that_is_on_its_way() -> None:
    story = Story().until(5.95).nobody_looks(2)

    assert story.check_in.due
    assert story.check_in.due - story.now >= NOTICE_SECONDS


def test_two_hours_of_outage_across_a_thousand_deadlines_nudge_nobody_and_make_no_burst() -> None:
    gap = Gap(MORNING + 5 * HOUR, MORNING + 7 * HOUR)
    dues = []
    for number in range(1000):
        # Prompted over two hours, so that the end of grace of each falls into the outage.
        prompted_at = gap.start - 6 * HOUR + 1 + number * 2 * HOUR // 1000
        opened = open_check_in(str(number), prompted_at + DAY, LadderSettings(), prompted_at).check_in
        reminded = step(opened, TimePassed(), opened.due or 0, BOTH).check_in
        after = after_outage(reminded, gap)
        assert after.messages == ()
        assert step(after.check_in, TimePassed(), gap.end, BOTH).messages == ()
        dues.append(after.check_in.due or 0)

    assert min(dues) >= gap.end + NOTICE_SECONDS
    # Half an hour's deadlines come together at the half hour, all others at the pace they had.
    assert max(dues) - min(dues) >= 80 * MINUTE
    assert max(dues.count(due) for due in set(dues)) <= 300


def test_a_day_of_outage_makes_an_old_question_meaningless_unless_somebody_worries() -> None:
    assert Story().until(3).nobody_looks(24).check_in.ending is Ending.STALE
    assert Story().until(6.5).nobody_looks(24).happens(Answered()).sent[-1] == (30.5, "all_clear A")


def test_a_prompt_whose_day_is_over_is_not_sent() -> None:
    opened = open_check_in("c", MORNING, LadderSettings(), MORNING)

    assert opened.messages == ()
    assert opened.check_in.ending is Ending.STALE


def test_a_late_look_sends_the_reminder_and_leaves_time_before_a_nudge() -> None:
    story = Story()
    story.hours = 9

    story.happens(TimePassed()).happens(TimePassed())

    assert story.sent[1:] == [(9, "reminder")]
    assert story.check_in.due == round_up(MORNING + 9 * HOUR + 30 * MINUTE)


def test_in_a_short_grace_the_reminder_comes_half_way() -> None:
    story = Story(grace_minutes=30).until(1)

    assert [kind for _, kind in story.sent[:3]] == ["prompt", "reminder", "nudge A"]
    assert 0.2 <= story.sent[1][0] <= 0.3


def test_deadlines_stand_on_five_minutes_and_never_before_what_she_was_told() -> None:
    opened = open_check_in("c", MORNING + DAY, LadderSettings(), MORNING + 7).check_in

    assert opened.due == round_up(MORNING + 7 + 2 * HOUR)
    assert opened.due % (5 * MINUTE) == 0


def test_a_message_that_waited_too_long_is_not_worth_sending() -> None:
    opened = open_check_in("c", MORNING + HOUR, LadderSettings(), MORNING)
    reminded = step(opened.check_in, TimePassed(), opened.check_in.due or 0)

    assert opened.messages[0].good_until == MORNING + HOUR
    assert reminded.messages[0].good_until == reminded.check_in.grace_ends
    assert reminded.messages[0].kind is Kind.REMINDER


def test_what_has_ended_is_erased_within_a_day_but_not_before_worried_buddies_can_be_told() -> None:
    assert Story().until(1).happens(Answered()).check_in.erase_at == MORNING + HOUR + DAY
    worried = Story().until(7).happens(LeftOff()).check_in
    assert worried.is_open
    assert worried.erase_at == MORNING + 7 * HOUR + 7 * DAY
    assert Story().check_in.erase_at is None


def test_a_check_in_is_kept_as_text_and_read_back() -> None:
    kept = Story().until(6.5).check_in

    assert CheckIn.model_validate_json(kept.model_dump_json()) == kept


@pytest.mark.parametrize(
    "text", ['{"grace_minutes": 29}', '{"grace_minutes": 1441}', '{"grace_minutes": "60"}', "[]", '{"a": 1}']
)
def test_settings_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(CheckInError, match=r"^ladder: "):
        LadderSettings.from_json(text)
    assert LadderSettings.from_json("{}").grace_minutes == 360
