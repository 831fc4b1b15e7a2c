"""Encrypts columns at rest: AES-256-GCM under a key from the host's secret, bound to the row and column it stands in.

What it protects from: a database that is copied without the data folder (a backup, a stolen dump, another tenant of a
database server). What it cannot: whoever holds the running server holds the keys.

    sealed = key id (4 bytes) | nonce (12 bytes) | AES-256-GCM of (length (4 bytes) | plain bytes | zeros) and its tag

The zeros fill up to a multiple of 256 bytes, so that the length does not tell how many times a day somebody is asked.
The additional data is table, column and row id, so that a sealed value cannot be moved to another row.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from server.errors import SealingError

SECRET_BYTES: Final = 32
_ID_BYTES: Final = 4
_NONCE_BYTES: Final = 12
_LENGTH_BYTES: Final = 4
_PADDED_TO_BYTES: Final = 256


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value stands."""

    table: str
    column: str
    row: str

    @property
    def words(self) -> bytes:
        """The place as additional data; no part can hold the byte between them."""
        return b"\0".join(part.encode() for part in (self.table, self.column, self.row))


def derive(secret: bytes, purpose: str, length: int = SECRET_BYTES) -> bytes:
    """Return the part of a secret for one purpose (HKDF-Expand, RFC 5869: the secret is random already)."""
    return HKDFExpand(SHA256(), length, f"nightjar {purpose}".encode()).derive(secret)


class HostSecrets:
    """The host's secrets in one file: 32 random bytes each, the one in use first, then those that rows may still need.

    The file is looked at again whenever it has changed, so a rotation needs no restart.
    """

    def __init__(self, file: Path) -> None:
        """Name the file; it is read when it is first needed."""
        self.file = file
        self._read_as: tuple[int, int, int] | None = None
        self._secrets: tuple[bytes, ...] = ()
        self._keys: dict[bytes, AESGCM] = {}

    def make(self) -> None:
        """Write a first secret where there is none; OSError where that cannot be."""
        if not self.file.exists():
            # Refuses to take the place of one that another process has just made.
            _write_private(self.file, secrets.token_bytes(SECRET_BYTES))

    def begin_new(self) -> None:
        """Put a new secret first. The one before stays, any other goes: no row may need it any more.

        The file is replaced in one step: a power cut leaves the old one or the new one.
        """
        fresh = self.file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        _write_private(fresh, secrets.token_bytes(SECRET_BYTES) + self._read()[0])
        fresh.replace(self.file)

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of each sealing key in hex; the first is the one in use."""
        return tuple(_id_of(secret).hex() for secret in self._read())

    def for_purpose(self, purpose: str) -> bytes:
        """Return 32 bytes for something that need not outlive a rotation."""
        return derive(self._read()[0], purpose)

    def seal(self, place: Place, plain: bytes) -> bytes:
        """Encrypt one value for one place."""
        key = _id_of(self._read()[0])
        nonce = secrets.token_bytes(_NONCE_BYTES)
        framed = len(plain).to_bytes(_LENGTH_BYTES) + plain
        padded = framed + bytes(-len(framed) % _PADDED_TO_BYTES)
        return key + nonce + self._keys[key].encrypt(nonce, padded, place.words)

    def open(self, place: Place, sealed: bytes) -> bytes:
        """Decrypt one value; SealingError if it was changed, moved, or sealed by a secret that is gone."""
        self._read()
        key, nonce = sealed[:_ID_BYTES], sealed[_ID_BYTES : _ID_BYTES + _NONCE_BYTES]
        if key not in self._keys:
            raise SealingError(f"{self.file}: no secret for what key {key.hex()} has sealed")
        try:
            padded = self._keys[key].decrypt(nonce, sealed[_ID_BYTES + _NONCE_BYTES :], place.words)
        except (InvalidTag, ValueError):
            raise SealingError(f"a sealed value of {place.table}.{place.column} was changed or moved") from None
        length = int.from_bytes(padded[:_LENGTH_BYTES])
        return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]

    def is_sealed_by_the_newest(self, sealed: bytes) -> bool:
        """Whether a value needs no sealing anew."""
        return sealed[:_ID_BYTES] == _id_of(self._read()[0])

    def _read(self) -> tuple[bytes, ...]:
        try:
            found = self.file.stat()
            # A new file has another inode, so that two changes within one tick of the clock are two.
            read_as = (found.st_ino, found.st_mtime_ns, found.st_size)
            if read_as != self._read_as:
                content = self.file.read_bytes()
                self._secrets = _parts_of(content, self.file)
                self._keys = {_id_of(secret): AESGCM(derive(secret, "sealing")) for secret in self._secrets}
                self._read_as = read_as
        except OSError as error:
            raise SealingError(f"{self.file}: {error.strerror}") from None
        return self._secrets


def _write_private(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def _parts_of(content: bytes, file: Path) -> tuple[bytes, ...]:
    if not content or len(content) % SECRET_BYTES:
        raise SealingError(f"{file}: it does not hold whole secrets of {SECRET_BYTES} bytes")
    return tuple(content[start : start + SECRET_BYTES] for start in range(0, len(content), SECRET_BYTES))


def _id_of(secret: bytes) -> bytes:
    return derive(secret, "key id", _ID_BYTES)
