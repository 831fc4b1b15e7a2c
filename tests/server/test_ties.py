"""Pairs: both ends name each other or neither leads anywhere, and whoever stops tells nobody."""

import pytest

from server.models import Tie
from server.sealing import HostSecrets
from server.settings import Settings
from server.ties import (
    AGREED_FOR_DAYS,
    NOTES_BYTES,
    NewPair,
    agree,
    cut,
    hold_pair,
    make,
    peers_of,
    read_ties,
    ties_of,
    write_notes,
)
from tests.factories import make_account

NOTES, DAY = bytes(range(256)) * (NOTES_BYTES // 256), 20_000


class Pair:
    """Two accounts that are a pair."""

    def __init__(self, secrets: HostSecrets) -> None:
        self.secrets = secrets
        self.hers = self.theirs = self.her_tie = self.their_tie = ""

    async def begin(self) -> "Pair":
        self.hers, self.theirs = (await make_account()).id, (await make_account()).id
        self.her_tie = await make(self.secrets, NewPair(self.hers, self.theirs, "c" * 22, NOTES), DAY)
        (their,) = (await ties_of(self.secrets, [self.theirs]))[self.theirs]
        self.their_tie = their.id
        return self

    async def stop(self, account: str, tie: str) -> None:
        async with hold_pair(self.secrets, account, tie) as ends:
            assert ends
            await cut(self.secrets, ends)


@pytest.fixture
async def pair(ready: Settings, database: object) -> Pair:
    return await Pair(HostSecrets(ready.secret_file)).begin()


async def test_each_end_leads_to_the_other_and_only_hers_has_notes(pair: Pair) -> None:
    rows = await read_ties(pair.secrets, [pair.her_tie, pair.their_tie])
    hers, theirs = rows[pair.her_tie], rows[pair.their_tie]

    assert await peers_of(pair.secrets, [hers, theirs]) == {hers.id: theirs, theirs.id: hers}
    assert (hers.account, hers.is_hers, hers.notes) == (pair.hers, True, NOTES)
    assert (theirs.account, theirs.is_hers, theirs.notes) == (pair.theirs, False, None)
    assert hers.contents.card == theirs.contents.card == "c" * 22


@pytest.mark.parametrize("side", ["hers", "theirs"])
async def test_whoever_stops_leaves_the_other_an_end_that_leads_nowhere_and_says_nothing_of_it(
    pair: Pair, side: str
) -> None:
    # Given a pair
    own, other = (pair.her_tie, pair.their_tie) if side == "hers" else (pair.their_tie, pair.her_tie)
    account = pair.hers if side == "hers" else pair.theirs
    before = (await read_ties(pair.secrets, [other]))[other]

    # When one side stops
    await pair.stop(account, own)

    # Then the other's end is there as before, but for what would lead back
    left = (await read_ties(pair.secrets, [own, other]))[other]
    assert await peers_of(pair.secrets, [left]) == {other: None}
    assert left.notes is None
    assert left.contents.peer != own
    assert left.contents.model_copy(update={"peer": own}) == before.contents
    assert not await Tie.filter(id=own).exists()


async def test_nothing_that_came_later_is_kept_for_a_stand_in(pair: Pair) -> None:
    await pair.stop(pair.theirs, pair.their_tie)

    await write_notes(pair.secrets, pair.hers, pair.her_tie, NOTES)
    await agree(pair.secrets, pair.hers, pair.her_tie, DAY + 100)

    row = (await read_ties(pair.secrets, [pair.her_tie]))[pair.her_tie]
    assert (row.notes, row.contents.agreed_day) == (None, DAY + 100)


async def test_an_end_that_is_named_by_a_stranger_leads_nowhere(pair: Pair) -> None:
    # Given an end that claims hers as its other
    other = await Pair(pair.secrets).begin()
    rows = await read_ties(pair.secrets, [pair.her_tie, other.their_tie])
    claims = rows[other.their_tie]._replace(
        contents=rows[other.their_tie].contents.model_copy(update={"peer": pair.her_tie})
    )

    assert await peers_of(pair.secrets, [claims]) == {claims.id: None}


async def test_one_agrees_to_ones_own_end_alone(pair: Pair) -> None:
    await agree(pair.secrets, pair.theirs, pair.her_tie, DAY + 100)
    rows = await read_ties(pair.secrets, [pair.her_tie, pair.their_tie])
    assert {row.contents.agreed_day for row in rows.values()} == {DAY}

    await agree(pair.secrets, pair.theirs, pair.their_tie, DAY + 100)
    rows = await read_ties(pair.secrets, [pair.her_tie, pair.their_tie])
    assert (rows[pair.her_tie].contents.agreed_day, rows[pair.their_tie].contents.agreed_day) == (DAY, DAY + 100)


async def test_everybody_is_asked_anew_after_ninety_days(pair: Pair) -> None:
    row = (await read_ties(pair.secrets, [pair.her_tie]))[pair.her_tie]

    assert not row.is_to_be_agreed_anew(DAY + AGREED_FOR_DAYS - 1)
    assert row.is_to_be_agreed_anew(DAY + AGREED_FOR_DAYS)


async def test_every_end_is_equally_long_at_rest(pair: Pair) -> None:
    await pair.stop(pair.theirs, pair.their_tie)
    await Pair(pair.secrets).begin()

    lengths = await Tie.all().values_list("sealed", flat=True)
    assert len(lengths) == 3
    assert len({len(bytes(sealed)) for sealed in lengths}) == 1
