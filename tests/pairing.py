"""Another implementation of what two phones do when they pair: docs/PAIRING.md is all there is to know."""

import base64
import hashlib
import json
import struct
from dataclasses import dataclass
from typing import Any, Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.sealed_box import public_bytes

BOX_BYTES: Final = 1024
_SALT: Final = b"seed for two v1."
_NONCE_AT, _SECRET_AT, _TAG_BYTES = 1, 13, 16


@dataclass(frozen=True)
class End:
    """What one phone shows the other, and what it keeps."""

    private: ec.EllipticCurvePrivateKey
    nonce: bytes

    @property
    def public(self) -> bytes:
        return public_bytes(self.private)

    def shown(self) -> dict[str, Any]:
        return {"v": 1, "publicKey": to_name(self.public), "nonce": to_name(self.nonce)}


def to_name(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_name(name: str) -> bytes:
    return base64.urlsafe_b64decode(name + "=" * (-len(name) % 4))


def part(key: bytes, info: bytes, length: int = 32, *, salt: bytes | None = None) -> bytes:
    return HKDF(SHA256(), length=length, salt=salt, info=info).derive(key)


def keys_of(secret: bytes) -> tuple[str, bytes]:
    """Return the lookup that the server sees, and the key that it does not."""
    root = hash_secret_raw(secret, _SALT, 1, 46 * 1024, parallelism=1, hash_len=32, type=Type.ID)
    return to_name(part(root, b"lookup 1", 16)), part(root, b"card 1")


def open_as(purpose: bytes, key: bytes, box: bytes) -> dict[str, Any]:
    assert len(box) == BOX_BYTES
    assert box[0] == 1
    plain = AESGCM(part(key, purpose)).decrypt(box[_NONCE_AT:_SECRET_AT], box[_SECRET_AT:], box[:1])
    (length,) = struct.unpack_from(">I", plain)
    assert not any(plain[4 + length :])
    inside: dict[str, Any] = json.loads(plain[4 : 4 + length])
    assert inside.pop("v") == 1
    return inside


def seal_as(purpose: bytes, key: bytes, inside: dict[str, Any], nonce: bytes) -> bytes:
    # Spelt otherwise than the phone would: keys in another order, room between them, a field that it does not know.
    content = json.dumps({"of": "another", **inside}, indent=1, sort_keys=True).encode()
    plain = (struct.pack(">I", len(content)) + content).ljust(BOX_BYTES - _SECRET_AT - _TAG_BYTES, b"\0")
    return b"\x01" + nonce + AESGCM(part(key, purpose)).encrypt(nonce, plain, b"\x01")


def commit_of(public: bytes, nonce: bytes, language: str, asks: dict[str, Any]) -> bytes:
    flags = asks["silence"] + 2 * asks["company"] + 4 * asks["noOfficers"]
    asked = bytes([flags]) + language.encode() + b"\0" + asks.get("hours", "").encode()
    return hashlib.sha256(public + nonce + asked).digest()


def agree(
    key: bytes, lookup: str, *, hers: tuple[bytes, bytes], theirs: tuple[bytes, bytes], own: ec.EllipticCurvePrivateKey
) -> tuple[bytes, list[int]]:
    """Return the pair's key and the four places to compare. Each end is its public key and its nonce."""
    transcript = hashlib.sha256(b"pair 1" + lookup.encode() + b"".join(hers + theirs)).digest()
    other = theirs[0] if public_bytes(own) == hers[0] else hers[0]
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), other))
    compared = int.from_bytes(part(key, b"words 1", 6, salt=transcript)) >> 4
    places = [compared >> shift & 2047 for shift in (33, 22, 11, 0)]
    return part(shared + key, b"pair key 1", salt=transcript), places
