"""What one side receives while there is no news of the other: always the same, whatever the other does meanwhile."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest

from server.attempts import count_in_memory
from server.checkin_store import CheckInStore
from server.models import Tie
from server.sealing import HostSecrets
from tests.server.push.her import Days, Her

NOTES = "A" * 4096
Record = tuple[str, int, bytes, dict[str, str]]


@pytest.fixture
async def people() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as people:
        yield people


class Watch:
    """Somebody who writes down all that an address ever answers, byte for byte; ids are drawn, and only as long."""

    def __init__(self, who: Her) -> None:
        self.who, self.records = who, list[Record]()

    async def asks(self, method: str, path: str, body: object = None) -> httpx.Response:
        answer = await self.who.browser.request(method, path, json=body)
        content = re.sub(rb'"[A-Za-z0-9_-]{22}"', b'"' + b"#" * 22 + b'"', answer.content)
        self.records.append((f"{method} {path}", answer.status_code, content, dict(answer.headers)))
        assert len(content) == len(answer.content)
        return answer

    async def looks_around(self) -> dict[str, Any]:
        """Everything that a phone of hers, or theirs, may ask for while it is open."""
        circle: dict[str, Any] = (await self.asks("GET", "/s/circle")).json()
        for path in ("/s/times", "/s/list"):
            await self.asks("GET", path)
        return circle

    async def does_all_there_is_to_do(self) -> None:
        """Each thing that can be done with a pair short of ending it."""
        circle = await self.looks_around()
        await self.asks("PUT", "/s/circle", circle["wishes"])
        for side in ("hers", "theirs"):
            for one in circle[side]:
                await self.asks("POST", "/s/circle/agree", {"id": one["id"]})
                await self.asks("POST", "/s/circle/notes", {"id": one["id"], "notes": NOTES})
                await self.asks("POST", "/s/circle/say", {"id": one["id"], "says": 4})


async def begin(days: Days, people: AsyncExitStack, name: str) -> tuple[Her, Her, str]:
    """A pair, in which she is asked at the same moments as everybody else here."""
    her, buddy = [await people.enter_async_context(days.somebody(f"201/{one}-{name}")) for one in ("her", "buddy")]
    await her.turn_on(times=["08:30"])
    store = CheckInStore(HostSecrets(days.settings.secret_file))
    times = await store.read_times(her.account)
    assert times
    await store.write_times(her.account, times.model_copy(update={"seed": "s" * 32}))
    return her, buddy, await days.pair(her, buddy)


def pushes_to(days: Days, name: str) -> list[tuple[int, str]]:
    return [(at, kind.name) for at, kind, path in days.came if path.endswith(f"/{name}")]


# --- a golden week ---------------------------------------------------------------------------------------------------


async def test_a_week_after_the_buddy_stopped_is_a_week_in_which_the_buddy_says_nothing(
    days: Days, people: AsyncExitStack
) -> None:
    # Given two people, one of whose buddies has stopped
    kept, _, _ = await begin(days, people, "kept")
    left, buddy, _ = await begin(days, people, "left")
    hers = [Watch(kept), Watch(left)]
    (end,) = (await buddy.circle())["theirs"]
    await buddy.stops(end["id"])
    assert await Tie.all().count() == 3

    # When both live through the same week
    acts: list[Callable[[Her], Awaitable[Any]]] = [
        lambda her: her.state(),  # silence all day, and nudges
        lambda her: her.answer("come"),
        lambda her: her.answer(),
        lambda her: her.wait("longer"),
        lambda her: her.wait("skip"),
        lambda her: her.wait("hour"),
        lambda her: her.turn_on(times=["08:30"], paused_until="turned_on"),
    ]
    for day, act in enumerate(acts):
        for clock in ("09:30", "15:00", "16:30", "23:00"):
            await days.until(f"+{day} {clock}", step=300)
            for watch in hers:
                if clock == "09:30":
                    await act(watch.who)
                await watch.looks_around()
        for watch in hers:
            await watch.does_all_there_is_to_do()
        # Yesterday's silence is answered late.
        if day in {0, 5}:
            for watch in hers:
                await watch.who.answer()

    # Then nothing either of them was ever sent is different
    assert hers[0].records == hers[1].records
    assert len(hers[0].records) > 7 * 18
    assert pushes_to(days, "her-kept") == pushes_to(days, "her-left")
    assert len(pushes_to(days, "buddy-kept")) > 3
    assert pushes_to(days, "buddy-left") == []


async def test_a_buddy_who_stops_while_asked_is_to_her_one_who_says_nothing(days: Days, people: AsyncExitStack) -> None:
    # Given two people whose only buddy has been asked, one of whom then stops
    kept, _, _ = await begin(days, people, "kept")
    left, buddy, _ = await begin(days, people, "left")
    hers = [Watch(kept), Watch(left)]
    await days.until("15:00", step=300)
    (end,) = (await buddy.circle())["theirs"]
    await buddy.stops(end["id"])

    # When both ask for more time before the hour of patience is over, and never answer
    for her in (kept, left):
        await her.wait("longer")
    for clock in ("15:30", "17:00", "23:00", "+1 08:00"):
        await days.until(clock, step=300)
        for watch in hers:
            await watch.looks_around()

    # Then both are reminded once more at the same moment, and see the same
    assert hers[0].records == hers[1].records
    assert pushes_to(days, "her-kept") == pushes_to(days, "her-left")
    assert [kind for _, kind in pushes_to(days, "her-left")] == ["PROMPT", "REMINDER", "REMINDER"]


@pytest.mark.parametrize("news", ["none", "open", "well"])
async def test_a_week_after_she_stopped_is_a_week_without_news(days: Days, people: AsyncExitStack, news: str) -> None:
    # Given two buddies who have been asked nothing; or something; or were told that all is well again
    theirs, ties = [], []
    for name in ("kept", "left"):
        her, buddy, tie = await begin(days, people, name)
        theirs.append(Watch(buddy))
        ties.append((her, tie))
    if news != "none":
        await days.until("15:00", step=300)
    if news == "well":
        for her, _ in ties:
            await her.answer()
        await days.tick()
    before = len(days.came)

    # When one is stopped by her, and the other has a week without news
    her, tie = ties[1]
    await her.stops(tie)
    await ties[0][0].turn_on(paused_until="turned_on")
    for day in range(1, 8):
        await days.until(f"+{day} 12:00", step=300)
        for watch in theirs:
            await watch.does_all_there_is_to_do()
        # Whatever she goes on doing, it is no longer about this buddy.
        await her.answer("come")

    # Then nothing either of them was ever sent is different
    assert theirs[0].records == theirs[1].records
    assert len(theirs[0].records) == 7 * 7
    assert [one for one in days.told(before) if "buddy" in one[2]] == []


# --- an adversary ----------------------------------------------------------------------------------------------------


async def pry(adversary: Watch, her: Her, her_tie: str) -> list[Record]:
    """Ask every address there is, with every id that a buddy might have come by."""
    check_in = next(iter((await her.state())["open"]), {"id": "c" * 22})["id"]
    adversary.records = []
    await adversary.does_all_there_is_to_do()
    for tie in (her_tie, her.account):
        await adversary.asks("POST", "/s/circle/say", {"id": tie, "says": 3})
        await adversary.asks("POST", "/s/circle/notes", {"id": tie, "notes": NOTES})
        await adversary.asks("POST", "/s/circle/agree", {"id": tie})
        await adversary.asks("POST", "/s/circle/stop", {"id": tie})
    note = {"id": "n" * 22, "says": "come", "given_at": 1, "sent_at": 1, "check_in": check_in}
    await adversary.asks("POST", "/s/note", note)
    await adversary.asks("POST", "/s/wait", {"what": "skip", "check_in": check_in})
    await adversary.asks("POST", "/s/card/look", {"lookup": "l" * 22})
    await adversary.asks("POST", "/s/card/done", {"lookup": "l" * 22, "notes": NOTES})
    return adversary.records


async def live(days: Days, day: int, her: Her, other: Her) -> None:
    """A day of hers: a week of answers, early and late, a week of pause, and then all sorts."""
    if day in {7, 14}:
        await her.turn_on(times=["08:30"], paused_until="turned_on" if day == 7 else None)
    if day == 24:
        assert (await her.browser.delete("/s/times")).status_code == 204
    await days.until(f"+{day} {'09:30' if day % 2 else '13:00'}", step=300)
    if day < 7 or 20 <= day < 24:
        await her.answer()
    elif 14 <= day < 20:
        for wish in ("hour", "longer", "skip"):
            await her.wait(wish)
    elif day >= 24:
        await her.subscribe()
        await her.wishes(together=day % 2 == 0, paused_until="2027-01-01", quiet_from="22:00", quiet_to="06:00")
        await her.stops(await days.pair(her, other))
    for one in (await her.circle())["hers"]:
        await her.browser.post("/s/circle/notes", json={"id": one["id"], "notes": NOTES})


async def test_a_buddy_with_the_whole_api_learns_nothing_in_thirty_days(days: Days, people: AsyncExitStack) -> None:
    # Given a buddy who asks for everything, day after day
    her, buddy, her_tie = await begin(days, people, "watched")
    other = await people.enter_async_context(days.somebody("201/other"))
    adversary, received = Watch(buddy), list[list[Record]]()

    # When her days are as different as days can be
    for day in range(30):
        # Attempts are counted by real time, of which these days take little: after a day none would be left.
        days.app.state.attempts = count_in_memory()
        await live(days, day, her, other)
        await days.until(f"+{day} 18:00", step=300)
        received.append(await pry(adversary, her, her_tie))

    # Then every day is to the buddy like the first, the seven with an answer like the seven of the pause
    assert received[:7] == received[7:14]
    assert all(one == received[0] for one in received)
    assert pushes_to(days, "buddy-watched") == []
    # And she still has the buddy, and all that is hers, as she left it
    assert [one["id"] for one in (await her.circle())["hers"]] == [her_tie]
    assert {status for _, status, _, _ in received[0]} == {200, 204, 404}
