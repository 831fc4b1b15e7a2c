"""What the phone seals, another implementation opens: the layout that docs/VAULT.md gives is all there is to know."""

import json
from base64 import b64decode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_private_key

from server.settings import PROJECT
from tests.sealed_box import content_of, open_box, public_bytes

FIXTURE = PROJECT / "tests" / "fixtures" / "vault" / "sealed-box.json"
STEP = 16 * 1024


def kept() -> dict[str, bytes]:
    return {name: b64decode(text) for name, text in json.loads(FIXTURE.read_text()).items()}


def private_key(pkcs8: bytes) -> ec.EllipticCurvePrivateKey:
    key = load_der_private_key(pkcs8, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def test_a_box_that_the_phone_sealed_opens_elsewhere() -> None:
    fixture = kept()

    filled = open_box(private_key(fixture["privateKey"]), fixture["box"])

    assert content_of(filled) == fixture["bytes"]
    assert filled == (len(fixture["bytes"]).to_bytes(4) + fixture["bytes"]).ljust(STEP, b"\0")


def test_the_private_key_is_the_public_ones() -> None:
    fixture = kept()

    assert public_bytes(private_key(fixture["privateKey"])) == fixture["publicKey"]
