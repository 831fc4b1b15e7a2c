"""From eight words to sign-in and backup, by another program: docs/VAULT.md says enough to do it.

Nothing here is shared with the phone's code but the layout in the document. What this one writes is kept beside
what the phone writes, and tests/pwa/vault/stretched-keys.test.ts opens it.
"""

import base64
import json
import struct
from pathlib import Path
from typing import Any, Final

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from server.backups import SIZES_BYTES
from server.handovers import CONTENT_BYTES
from server.models import ID_LETTERS
from server.recovery_words import PROOF_BYTES
from tests.server.test_vault_vectors import FIXTURES, secret_of_words

NONCE_AT, SECRET_AT = 1, 13
WORDS_SALT, CODE_SALT = b"seed for one v1.", b"one phone more 1"
BY_ANOTHER: Final = Path(FIXTURES) / "words-by-another.json"


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    written: dict[str, Any] = json.loads((Path(FIXTURES) / "words.json").read_text("utf-8"))
    return written


def part(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    stretched = hash_secret_raw(secret, salt, 1, 46 * 1024, parallelism=1, hash_len=32, type=Type.ID)
    return HKDF(SHA256(), length=length, salt=None, info=info).derive(stretched)


def to_name(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def open_padded(key: bytes, sealed: bytes) -> list[dict[str, Any]]:
    assert sealed[0] == 1
    plain = AESGCM(key).decrypt(sealed[NONCE_AT:SECRET_AT], sealed[SECRET_AT:], sealed[:1])
    (length,) = struct.unpack_from(">I", plain)
    assert not any(plain[4 + length :])
    entries: list[dict[str, Any]] = json.loads(plain[4 : 4 + length])["entries"]
    return entries


def seal_padded(key: bytes, entries: list[dict[str, Any]], size: int) -> bytes:
    # Spelt otherwise than the phone would: keys in another order, room between them, a field that it does not know.
    contents = json.dumps({"of": "another", "entries": entries}, indent=1, sort_keys=True).encode()
    plain = (struct.pack(">I", len(contents)) + contents).ljust(size - SECRET_AT - 16, b"\0")
    nonce = bytes(range(12))
    return b"\x01" + nonce + AESGCM(key).encrypt(nonce, plain, b"\x01")


def test_the_words_lead_to_what_signs_in(found: dict[str, Any]) -> None:
    secret = secret_of_words(found["words"])

    assert to_name(part(secret, WORDS_SALT, b"lookup 1", 16)) == found["lookup"]
    assert to_name(part(secret, WORDS_SALT, b"proof 1", PROOF_BYTES)) == found["proof"]
    assert len(found["lookup"]) == ID_LETTERS


def test_the_words_open_the_backup(found: dict[str, Any]) -> None:
    blob = base64.b64decode(found["blob"])
    key = part(secret_of_words(found["words"]), WORDS_SALT, b"saved 1", 32)

    assert base64.b64decode(found["key"]) == key
    assert len(blob) in SIZES_BYTES
    assert open_padded(key, blob) == found["entries"]


def test_nothing_that_the_server_gets_opens_the_backup(found: dict[str, Any]) -> None:
    proof = base64.urlsafe_b64decode(found["proof"] + "=")

    with pytest.raises(InvalidTag):
        open_padded(proof, base64.b64decode(found["blob"]))


def test_the_code_of_a_new_phone_opens_what_is_handed_over(found: dict[str, Any]) -> None:
    code, content = found["code"].encode(), base64.b64decode(found["content"])

    assert to_name(part(code, CODE_SALT, b"lookup 1", 16)) == found["codeLookup"]
    assert len(content) == CONTENT_BYTES
    assert open_padded(part(code, CODE_SALT, b"handed 1", 32), content) == found["handed"]


def test_what_the_phone_is_given_to_open_was_written_by_this_program(found: dict[str, Any]) -> None:
    key = part(secret_of_words(found["words"]), WORDS_SALT, b"saved 1", 32)
    code_key = part(found["code"].encode(), CODE_SALT, b"handed 1", 32)
    blob = seal_padded(key, found["entries"], SIZES_BYTES[1])
    content = seal_padded(code_key, found["handed"], CONTENT_BYTES)
    written = {name: base64.b64encode(what).decode() for name, what in (("blob", blob), ("content", content))}

    assert json.loads(BY_ANOTHER.read_text("utf-8")) == written
