"""Another implementation of what the phone does: docs/VAULT.md's sealed box, and as much of a header as packs need."""

import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_STEP = 16 * 1024
# Salt, device key's name, and two slots: of no use to whoever only seals.
_BETWEEN = 16 + 8 + 2 * 108


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def open_box(key: ec.EllipticCurvePrivateKey, box: bytes) -> bytes:
    """Return what was filled in, filling included: its length in four bytes, itself, zeros."""
    version, one_time, nonce, secret = box[:1], box[1:66], box[66:78], box[78:]
    assert version == b"\x01"
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), one_time))
    info = b"box 1" + public_bytes(key)[1:33]
    aes = AESGCM(HKDF(SHA256(), 32, salt=one_time, info=info).derive(shared))
    return aes.decrypt(nonce, secret, None)


def seal_to(public: bytes, content: bytes) -> bytes:
    """Seal as the phone does, filled up to its step."""
    one_time = ec.generate_private_key(ec.SECP256R1())
    shared = one_time.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public))
    info = b"box 1" + public[1:33]
    aes = AESGCM(HKDF(SHA256(), 32, salt=public_bytes(one_time), info=info).derive(shared))
    filled = len(content).to_bytes(4) + content
    filled += bytes(-len(filled) % _STEP)
    nonce = os.urandom(12)
    return b"\x01" + public_bytes(one_time) + nonce + aes.encrypt(nonce, filled, None)


def content_of(filled: bytes) -> bytes:
    return filled[4 : 4 + int.from_bytes(filled[:4])]


def header_with_passcode(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the plain record of a vault that asks for a passcode."""
    cost = (47_104).to_bytes(4) + (1).to_bytes(4)
    return b"\x01\x00" + cost + b"\x01" + bytes(_BETWEEN) + public_bytes(key)
