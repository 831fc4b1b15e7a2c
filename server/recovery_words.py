"""Lets eight words sign in on a new phone. The words never come here: the phone stretches them and derives two parts.

The lookup finds the row, the proof opens it. The proof is kept as an Argon2id hash, so that a copy of the database
gives no quick way to try out words, should the phone's own stretching ever turn out too weak.
"""

import asyncio
from functools import cached_property
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from server.errors import FullError, NotSignedInError
from server.holding import hold_account
from server.models import Recovery

PROOF_BYTES: Final = 32
# Each run takes 46 MiB and most of a core for a while; more at once would let strangers exhaust the machine.
_RUNS_AT_ONCE: Final = 2
# OWASP's second choice for Argon2id (Password Storage Cheat Sheet): 46 MiB, one pass, one lane.
DEFAULT_HASHER: Final = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)


class RecoveryWords:
    """Keeps and checks what the words prove; one for each app."""

    def __init__(self, hasher: PasswordHasher = DEFAULT_HASHER) -> None:
        """Take the parameters that hold from now on; hashes made with others are replaced when next used."""
        self._hasher = hasher
        self._turns = asyncio.Semaphore(_RUNS_AT_ONCE)

    @cached_property
    def _nobodys_hash(self) -> str:
        return self._hasher.hash(bytes(PROOF_BYTES))

    async def keep(self, account: str, lookup: str, proof: bytes) -> None:
        """Let these words sign in to the account, instead of any others; FullError if they are taken."""
        proof_hash = await self._hash(proof)
        try:
            async with in_transaction():
                await hold_account(account)
                await Recovery.filter(account_id=account).delete()
                await Recovery.create(account_id=account, lookup=lookup, proof_hash=proof_hash)
        except IntegrityError:
            # 80 random bits do not meet by chance; whoever sends somebody else's lookup must not take its place.
            raise FullError from None

    async def take_back(self, account: str) -> None:
        """Let no words sign in to the account any more."""
        await Recovery.filter(account_id=account).delete()

    async def find_account(self, lookup: str, proof: bytes) -> str:
        """Return whose words they are; NotSignedInError, after the same work, if they are nobody's."""
        kept = await Recovery.get_or_none(lookup=lookup)
        matches, ages = await self._verify(kept.proof_hash if kept else None, proof)
        if kept is None or not matches:
            raise NotSignedInError
        if ages:
            await Recovery.filter(id=kept.id, proof_hash=kept.proof_hash).update(proof_hash=await self._hash(proof))
        return kept.account_id

    async def _hash(self, proof: bytes) -> str:
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, proof)

    async def _verify(self, proof_hash: str | None, proof: bytes) -> tuple[bool, bool]:
        async with self._turns:
            return await asyncio.to_thread(self._verify_now, proof_hash or self._nobodys_hash, proof)

    def _verify_now(self, proof_hash: str, proof: bytes) -> tuple[bool, bool]:
        try:
            self._hasher.verify(proof_hash, proof)
        except (VerificationError, InvalidHashError):
            return False, False
        return True, self._hasher.check_needs_rehash(proof_hash)
