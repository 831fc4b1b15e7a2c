"""A phone that subscribed, as far as a push goes: its keys, and RFC 8291 read from the other side.

Written from the RFC and over `cryptography` alone, so that a mistake of the sender's library is not repeated here.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@dataclass(frozen=True)
class Phone:
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def p256dh(self) -> str:
        return b64(point(self.private.public_key()))

    @property
    def auth(self) -> str:
        return b64(self.secret)

    def opens(self, body: bytes) -> bytes:
        """Decrypt a body of one record and take off its padding."""
        salt, record_size, sender = body[:16], int.from_bytes(body[16:20]), body[21 : 21 + body[20]]
        assert record_size >= len(body) - 86
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        info = b"WebPush: info\0" + point(self.private.public_key()) + sender
        input_key = _hkdf(self.secret, shared, info, 32)
        key = _hkdf(salt, input_key, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(salt, input_key, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, body[21 + body[20] :], None)
        text, mark, _ = padded.rpartition(b"\2")
        assert mark
        return text


def _hkdf(salt: bytes, key: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(key)
