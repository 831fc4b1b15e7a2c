"""What the phone seals, another implementation opens: the layout that docs/VAULT.md gives is all there is to know."""

import json
from base64 import b64decode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_private_key

from server.settings import PROJECT

FIXTURE = PROJECT / "tests" / "fixtures" / "vault" / "sealed-box.json"
STEP = 16 * 1024


def kept() -> dict[str, bytes]:
    return {name: b64decode(text) for name, text in json.loads(FIXTURE.read_text()).items()}


def private_key(pkcs8: bytes) -> ec.EllipticCurvePrivateKey:
    key = load_der_private_key(pkcs8, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def open_box(key: ec.EllipticCurvePrivateKey, box: bytes) -> bytes:
    version, one_time, nonce, secret = box[:1], box[1:66], box[66:78], box[78:]
    assert version == b"\x01"
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), one_time))
    info = b"box 1" + public_bytes(key)[1:33]
    aes = AESGCM(HKDF(SHA256(), 32, salt=one_time, info=info).derive(shared))
    return aes.decrypt(nonce, secret, None)


def test_a_box_that_the_phone_sealed_opens_elsewhere() -> None:
    fixture = kept()

    filled = open_box(private_key(fixture["privateKey"]), fixture["box"])

    length = int.from_bytes(filled[:4])
    assert filled[4 : 4 + length] == fixture["bytes"]
    assert filled[4 + length :] == bytes(STEP - 4 - length)


def test_the_private_key_is_the_public_ones() -> None:
    fixture = kept()

    assert public_bytes(private_key(fixture["privateKey"])) == fixture["publicKey"]
