"""What two phones seal for each other, another program opens, and the other way round: docs/PAIRING.md says enough.

What this one writes is kept beside what the phone writes, and tests/pwa/vault/pairing-vectors.test.ts opens it.
"""

import json
from typing import Any, Final

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_private_key

from server.models import ID_LETTERS
from server.settings import PROJECT
from tests.pairing import BOX_BYTES, End, agree, commit_of, from_name, keys_of, open_as, seal_as, to_name
from tests.server.test_vault_vectors import secret_of_words

FIXTURES: Final = PROJECT / "tests" / "fixtures" / "pairing"
BY_ANOTHER: Final = FIXTURES / "pairing-by-another.json"
Found = dict[str, Any]


@pytest.fixture(scope="module")
def found() -> Found:
    written: Found = json.loads((FIXTURES / "pairing.json").read_text("utf-8"))
    return written


def end_of(found: Found, side: str) -> End:
    private = load_der_private_key(from_name(found[side]["privateKey"]), None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    end = End(private, from_name(found[side]["nonce"]))
    assert to_name(end.public) == found[side]["publicKey"]
    return end


def end_in(box: Found) -> tuple[bytes, bytes]:
    return from_name(box["publicKey"]), from_name(box["nonce"])


def boxes_of(notes: str) -> list[bytes]:
    content = from_name(notes)
    return [content[at : at + BOX_BYTES] for at in range(0, len(content), BOX_BYTES)]


def test_eight_words_and_a_link_lead_to_lookup_and_key(found: Found) -> None:
    secret = secret_of_words(found["words"])

    assert from_name(found["secret"]) == secret
    assert keys_of(secret) == (found["lookup"], from_name(found["key"]))
    assert len(found["lookup"]) == ID_LETTERS


def test_the_offer_says_what_she_asks_for_and_commits_her_to_it(found: Found) -> None:
    hers = end_of(found, "hers")

    offer = open_as(b"offer 1", from_name(found["key"]), from_name(found["offer"]))

    assert offer["asks"] == found["asks"]
    assert offer["language"] == found["language"]
    assert from_name(offer["commit"]) == commit_of(hers.public, hers.nonce, offer["language"], offer["asks"])


def test_reply_and_shown_hold_a_key_and_a_nonce_each(found: Found) -> None:
    key = from_name(found["key"])

    for purpose, name, side in ((b"reply 1", "reply", "theirs"), (b"shown 1", "shown", "hers")):
        end = end_of(found, side)
        assert end_in(open_as(purpose, key, from_name(found[name]))) == (end.public, end.nonce)


@pytest.mark.parametrize("side", ["hers", "theirs"])
def test_both_ends_agree_on_what_the_phone_agreed_on(found: Found, side: str) -> None:
    key = from_name(found["key"])
    hers = end_in(open_as(b"shown 1", key, from_name(found["shown"])))
    theirs = end_in(open_as(b"reply 1", key, from_name(found["reply"])))

    pair_key, places = agree(key, found["lookup"], hers=hers, theirs=theirs, own=end_of(found, side).private)

    words = (PROJECT / "content" / "en" / "words.txt").read_text("utf-8").split()
    assert to_name(pair_key) == found["pairKey"]
    assert places == found["places"]
    assert [words[place] for place in places] == found["compared"]


def test_the_notes_open_with_the_pair_s_key_alone(found: Found) -> None:
    boxes = boxes_of(found["notes"])

    assert [open_as(b"note 1", from_name(found["pairKey"]), box)["text"] for box in boxes] == found["texts"]
    # The words themselves, photographed, open none of them.
    with pytest.raises(InvalidTag):
        open_as(b"note 1", from_name(found["key"]), boxes[0])


def test_what_the_phone_is_given_to_open_was_written_by_this_program(found: Found) -> None:
    secret = bytes(range(200, 210))
    lookup, key = keys_of(secret)
    hers = End(ec.derive_private_key(int.from_bytes(b"\x03" * 32), ec.SECP256R1()), bytes(range(32)))
    theirs = End(ec.derive_private_key(int.from_bytes(b"\x02" * 32), ec.SECP256R1()), bytes(range(32, 64)))
    asks = {"silence": False, "company": True, "noOfficers": False}
    commit = to_name(commit_of(hers.public, hers.nonce, "en", asks))
    ends = {"hers": (hers.public, hers.nonce), "theirs": (theirs.public, theirs.nonce)}
    pair_key, places = agree(key, lookup, **ends, own=hers.private)
    nonces = iter(bytes([number]) * 12 for number in range(1, 7))
    offer = {"v": 1, "commit": commit, "language": "en", "asks": asks}
    notes = [seal_as(b"note 1", pair_key, {"v": 1, "text": text}, next(nonces)) for text in found["texts"]]
    written = {
        "secret": to_name(secret),
        "lookup": lookup,
        "language": "en",
        "asks": asks,
        "offer": to_name(seal_as(b"offer 1", key, offer, next(nonces))),
        "reply": to_name(seal_as(b"reply 1", key, theirs.shown(), next(nonces))),
        "shown": to_name(seal_as(b"shown 1", key, hers.shown(), next(nonces))),
        "places": places,
        "pairKey": to_name(pair_key),
        "notes": to_name(b"".join(notes)),
    }

    assert json.loads(BY_ANOTHER.read_text("utf-8")) == written
