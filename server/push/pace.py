"""How fast a push service is called: slowly at first, faster while all goes well, and not at all while it rests."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from server.push.answers import Outcome, Result

# So many rounds of failures one after the other are the service's and not the subscriptions'.
_STRAIN: Final = 3
REST_SECONDS: Final = 30


@dataclass(slots=True)
class Pace:
    """For one service. Moments are seconds on any clock that never goes back.

    `room` is how many messages may be on their way at once. It doubles with each round of successes, up to the limit,
    and halves with a round of failures: a service may take a single one at first, and says how many more only then.
    """

    limit: int
    room: int = 1
    rests_until: float = 0
    # Failures of messages that were on their way together have one cause, such as a connection that broke off, so
    # only those of messages begun in the present round count, and the first of them begins the next one.
    round: int = 0
    _failed_rounds: int = 0

    def learn(self, outcome: Outcome, begun_in: int, moment: float) -> None:
        """Take in what became of a message that was begun in that round."""
        if outcome.result not in {Result.LATER, Result.FAILED}:
            self._failed_rounds = 0
            self.room = min(self.room + 1, self.limit)
            return
        if begun_in == self.round:
            self.round += 1
            self._failed_rounds += 1
            self.room = max(1, self.room // 2)
        # A 429 alone is for one subscription that got too many: it must not silence the others.
        if outcome.status == HTTPStatus.SERVICE_UNAVAILABLE or self._failed_rounds >= _STRAIN:
            self.rests_until = max(self.rests_until, moment + (outcome.retry_after_seconds or REST_SECONDS))
            self._failed_rounds = 0
