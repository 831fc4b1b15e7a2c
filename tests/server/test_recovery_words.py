"""Recovery words: only who knows them signs in, at the same cost for everybody, with hashes that keep up."""

import asyncio
from typing import Literal

import pytest
from argon2 import PasswordHasher

from server.errors import FullError, NotSignedInError
from server.models import Recovery
from server.recovery_words import DEFAULT_HASHER, RecoveryWords
from tests.factories import make_account

pytestmark = pytest.mark.usefixtures("database")

LOOKUP, OTHER_LOOKUP = "l" * 22, "m" * 22
PROOF, OTHER_PROOF = bytes(range(32)), bytes(32)
QUICK = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


@pytest.fixture
def words() -> RecoveryWords:
    return RecoveryWords(QUICK)


async def test_the_words_lead_to_the_account_and_other_words_to_nothing(words: RecoveryWords) -> None:
    account = await make_account()
    await words.keep(account.id, LOOKUP, PROOF)

    assert await words.find_account(LOOKUP, PROOF) == account.id
    for lookup, proof in ((LOOKUP, OTHER_PROOF), (OTHER_LOOKUP, PROOF)):
        with pytest.raises(NotSignedInError):
            await words.find_account(lookup, proof)


async def test_the_proof_is_kept_as_an_argon2id_hash_of_todays_strength() -> None:
    account = await make_account()

    await RecoveryWords().keep(account.id, LOOKUP, PROOF)

    kept = await Recovery.get(account=account)
    assert kept.proof_hash.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert not DEFAULT_HASHER.check_needs_rehash(kept.proof_hash)


async def test_new_words_take_the_place_of_the_old_ones_and_may_be_taken_back(words: RecoveryWords) -> None:
    account = await make_account()
    await words.keep(account.id, LOOKUP, PROOF)

    await words.keep(account.id, OTHER_LOOKUP, OTHER_PROOF)
    with pytest.raises(NotSignedInError):
        await words.find_account(LOOKUP, PROOF)
    assert await words.find_account(OTHER_LOOKUP, OTHER_PROOF) == account.id

    await words.take_back(account.id)
    with pytest.raises(NotSignedInError):
        await words.find_account(OTHER_LOOKUP, OTHER_PROOF)


async def test_nobody_takes_the_place_of_somebody_elses_words(words: RecoveryWords) -> None:
    owner, stranger = await make_account(), await make_account()
    await words.keep(owner.id, LOOKUP, PROOF)
    await words.keep(stranger.id, OTHER_LOOKUP, OTHER_PROOF)

    with pytest.raises(FullError):
        await words.keep(stranger.id, LOOKUP, OTHER_PROOF)

    # Neither of them has lost anything.
    assert await words.find_account(LOOKUP, PROOF) == owner.id
    assert await words.find_account(OTHER_LOOKUP, OTHER_PROOF) == stranger.id


async def test_a_hash_of_lesser_strength_is_replaced_when_the_words_are_next_used(words: RecoveryWords) -> None:
    # Given words kept by an older version
    account = await make_account()
    await words.keep(account.id, LOOKUP, PROOF)
    stronger = PasswordHasher(time_cost=2, memory_cost=2048, parallelism=1)

    # When a version with higher parameters checks them, rightly and wrongly
    with pytest.raises(NotSignedInError):
        await RecoveryWords(stronger).find_account(LOOKUP, OTHER_PROOF)
    assert stronger.check_needs_rehash((await Recovery.get(account=account)).proof_hash)
    assert await RecoveryWords(stronger).find_account(LOOKUP, PROOF) == account.id

    # Then the hash is as strong, and still the right one
    assert not stronger.check_needs_rehash((await Recovery.get(account=account)).proof_hash)
    assert await RecoveryWords(stronger).find_account(LOOKUP, PROOF) == account.id


class CountingHasher(PasswordHasher):
    """Counts what it is asked for."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=1024, parallelism=1)
        self.verified: list[str] = []
        self.at_once = self.most_at_once = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - argon2's own name
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.verified.append(str(hash).rpartition("$")[0].rpartition("$")[0])
        try:
            return super().verify(hash, password)
        finally:
            self.at_once -= 1


async def test_unknown_words_cost_the_same_work_as_known_ones() -> None:
    counting = CountingHasher()
    words = RecoveryWords(counting)
    await words.keep((await make_account()).id, LOOKUP, PROOF)

    for lookup in (LOOKUP, OTHER_LOOKUP, "n" * 22):
        with pytest.raises(NotSignedInError):
            await words.find_account(lookup, OTHER_PROOF)

    # One run each, with the same parameters.
    assert len(counting.verified) == 3
    assert len(set(counting.verified)) == 1


async def test_many_strangers_at_once_do_not_take_all_memory() -> None:
    counting = CountingHasher()
    words = RecoveryWords(counting)

    await asyncio.gather(*(words.find_account(LOOKUP, OTHER_PROOF) for _ in range(20)), return_exceptions=True)

    assert len(counting.verified) == 20
    assert counting.most_at_once <= 2
