"""docs/VAULT.md is enough to open a vault: done here in another language, from that text alone."""

import json
import struct
import unicodedata
from pathlib import Path

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VAULT = json.loads((Path(__file__).parents[1] / "fixtures" / "vault" / "vault.json").read_text("utf-8"))
FIRST, SECOND = 1, 2


def derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(secret)


def opened_slot(passcode: str) -> tuple[int, bytes] | None:
    """Kind and key of the slot that this passcode opens."""
    header, device_key = bytes.fromhex(VAULT["header"]), bytes.fromhex(VAULT["deviceKey"])
    version, flags, memory_kib, time, lanes = struct.unpack_from(">BBIIB", header)
    assert (version, flags, len(header)) == (1, 0, 316)
    salt = header[11:27]
    secret = unicodedata.normalize("NFKC", passcode).encode()
    stretched = hash_secret_raw(secret, salt, time, memory_kib, lanes, 32, Type.ID)
    for number in (0, 1):
        slot = header[35 + 108 * number : 35 + 108 * (number + 1)]
        key = derived(stretched + device_key[32 * number : 32 * (number + 1)], b"", b"slot%d" % number)
        try:
            payload = AESGCM(key).decrypt(slot[:12], slot[12:], None)
        except InvalidTag:
            continue
        return payload[0], payload[1:33]
    return None


def test_the_passcode_opens_the_first_slot_and_its_key_opens_the_record() -> None:
    kind, key = opened_slot(VAULT["passcode"]) or pytest.fail("nothing opened")
    assert kind == FIRST

    record = bytes.fromhex(VAULT["record"])
    assert record[0] == 1
    framed = AESGCM(key).decrypt(record[1:13], record[13:], b"\x01" + VAULT["id"].encode())
    (length,) = struct.unpack_from(">I", framed)
    assert json.loads(framed[4 : 4 + length]) == VAULT["entry"]
    assert len(record) == 256
    assert not any(framed[4 + length :])


def test_the_second_passcode_opens_a_slot_that_leads_nowhere() -> None:
    kind, key = opened_slot(VAULT["second"]) or pytest.fail("nothing opened")
    assert kind == SECOND

    record = bytes.fromhex(VAULT["record"])
    with pytest.raises(InvalidTag):
        AESGCM(key).decrypt(record[1:13], record[13:], b"\x01" + VAULT["id"].encode())


def test_no_other_passcode_opens_anything() -> None:
    assert opened_slot("0000") is None
