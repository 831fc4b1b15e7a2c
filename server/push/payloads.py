"""What a push says: one byte of kind, in random padding up to one size, so that no two kinds differ on the wire."""

import secrets
from enum import IntEnum, unique
from typing import Final

PAYLOAD_BYTES: Final = 32


@unique
class Kind(IntEnum):
    """The whole list; phones that have not been updated for long still know these numbers, so none is used again."""

    PROMPT = 1
    REMINDER = 2
    NUDGE = 3
    ALL_CLEAR = 4
    REHEARSAL = 5


def payload(kind: Kind) -> bytes:
    """Return the PAYLOAD_BYTES bytes for one push; the phone reads the first and ignores the rest."""
    return bytes((kind,)) + secrets.token_bytes(PAYLOAD_BYTES - 1)
