"""A copy of the database without the host's key tells nobody's day, nobody's phone, and lets nobody in."""

import json
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path

import httpx
import pytest

from server.models import Account, Device
from server.sealing import HostSecrets
from server.settings import Settings
from tests.factories import Sealer

SECRET, PROOF = bytes(range(32)), bytes(range(100, 132))
ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABtelling"
P256DH, AUTH = "BTellingKeyOfAPhone", "TellingAuth"
ZONE, TIME = "America/Argentina/Ushuaia", "21:35"


def as_text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


@pytest.fixture
async def tells(ready: Settings, own_phone: httpx.AsyncClient) -> list[bytes]:
    """One person who uses everything; what a thief would look for."""
    await own_phone.post("/s/new", json={"secret": as_text(SECRET)})
    await own_phone.post("/s/spare", json={"words": {"lookup": "l" * 22, "proof": as_text(PROOF)}})
    sealer, account, device = Sealer(HostSecrets(ready.secret_file)), await Account.get(), await Device.get()
    endpoint = json.dumps({"endpoint": ENDPOINT, "p256dh": P256DH, "auth": AUTH}).encode()
    await sealer.subscription(device, endpoint)
    await sealer.schedule(account, json.dumps({"zone": ZONE, "times": [TIME]}).encode())
    await sealer.check_in(account)
    token = own_phone.cookies["s"]
    words = [ENDPOINT, "mozilla", P256DH, AUTH, ZONE, "Ushuaia", TIME, token]
    return [*map(str.encode, words), *spellings(SECRET), *spellings(PROOF)]


def spellings(content: bytes) -> list[bytes]:
    return [content, content.hex().encode(), b64encode(content), urlsafe_b64encode(content).rstrip(b"=")]


def files_of(data: Path) -> list[Path]:
    return sorted(data.glob("nightjar.sqlite3*"))


def test_no_byte_of_the_database_holds_what_is_sealed_or_what_signs_in(tells: list[bytes], ready: Settings) -> None:
    content = b"".join(file.read_bytes() for file in files_of(ready.data))

    assert b"l" * 22 in content, "the search would find what is in clear"
    assert not [tell for tell in tells if tell in content]


def test_the_host_secret_is_in_no_byte_of_the_database(tells: list[bytes], ready: Settings) -> None:
    content = b"".join(file.read_bytes() for file in files_of(ready.data))

    assert not [spelling for spelling in spellings(ready.secret_file.read_bytes()) if spelling in content]
