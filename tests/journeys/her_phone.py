"""The phone of somebody who asks to be looked out for, without a screen: tests/pairing.py over the real addresses."""

import hashlib
import secrets
from typing import Any, Final

import httpx
from cryptography.hazmat.primitives.asymmetric import ec

from server.library import load_library
from server.settings import CONTENT
from tests.content.test_content import TODAY
from tests.pairing import End, agree, commit_of, from_name, keys_of, open_as, seal_as, to_name

ASKS: Final = {"silence": True, "company": True, "noOfficers": True, "hours": "after nine"}
NOTES: Final = ("Could you call me about the recipe?", "Walk the dog with me", "Bring the blue book")
_WORDS, _BITS = 8, 11


class HerPhone:
    def __init__(self, base: str) -> None:
        self._http = httpx.Client(base_url=base, headers={"sec-fetch-site": "same-origin"}, timeout=30)
        self._ask("/s/new", {"secret": secrets.token_urlsafe(32)})
        self.secret = secrets.token_bytes(10)
        self.lookup, self._key = keys_of(self.secret)
        self._end = End(ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(32))
        self._pair_key = b""

    def _ask(self, address: str, body: dict[str, Any]) -> Any:  # noqa: ANN401
        answer = self._http.post(address, json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def _seal(self, purpose: bytes, key: bytes, inside: dict[str, Any]) -> str:
        return to_name(seal_as(purpose, key, inside, secrets.token_bytes(12)))

    def asks(self, asks: dict[str, Any] = ASKS) -> None:
        commit = to_name(commit_of(self._end.public, self._end.nonce, "en", asks))
        inside = {"v": 1, "commit": commit, "language": "en", "asks": asks}
        self._ask("/s/card", {"lookup": self.lookup, "content": self._seal(b"offer 1", self._key, inside)})

    def takes_back(self) -> None:
        self._ask("/s/card/off", {"lookup": self.lookup})

    def words(self, language: str = "en") -> list[str]:
        """Give the eight words to read aloud (docs/VAULT.md)."""
        bits = int.from_bytes(self.secret + hashlib.sha256(self.secret).digest()[:1])
        words = load_library(CONTENT, TODAY).edition(language).words
        return [words[bits >> _BITS * (_WORDS - 1 - at) & 2047] for at in range(_WORDS)]

    def looks(self) -> str:
        state: str = self._ask("/s/card/look", {"lookup": self.lookup})["state"]
        return state

    def shows(self) -> list[int]:
        """Take the answer, show her half, and give the four places to compare."""
        reply = open_as(b"reply 1", self._key, from_name(self._ask("/s/card/look", {"lookup": self.lookup})["reply"]))
        theirs = (from_name(reply["publicKey"]), from_name(reply["nonce"]))
        hers = (self._end.public, self._end.nonce)
        self._pair_key, places = agree(self._key, self.lookup, hers=hers, theirs=theirs, own=self._end.private)
        self._ask(
            "/s/card/show", {"lookup": self.lookup, "shown": self._seal(b"shown 1", self._key, self._end.shown())}
        )
        return places

    def note(self, text: str) -> str:
        return self._seal(b"note 1", self._pair_key, {"v": 1, "text": text})

    def confirms(self) -> None:
        notes = to_name(b"".join(from_name(self.note(text)) for text in NOTES))
        self._ask("/s/card/done", {"lookup": self.lookup, "notes": notes})

    def close(self) -> None:
        self._http.close()
