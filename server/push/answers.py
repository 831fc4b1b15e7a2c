"""What a push service's answer means for the message and for its subscription."""

from enum import StrEnum, unique
from http import HTTPStatus
from typing import Final, NamedTuple

# A service may name any moment; a message is stale by then, and a mistaken answer must not silence it for days.
LONGEST_WAIT_SECONDS: Final = 3600

_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_LATER: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_FIRST_OK, _FIRST_REDIRECT, _FIRST_SERVER_ERROR = 200, 300, 500


@unique
class Result(StrEnum):
    """What became of one message."""

    DELIVERED = "delivered"  # the service has it
    GONE = "gone"  # there is no such subscription any more: forget it
    LATER = "later"  # the service asks to wait, for `retry_after_seconds` where it says how long
    REFUSED = "refused"  # by us, or by the service in a way that trying again does not change
    FAILED = "failed"  # no answer, or a fault of the service: try again, at growing distance


class Outcome(NamedTuple):
    """The end of one message; holds nothing but its `ref`, so that it can be logged and stored."""

    ref: int
    result: Result
    status: int | None = None
    retry_after_seconds: int | None = None


def judge(ref: int, status: int, retry_after_seconds: int) -> Outcome:
    """Return the outcome for an HTTP status; `retry_after_seconds` is 0 where the service names no time.

    A redirect is refused like any other answer of no use: nobody follows it, since it may lead anywhere.
    """
    if status in _LATER:
        wait = min(retry_after_seconds, LONGEST_WAIT_SECONDS)
        return Outcome(ref, Result.LATER, status, wait if wait > 0 else None)
    return Outcome(ref, _result(status), status)


def _result(status: int) -> Result:
    if _FIRST_OK <= status < _FIRST_REDIRECT:
        return Result.DELIVERED
    if status in _GONE:
        return Result.GONE
    # 100 to 199 is no answer yet, only what stood there when the connection ended.
    return Result.REFUSED if _FIRST_REDIRECT <= status < _FIRST_SERVER_ERROR else Result.FAILED
