"""The keys by which push services know this server (VAPID, RFC 8292), and the tokens signed with them.

A subscription works with the one key it was made with. So a new key does not replace the old one: both stay in the
file, the newest first, until every phone has subscribed again.
"""

import hashlib
import os
import re
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from server.errors import SettingsError, SubscriptionError

FILE: Final = "push-keys.pem"
TOKEN_LIFETIME_SECONDS: Final = 12 * 60 * 60
# Long before its end, since the service's clock is not ours.
_RENEWED_BEFORE_END_SECONDS: Final = 60 * 60
# There are a handful of services, but endless names below their domains that an account can make up.
_MOST_TOKENS: Final = 256
_PEM: Final = re.compile(rb"-----BEGIN [A-Z ]+-----.*?-----END [A-Z ]+-----\n?", re.DOTALL)


class _Key(NamedTuple):
    private: ec.EllipticCurvePrivateKey
    public: str


class _Token(NamedTuple):
    header: str
    ends: float


class KeyRing:
    """The current key and those that subscriptions were made with before."""

    def __init__(self, pems: list[bytes], contact: str) -> None:
        """Take private keys in PEM, the current one first; `contact` is the subject of every token."""
        keys = [_read_key(pem) for pem in pems]
        self._keys = {key_id(key.public): key for key in keys}
        self._contact = contact
        self._tokens: dict[tuple[str, str], _Token] = {}
        self.current_id = key_id(keys[0].public)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all keys, the current one first."""
        return tuple(self._keys)

    @property
    def public_key(self) -> str:
        """The current key's public half, base64url of 65 bytes: what a phone subscribes with."""
        return self._keys[self.current_id].public

    def authorization(self, origin: str, key: str, now: datetime) -> str:
        """Return the Authorization header for one push service, signed with the key of that id.

        Signing costs as much as a third of a message, so each token is used until an hour before its end.
        SubscriptionError where the ring no longer has the key.
        """
        token = self._tokens.get((origin, key))
        left = token.ends - now.timestamp() if token else 0
        # A clock that was put back leaves a token longer than any service would take.
        if token is None or not _RENEWED_BEFORE_END_SECONDS < left <= TOKEN_LIFETIME_SECONDS:
            if len(self._tokens) >= _MOST_TOKENS:
                self._tokens.clear()
            token = self._tokens[origin, key] = self._sign(origin, key, int(now.timestamp()) + TOKEN_LIFETIME_SECONDS)
        return token.header

    def _sign(self, origin: str, key: str, ends: int) -> _Token:
        if key not in self._keys:
            raise SubscriptionError("the key of this subscription is gone")
        claims = {"aud": origin, "exp": ends, "sub": self._contact}
        token = jwt.encode(claims, self._keys[key].private, algorithm="ES256")
        return _Token(f"vapid t={token}, k={self._keys[key].public}", ends)


def key_id(public_key: str) -> str:
    """Return the short name under which a subscription records the key it was made with."""
    return hashlib.sha256(public_key.encode()).hexdigest()[:16]


def open_key_ring(folder: Path, contact: str) -> KeyRing:
    """Read the keys in the data folder, made on the first start; SettingsError in one line where there are none."""
    try:
        if not (folder / FILE).exists():
            # Two processes may start at once, and the slower one must not take away the key of the faster one.
            with suppress(FileExistsError):
                _write(folder, [_new_key()], replace=False)
        return KeyRing(_read(folder), contact)
    except OSError as error:
        raise SettingsError(f"NIGHTJAR_DATA: {folder / FILE}: {error.strerror}") from None


class KeyFile:
    """The keys in the data folder, read again when the file has changed: a rotation needs no restart."""

    def __init__(self, folder: Path, contact: str) -> None:
        """Name them; they are read, or the first is made, when one is needed."""
        self._folder, self._contact = folder, contact
        self._read: tuple[tuple[int, int] | None, KeyRing] | None = None

    @property
    def ring(self) -> KeyRing:
        """The keys as they are now; SettingsError in one line where they cannot be read."""
        state = self._state()
        if self._read is None or self._read[0] != state:
            self._read = state, open_key_ring(self._folder, self._contact)
        return self._read[1]

    def _state(self) -> tuple[int, int] | None:
        try:
            found = (self._folder / FILE).stat()
        except OSError:
            return None
        # A new file has another inode, so that two changes within one tick of the clock are two.
        return found.st_ino, found.st_mtime_ns


def rotate_keys(folder: Path) -> None:
    """Put a new key before those in the file: phones subscribe with it from their next open on."""
    _write(folder, [_new_key(), *_read(folder)])


def retire_keys(folder: Path, in_use: Collection[str]) -> int:
    """Drop the keys that are neither current nor among the ids in use; return how many went."""
    current, *earlier = _read(folder)
    kept = [pem for pem in earlier if key_id(_read_key(pem).public) in in_use]
    if len(kept) < len(earlier):
        _write(folder, [current, *kept])
    return len(earlier) - len(kept)


def _read(folder: Path) -> list[bytes]:
    pems = _PEM.findall((folder / FILE).read_bytes())
    if not pems:
        raise SettingsError(f"NIGHTJAR_DATA: {folder / FILE}: there is no key in it")
    return pems


def _read_key(pem: bytes) -> _Key:
    try:
        private = load_pem_private_key(pem, None)
    except (ValueError, TypeError) as error:
        raise SettingsError(f"NIGHTJAR_DATA: {FILE}: a key in it is broken") from error
    if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
        raise SettingsError(f"NIGHTJAR_DATA: {FILE}: a key in it is of another kind than P-256")
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _Key(private, urlsafe_b64encode(point).rstrip(b"=").decode())


def _new_key() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(folder: Path, pems: list[bytes], *, replace: bool = True) -> None:
    """Write all or nothing, for nobody else to read."""
    handle, name = tempfile.mkstemp(prefix=".push-keys-", dir=folder)  # made with mode 0600
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(b"".join(pems))
            file.flush()
            os.fsync(file.fileno())
        if replace:
            fresh.replace(folder / FILE)
        else:
            (folder / FILE).hardlink_to(fresh)
    finally:
        fresh.unlink(missing_ok=True)
