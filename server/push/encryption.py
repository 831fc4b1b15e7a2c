"""Encrypts a payload for one subscription (RFC 8291, aes128gcm), with the library `webpush`.

Of that library only the encryption is used. It would sign a token for each message, with a wrong audience where the
service has a port of its own; `vapid.py` signs one for many. It takes keys that no phone can open a message with, so
these are refused here first.
"""

import re
from typing import Final, NamedTuple

from webpush import WebPush
from webpush.vapid import VAPID

from server.errors import SubscriptionError
from server.push.payloads import PAYLOAD_BYTES

# Salt, record size, key length and the sender's point (RFC 8188); then the payload, the end mark and the tag.
CIPHERTEXT_BYTES: Final = 86 + PAYLOAD_BYTES + 1 + 16

# base64url, unpadded, as `PushSubscription.toJSON()` writes it: 65 bytes that begin with 4, and 16 bytes.
_POINT: Final = re.compile(r"B[A-P][A-Za-z0-9_-]{85}")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{22}")


class _Keys(NamedTuple):
    p256dh: str
    auth: str


class _Subscription(NamedTuple):
    """What `webpush` reads of a subscription. Its own class would check it all anew, less strictly than we do."""

    keys: _Keys
    endpoint: None = None


class _SignsNothing:
    """Stands where `webpush` keeps its signer."""

    def get_authorization_header(self, **_: object) -> str:
        return ""


def _encrypting_only() -> WebPush:
    # The constructor insists on keys; these are never used for anything.
    private, public, _ = VAPID.generate_keys()
    webpush = WebPush(private, public, subscriber="nobody")
    webpush.vapid = _SignsNothing()
    return webpush


_WEBPUSH: Final = _encrypting_only()


def check_keys(p256dh: str, auth: str) -> None:
    """SubscriptionError where no message could be encrypted, or none read, with these keys of a subscription."""
    encrypt(bytes(PAYLOAD_BYTES), p256dh, auth)


def encrypt(payload: bytes, p256dh: str, auth: str) -> bytes:
    """Return the body of one push, CIPHERTEXT_BYTES long, under keys made for this one message.

    The payload has PAYLOAD_BYTES, the keys are as the browser writes them; SubscriptionError where they are wrong.
    """
    if len(payload) != PAYLOAD_BYTES:
        raise ValueError("a push has one size")
    if not _POINT.fullmatch(p256dh) or not _SECRET.fullmatch(auth):
        raise SubscriptionError("the keys of this subscription are broken")
    try:
        return bytes(_WEBPUSH.get(payload, _Subscription(_Keys(p256dh, auth))).encrypted)
    except ValueError:
        raise SubscriptionError("the keys of this subscription are broken: no point of the curve") from None
