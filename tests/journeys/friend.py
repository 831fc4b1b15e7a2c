"""Somebody who was told eight words, with a phone that another program runs: docs/PAIRING.md is all it knows."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from cryptography.hazmat.primitives.asymmetric import ec

from tests.pairing import End, agree, commit_of, from_name, keys_of, open_as, seal_as, to_name

_SECRET_BYTES, _NONCE_BYTES, _BOX_NONCE_BYTES, _NOTE_BYTES = 32, 32, 12, 1024


class Friend:
    def __init__(self, phone: httpx.Client, secret: bytes) -> None:
        self._phone = phone
        self._lookup, self._key = keys_of(secret)
        self._end = End(ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(_NONCE_BYTES))
        self._pair_key = b""
        self._offer = open_as(b"offer 1", self._key, from_name(self._ask("/s/card/read")["content"]))

    @property
    def asks(self) -> dict[str, object]:
        """What is asked for, as it stands on this phone."""
        asks: dict[str, object] = self._offer["asks"]
        return asks

    def says_yes(self) -> None:
        """Open an account, and answer with half of the keys."""
        self._send("/s/new", secret=to_name(secrets.token_bytes(_SECRET_BYTES)))
        sealed = seal_as(b"reply 1", self._key, self._end.shown(), secrets.token_bytes(_BOX_NONCE_BYTES))
        self._send("/s/card/take", lookup=self._lookup, reply=to_name(sealed))

    def says_not_right_now(self) -> None:
        self._send("/s/card/pass", lookup=self._lookup)

    def numbers(self) -> list[int]:
        """Give the four numbers to say aloud, once her half is there and is the one she was held to."""
        hers = open_as(b"shown 1", self._key, from_name(self._ask("/s/card/look")["shown"]))
        public, nonce = from_name(hers["publicKey"]), from_name(hers["nonce"])
        assert to_name(commit_of(public, nonce, self._offer["language"], self._offer["asks"])) == self._offer["commit"]
        own = (self._end.public, self._end.nonce)
        self._pair_key, places = agree(self._key, self._lookup, hers=(public, nonce), theirs=own, own=self._end.private)
        return places

    def looks_out_for(self) -> int:
        """Count the people this phone may be nudged for."""
        return len(self._phone.get("/s/circle").raise_for_status().json()["theirs"])

    def reads(self, box: bytes) -> str:
        """Open a note with the pair's key."""
        text: str = open_as(b"note 1", self._pair_key, box)["text"]
        return text

    def _send(self, path: str, **body: str) -> httpx.Response:
        return self._phone.post(path, json=body).raise_for_status()

    def _ask(self, path: str) -> dict[str, str]:
        answer: dict[str, str] = self._send(path, lookup=self._lookup).json()
        return answer


@contextmanager
def friend_told(base: str, secret: bytes) -> Iterator[Friend]:
    """Take a phone into the hand, on which the eight words were typed."""
    with httpx.Client(base_url=base, headers={"sec-fetch-site": "same-origin"}) as phone:
        yield Friend(phone, secret)
