"""The host's report key: what somebody reports is encrypted for it on the phone, as docs/VAULT.md gives a sealed box.

The private key lies in a file of its own, so that a host can keep it on another machine, and bring it only to read. The
server needs the public one alone.
"""

import os
import tempfile
from base64 import urlsafe_b64encode
from contextlib import suppress
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from server.errors import SealingError

PRIVATE_FILE: Final = "report.key"
PUBLIC_FILE: Final = "report.pub"
STEP_BYTES: Final = 16 * 1024
OVERHEAD_BYTES: Final = 1 + 65 + 12 + 16
_VERSION: Final = b"\x01"
_NONCE_AT: Final = 1 + 65
_SECRET_AT: Final = _NONCE_AT + 12
_LENGTH_BYTES: Final = 4


def make_report_key(data: Path) -> None:
    """Make the two files where there is no public one; OSError where that cannot be, SealingError for a broken key."""
    if (data / PUBLIC_FILE).exists():
        return
    key = ec.generate_private_key(ec.SECP256R1())
    # Another process may be doing the same: whichever private key stands there first is the one for both.
    _publish(data / PRIVATE_FILE, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    # Last: what phones are shown must have its private key on the disk.
    _publish(data / PUBLIC_FILE, _text(public_bytes(_read_private(data / PRIVATE_FILE))).encode() + b"\n")


def read_public_key(data: Path) -> str | None:
    """Return the public key in base64url, 65 bytes; None where there is none, so that nothing can be reported."""
    with suppress(OSError, UnicodeDecodeError):
        return (data / PUBLIC_FILE).read_text("ascii").strip() or None
    return None


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return a key's public half, uncompressed (SEC 1, section 2.3.3)."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


class ReportKey:
    """The private key, for whoever reads reports."""

    def __init__(self, data: Path) -> None:
        """Read it; SealingError in one line where that cannot be."""
        self._key = _read_private(data / PRIVATE_FILE)

    def open(self, box: bytes) -> bytes:
        """Return what was encrypted; SealingError if it was for another key, changed, or never whole."""
        if box[:1] != _VERSION:
            raise SealingError("it was not made by a phone of this version")
        try:
            one_time, nonce, secret = box[1:_NONCE_AT], box[_NONCE_AT:_SECRET_AT], box[_SECRET_AT:]
            theirs = ec.EllipticCurvePublicKey.from_encoded_point(self._key.curve, one_time)
            shared = self._key.exchange(ec.ECDH(), theirs)
            info = b"box 1" + public_bytes(self._key)[1:33]
            filled = AESGCM(HKDF(SHA256(), 32, salt=one_time, info=info).derive(shared)).decrypt(nonce, secret, None)
        except (InvalidTag, ValueError):
            raise SealingError("it does not open with this key") from None
        length = int.from_bytes(filled[:_LENGTH_BYTES])
        return filled[_LENGTH_BYTES : _LENGTH_BYTES + length]


def _read_private(file: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(file.read_bytes(), None)
    except OSError as error:
        raise SealingError(f"{file}: {error.strerror}: to read reports, put their private key there") from None
    except (TypeError, ValueError):
        raise SealingError(f"{file}: it holds no private key") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise SealingError(f"{file}: it holds a key of another kind")
    return key


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _publish(file: Path, content: bytes) -> None:
    """Put a file there whole, and only where none is."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=file.name) as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
        with suppress(FileExistsError):
            os.link(handle.name, file)
