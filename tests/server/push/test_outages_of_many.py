"""Many people at once, two hours without a server or a push service: late, each once, never in a heap."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from server.checkin_store import CheckInStore
from server.checkins.check_in import LadderSettings
from server.checkins.schedule import Schedule
from server.clock import day_number
from server.models import CheckIn, Device, Outbox, Subscription, new_id
from server.push.outbox import place_of_reach
from server.push.payloads import Kind
from server.push.vapid import KeyFile
from server.sealing import HostSecrets
from server.wishes import Wishes, turn_on
from tests.factories import make_account
from tests.server.push.her import ZONE, Days, clock_of
from tests.server.push.phone import Phone

PEOPLE = 1000
# One phone's keys for all: only the tests open what is sent.
PHONE = Phone()
Came = list[tuple[int, Kind, str]]


async def people_are_asked(days: Days, times: Sequence[str], endpoint: str = "201") -> None:
    """As many people as there are times, each asked at hers and reached on one phone."""
    secrets = HostSecrets(days.settings.secret_file)
    store, key = CheckInStore(secrets), KeyFile(days.settings.data, days.settings.contact).ring.current_id
    ladder = LadderSettings(reminder_minutes=120, grace_minutes=360, patience_minutes=60)
    for number, time in enumerate(times):
        account = await make_account()
        device = await Device.get(account=account)
        row, path = new_id(), f"/{endpoint}/{time}-{number}"
        reach = {"endpoint": days.service.origin + path, "p256dh": PHONE.p256dh, "auth": PHONE.auth}
        sealed = secrets.seal(place_of_reach(row), json.dumps(reach).encode())
        await Subscription.create(id=row, device=device, sealed=sealed, vapid_key=key)
        schedule = Schedule(zone=ZONE, times=(time,), days=(1, 2, 3, 4, 5, 6, 7))
        await turn_on(store, account.id, Wishes(schedule, ladder, nudge=True), days.clock.at)
        days._phones[path] = PHONE


def spread(first: str, last: str, people: int) -> Iterator[str]:
    """Yield times of the day, evenly from the first to the last."""
    begin, end = (int(text[:2]) * 60 + int(text[3:]) for text in (first, last))
    for number in range(people):
        minute = begin + (end - begin) * number // people
        yield f"{minute // 60:02d}:{minute % 60:02d}"


def most_in_five_minutes(came: Came) -> int:
    return max(Counter(at // 300 for at, _, _ in came).values())


async def test_two_hours_without_a_server_across_a_thousand_deadlines(days: Days) -> None:
    # Given people whose reminders are due between nine and eleven, and as many whose prompts are
    await people_are_asked(days, [*spread("07:00", "08:40", PEOPLE // 2), *spread("09:00", "10:40", PEOPLE // 2)])
    await days.until("08:50", step=240)
    before = len(days.came)
    assert Counter(kind for _, kind, _ in days.came) == {Kind.PROMPT: PEOPLE // 2}

    # When the server is away from ten to nine to ten to eleven
    await days.sleep_until("10:50")
    days.restart()
    await days.until("13:00", step=240)
    came = days.came[before:]

    # Then all of it comes, two hours later and once, at the pace that it would have had
    assert Counter(kind for _, kind, _ in came) == {Kind.REMINDER: PEOPLE // 2, Kind.PROMPT: PEOPLE // 2}
    assert max(Counter((kind, path) for _, kind, path in came).values()) == 1
    assert most_in_five_minutes(came) <= 2 * PEOPLE * 5 / 100
    for at, kind, path in came:
        asked = path.rpartition("/")[2][:5]
        late = minutes_between(asked, clock_of(at)) - (120 if kind is Kind.REMINDER else 0)
        assert 120 <= late <= 140, (clock_of(at), kind, path)

    # And for nobody has the silence counted as hers: each check-in is open, and far from its end
    assert await CheckIn.filter(day=day_number(days.clock.now().date()), due__gt=days.clock.at).count() == PEOPLE


async def test_two_hours_without_a_push_service_end_without_a_heap_and_with_nothing_stale(days: Days) -> None:
    # Given a push service that fails while two hundred people are to be asked and reminded
    days.service.answer("down", "500 Internal Server Error")
    people = 200
    await people_are_asked(days, list(spread("08:30", "10:30", people)), "down")
    for quarter in ("08:00", "08:30", "09:00", "09:30", "10:00", "10:30"):
        await days.until(quarter)
        # A rest is counted by a clock that no test moves.
        days.restart()

    # When it is back
    days.service.answer("down", "201 Created")
    days.restart()
    before = len(days.came)
    await days.until("13:15")
    came = days.came[before:]

    # Then each gets her prompt, once, and time to answer it before the reminder
    prompts = {path: at for at, kind, path in came if kind is Kind.PROMPT}
    reminders = {path: at for at, kind, path in came if kind is Kind.REMINDER}
    assert len(prompts) == people
    assert len(prompts) + len(reminders) == len(came)
    assert all(at - prompts[path] >= 80 * 60 for path, at in reminders.items())
    assert await CheckIn.filter(due__gt=days.clock.at).count() == people
    assert await Outbox.all().count() == 0


def minutes_between(one: str, other: str) -> int:
    first, second = (int(text[:2]) * 60 + int(text[3:]) for text in (one, other))
    return second - first
