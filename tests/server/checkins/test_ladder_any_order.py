"""Whatever happens in whatever order, and however clocks jump: no message twice, no alarm that was not due."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from server.checkins.check_in import (
    BUCKET_SECONDS,
    DAY,
    HOUR,
    MINUTE,
    Answered,
    AskedAnew,
    BuddyCannot,
    BuddyOnIt,
    CheckIn,
    Circle,
    CompanyWanted,
    Ending,
    Event,
    Key,
    Kind,
    LadderSettings,
    LaterWanted,
    LeftOff,
    LongerWanted,
    Message,
    Rung,
    Step,
    TimePassed,
)
from server.checkins.ladder import LONG_OUTAGE_SECONDS, after_outage, open_check_in, step
from server.checkins.outage import Gap
from tests.server.checkins.ladder_table import START, rows

BUDDIES = ("A", "B", "C")
SAYS = {
    TimePassed: "its moment is due",
    Answered: "answered",
    CompanyWanted: "asked for company",
    LaterWanted: "ask me later",
    LongerWanted: "give me longer",
    LeftOff: "skipped, paused, turned off",
    AskedAnew: "a newer check-in is prompted",
    BuddyOnIt: "A is on it",
    BuddyCannot: "A cannot",
}


def kinds(text: str) -> frozenset[str]:
    return frozenset(kind for kind in ("prompt", "reminder", "nudge", "all-clear") if f"{kind} to" in text)


ON_THE_PAGE = {
    (
        row.rung.split(",")[0].split(" for ")[0].split(" without")[0],
        row.event,
        row.then,
        kinds(row.sends),
        "back" in row.sends,
    )
    for row in rows()
}

buddies = st.sampled_from(BUDDIES)
seconds = st.integers(0, 12 * HOUR) | st.sampled_from([0, 1, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, DAY])


class AnyOrder(RuleBasedStateMachine):
    """Plays her, her buddies, the worker and the clock against the ladder, and keeps its own simple books."""

    @initialize(
        grace=st.integers(30, 1440),
        reminder=st.integers(10, 720),
        patience=st.integers(15, 720),
        day=st.integers(1, 20 * HOUR),
        start=st.integers(START, START + HOUR),
    )
    def prompt(self, grace: int, reminder: int, patience: int, day: int, start: int) -> None:
        chosen = LadderSettings(grace_minutes=grace, reminder_minutes=reminder, patience_minutes=patience)
        self.now = start
        # Nudges by silence are the thing to watch, so most begin with buddies; any rule may take them away.
        self.circle = Circle(opted_in=start % 4 != 0, buddies=BUDDIES[: start % 3 + 1])
        self.made: set[Key] = set()
        self.unsent: list[Message] = []
        self.nudged: set[str] = set()
        self.company = self.answered = False
        self.grace = grace * MINUTE
        # No nudge by silence before this moment, as she was told; nor without a reminder in between.
        self.not_before = start + self.grace
        self.reminded_at: int | None = None
        opened = open_check_in("c", start + day, chosen, start)
        assert [message.kind for message in opened.messages] == [Kind.PROMPT]
        self.check_in = opened.check_in
        self.keep(opened.messages)

    # --- the world ---

    @rule(
        opted_in=st.booleans(),
        order=st.permutations(BUDDIES),
        count=st.integers(0, 3),
        free=st.none() | st.integers(-HOUR, 3 * DAY),
        together=st.booleans(),
    )
    def buddies_change(self, *, opted_in: bool, order: list[str], count: int, free: int | None, together: bool) -> None:
        self.circle = Circle(opted_in, tuple(order[:count]), None if free is None else self.now + free, together)

    @rule()
    def silence_is_to_nudge_nobody_any_more(self) -> None:
        self.circle = self.circle._replace(opted_in=False)

    @rule(duration=seconds)
    def time_goes_by(self, duration: int) -> None:
        until = self.now + duration
        while (due := self.check_in.due) is not None and due <= until:
            self.now = max(self.now, due)
            self.do(TimePassed())
            # A worker never turns on the spot.
            following = self.check_in.due
            assert following is None or following > due
        self.now = until

    @rule(late=st.integers(0, 10 * MINUTE))
    def the_next_moment_comes(self, late: int) -> None:
        if (due := self.check_in.due) is not None and due + late >= self.now:
            self.now = due + late
            self.do(TimePassed())

    @rule(duration=seconds)
    def the_clock_leaps_unnoticed(self, duration: int) -> None:
        self.now += duration
        self.do(TimePassed())

    @rule(duration=seconds)
    def the_clock_goes_back(self, duration: int) -> None:
        self.now -= duration
        self.do(TimePassed())

    @rule(duration=seconds | st.integers(DAY, 10 * DAY))
    def nobody_looks(self, duration: int) -> None:
        self.time_goes_by(0)
        before, gap = self.check_in, Gap(self.now, self.now + duration)
        # A clock that went back may stand before what is accounted for.
        counted = max(gap.end - max(gap.start, before.settled_at), 0)
        after = after_outage(before, gap)
        assert after.messages == ()
        self.check_in, self.now = after.check_in, gap.end
        self.not_before += counted
        if after.withdraw:
            self.unsent = []
        if after.check_in.due is None:
            assert before.rung is Rung.ENDED or (counted >= LONG_OUTAGE_SECONDS and not self.nudged)
        elif before.due:
            # All the time that was left is still left, and a look at once does nothing.
            assert after.check_in.due >= before.due + counted
            if counted == duration and before.due > gap.start:
                assert step(self.check_in, TimePassed(), self.now, self.circle) == Step(self.check_in)
        # The same gap told again, by a worker that was killed meanwhile.
        assert after_outage(self.check_in, gap) == Step(self.check_in)

    @rule()
    def all_is_handed_over(self) -> None:
        self.unsent = []

    # --- she ---

    @rule()
    def answers(self) -> None:
        due_to = set(self.nudged)
        done = self.do(Answered())
        assert {message.to for message in done.messages} == due_to
        assert len(done.messages) == len(due_to)
        assert all(message.kind is Kind.ALL_CLEAR for message in done.messages)
        assert self.check_in.rung is Rung.ENDED
        assert self.check_in.ending is Ending.ANSWERED
        assert not any(message.kind is not Kind.ALL_CLEAR for message in self.unsent)
        self.nudged, self.company, self.answered = set(), False, True

    @rule(quiet=st.booleans())
    def wants_company(self, *, quiet: bool) -> None:
        was_quiet = self.check_in.company and self.check_in.quiet
        self.company, self.answered = True, False
        self.do(CompanyWanted(quiet))
        # What she said under duress is not undone by what is said after it.
        assert self.check_in.quiet == (was_quiet or quiet) or self.check_in.rung is Rung.ENDED or not quiet
        assert self.check_in.rung is Rung.NUDGING or self.check_in.ending is Ending.ANSWERED
        if self.circle.buddies:
            assert self.check_in.rung is Rung.NUDGING
            assert self.nudged
        if self.check_in.rung is Rung.ENDED:
            self.company, self.answered = False, True

    @rule(wait=st.integers(-HOUR, 2 * DAY))
    def wants_to_be_asked_later(self, wait: int) -> None:
        before = self.check_in
        self.do(LaterWanted(self.now + wait))
        if self.check_in.rung is Rung.LATER and self.check_in != before:
            assert self.check_in.ask_at
            self.not_before = max(self.not_before, self.now + min(max(wait, 0), DAY) + self.grace)

    @rule(longer=st.integers(-HOUR, 2 * DAY))
    def wants_longer(self, longer: int) -> None:
        before = self.check_in
        self.do(LongerWanted(longer))
        if self.check_in != before:
            self.not_before = max(self.not_before, self.now + min(max(longer, 30 * MINUTE), DAY))
            self.reminded_at = None
        else:
            # It works from any rung; only company that she asked for, and what has ended, cannot be put off.
            assert self.company or before.rung is Rung.ENDED or before.grace_ends >= self.now + min(longer, DAY)

    @rule()
    def leaves_off(self) -> None:
        self.do(LeftOff())
        self.company = False
        assert self.check_in.rung is Rung.ENDED

    @rule()
    def a_newer_one_is_prompted(self) -> None:
        before = self.check_in
        self.do(AskedAnew())
        if self.check_in != before:
            self.reminded_at = self.now

    # --- buddies ---

    @rule(buddy=buddies)
    def is_on_it(self, buddy: str) -> None:
        self.do(BuddyOnIt(buddy))

    @rule(buddy=buddies)
    def cannot(self, buddy: str) -> None:
        self.do(BuddyCannot(buddy))

    # --- the books ---

    def do(self, event: Event) -> Step:
        before = self.check_in
        done = step(before, event, self.now, self.circle)
        self.check_in = done.check_in
        self.is_on_the_page(before, event, done)
        self.goes_forward(before)
        if done.withdraw:
            self.unsent = []
        self.keep(done.messages)
        return done

    def keep(self, messages: tuple[Message, ...]) -> None:
        # One after the other, unless she wants all at once.
        assert self.circle.together or sum(message.kind is Kind.NUDGE for message in messages) <= 1
        for message in messages:
            assert message.key not in self.made
            self.made.add(message.key)
            self.unsent.append(message)
            if message.kind is Kind.NUDGE:
                self.may_nudge(message)
            elif message.kind is Kind.ALL_CLEAR:
                assert message.to in self.nudged
            else:
                assert message.to is None
                assert message.good_until >= self.now
                self.reminded_at = self.now if message.kind is Kind.REMINDER else None
                if message.kind is Kind.PROMPT:
                    # However late the prompt, she has all her time from then on.
                    self.not_before = max(self.not_before, self.now + self.grace)

    def may_nudge(self, message: Message) -> None:
        assert message.to in self.circle.buddies
        assert not self.answered
        if not self.company:
            assert self.circle.opted_in
            assert self.now >= self.not_before
            assert self.reminded_at is not None
            assert self.now - self.reminded_at >= 10 * MINUTE
        self.nudged.add(message.to or "")

    def is_on_the_page(self, before: CheckIn, event: Event, done: Step) -> None:
        after = done.check_in
        if after == before and not done.messages:
            return
        then = after.rung + (f": {after.ending}" if after.ending else "")
        sent = frozenset(message.kind.replace("_", "-") for message in done.messages)
        assert (before.rung, SAYS[type(event)], then, sent, done.withdraw) in ON_THE_PAGE

    def goes_forward(self, before: CheckIn) -> None:
        after = self.check_in
        for name in ("prompts", "reminders", "rounds", "grace_ends", "closes_at", "settled_at", "stale_at"):
            assert getattr(after, name) >= getattr(before, name), name

    @precondition(lambda self: hasattr(self, "check_in"))
    @invariant()
    def what_is_kept_is_whole(self) -> None:
        check_in = self.check_in
        assert CheckIn.model_validate_json(check_in.model_dump_json()) == check_in
        assert set(check_in.nudged) == self.nudged
        assert check_in.due is None or check_in.due % BUCKET_SECONDS == 0
        assert (check_in.due is None) == (check_in.rung is Rung.ENDED)
        assert (check_in.erase_at is None) == (check_in.rung is not Rung.ENDED)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=200, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
