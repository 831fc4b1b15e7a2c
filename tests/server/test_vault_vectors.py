"""What the phone writes, another program opens, and the other way round: docs/VAULT.md says enough to do it.

Nothing here is shared with the phone's code but the layout in the document. The files that this one writes are kept
beside the phone's, and tests/pwa/vault/export-vectors.test.ts opens them.
"""

import base64
import hashlib
import json
import struct
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PROJECT = Path(__file__).resolve().parents[2]
FIXTURES = PROJECT / "tests" / "fixtures" / "vault"
HEAD = struct.Struct(">BII16s12s")
SMALLEST = 16 * 1024
PURPOSES = {"export": b"export 1", "backup": b"backup 1"}


def fixture(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
    return found


def secret_of(found: dict[str, Any]) -> bytes:
    if "passphrase" in found:
        return unicodedata.normalize("NFKC", found["passphrase"]).encode()
    return secret_of_words(found["words"])


def secret_of_words(written: str) -> bytes:
    words = (PROJECT / "content" / "en" / "words.txt").read_text("utf-8").split()
    bits = "".join(f"{words.index(word):011b}" for word in written.split())
    whole = int(bits, 2).to_bytes(11, "big")
    assert hashlib.sha256(whole[:10]).digest()[0] == whole[10]
    return whole[:10]


def key_for(secret: bytes, head: bytes, purpose: bytes) -> AESGCM:
    _, memory_kib, passes, salt, _ = HEAD.unpack(head)
    stretched = hash_secret_raw(secret, salt, passes, memory_kib, parallelism=1, hash_len=32, type=Type.ID)
    return AESGCM(HKDF(SHA256(), length=32, salt=None, info=purpose).derive(stretched))


def open_file(file: bytes, secret: bytes, purpose: bytes) -> list[dict[str, Any]]:
    head = file[: HEAD.size]
    plain = key_for(secret, head, purpose).decrypt(HEAD.unpack(head)[4], file[HEAD.size :], head)
    (length,) = struct.unpack_from(">I", plain)
    assert not any(plain[4 + length :])
    entries: list[dict[str, Any]] = json.loads(plain[4 : 4 + length])["entries"]
    return entries


def write_file(entries: list[dict[str, Any]], secret: bytes, purpose: bytes) -> bytes:
    # Spelt otherwise than the phone would: keys in another order, room between them, a field that it does not know.
    contents = json.dumps({"of": "another", "entries": entries}, indent=1, sort_keys=True).encode()
    head = HEAD.pack(1, 72, 2, bytes(range(16, 32)), bytes(range(12)))
    size = SMALLEST
    while size < HEAD.size + 4 + len(contents) + 16:
        size *= 2
    plain = struct.pack(">I", len(contents)) + contents
    padded = plain.ljust(size - HEAD.size - 16, b"\0")
    return head + key_for(secret, head, purpose).encrypt(HEAD.unpack(head)[4], padded, head)


@pytest.mark.parametrize("name", ["export", "backup"])
def test_what_the_phone_writes_another_program_opens(name: str) -> None:
    found = fixture(name)
    file = base64.b64decode(found["file"])

    assert len(file) == SMALLEST
    assert HEAD.unpack_from(file)[:3] == (1, found["cost"]["memoryKib"], found["cost"]["time"])
    assert open_file(file, secret_of(found), PURPOSES[name]) == found["entries"]


@pytest.mark.parametrize("name", ["export", "backup"])
def test_neither_opens_with_the_others_purpose(name: str) -> None:
    found = fixture(name)
    other = PURPOSES["backup" if name == "export" else "export"]

    with pytest.raises(InvalidTag):
        open_file(base64.b64decode(found["file"]), secret_of(found), other)


@pytest.mark.parametrize("place", [1, 5, 9, 30])
def test_a_changed_head_does_not_open(place: int) -> None:
    found = fixture("export")
    file = bytearray(base64.b64decode(found["file"]))
    file[place + 3] ^= 2

    with pytest.raises(InvalidTag):
        open_file(bytes(file), secret_of(found), PURPOSES["export"])


@pytest.mark.parametrize("name", ["export", "backup"])
def test_what_the_phone_is_given_to_open_was_written_by_this_program(name: str) -> None:
    found = fixture(name)
    file = write_file(found["entries"], secret_of(found), PURPOSES[name])

    kept = fixture(f"{name}-by-another")
    assert base64.b64decode(kept["file"]) == file
    assert kept["entries"] == open_file(file, secret_of(found), PURPOSES[name]) == found["entries"]
