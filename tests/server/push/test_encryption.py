"""Encryption for one phone: only that phone reads it, and broken keys are one clear error."""

from itertools import count

import http_ece
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from server.errors import SubscriptionError
from server.push.encryption import CIPHERTEXT_BYTES, check_keys, encrypt
from server.push.payloads import Kind, payload
from tests.server.push.phone import Phone, b64, point, unb64


def test_the_phone_of_these_tests_reads_the_example_of_rfc_8291() -> None:
    # Given the receiver's keys of appendix A
    number = int.from_bytes(unb64("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"))
    phone = Phone(ec.derive_private_key(number, ec.SECP256R1()), unb64("BTBZMqHH6r4Tts7J_aSIgg"))

    # Then the message printed in section 5 opens
    body = unb64(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    assert phone.opens(body) == b"When I grow up, I want to be a watermelon"


@pytest.mark.parametrize("kind", Kind)
def test_the_phone_reads_what_was_sent_and_so_does_another_implementation(kind: Kind) -> None:
    phone, said = Phone(), payload(kind)

    body = encrypt(said, phone.p256dh, phone.auth)

    assert phone.opens(body) == said
    assert http_ece.decrypt(body, private_key=phone.private, auth_secret=phone.secret, version="aes128gcm") == said


def test_another_phone_reads_nothing() -> None:
    phone = Phone()
    body = encrypt(payload(Kind.NUDGE), phone.p256dh, phone.auth)
    with pytest.raises(InvalidTag):
        Phone(secret=phone.secret).opens(body)


def test_every_message_has_the_same_size_and_keys_of_its_own() -> None:
    phone = Phone()
    bodies = [encrypt(payload(kind), phone.p256dh, phone.auth) for kind in Kind for _ in range(20)]

    assert {len(body) for body in bodies} == {CIPHERTEXT_BYTES}
    assert len({body[:16] for body in bodies}) == len(bodies)  # salts
    assert len({body[21:86] for body in bodies}) == len(bodies)  # sender's points


def test_a_payload_of_another_size_is_a_mistake_of_ours_and_never_sent() -> None:
    with pytest.raises(ValueError, match="one size"):
        encrypt(b"I am fine", Phone().p256dh, Phone().auth)


GOOD = Phone()
OFF_THE_CURVE = b64(b"\4" + b"\1" * 64)
INFINITY = b64(b"\0" * 65)
COMPRESSED = b64(b"\2" + point(GOOD.private.public_key())[1:33])


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", ""),
        (GOOD.p256dh, ""),
        ("", GOOD.auth),
        (OFF_THE_CURVE, GOOD.auth),
        (INFINITY, GOOD.auth),
        (COMPRESSED, GOOD.auth),
        (GOOD.p256dh[:-1], GOOD.auth),
        (GOOD.p256dh + "A", GOOD.auth),
        (GOOD.p256dh + "=", GOOD.auth),
        (GOOD.p256dh[:40] + "\n" + GOOD.p256dh[41:], GOOD.auth),
        (GOOD.p256dh[:40] + "+" + GOOD.p256dh[41:], GOOD.auth),
        (GOOD.p256dh[:40] + "é" + GOOD.p256dh[41:], GOOD.auth),
        (GOOD.p256dh, b64(b"abc")),
        (GOOD.p256dh, b64(b"a" * 17)),
        (GOOD.p256dh, GOOD.auth + "\n"),
        (GOOD.auth, GOOD.p256dh),
    ],
    # By number: the keys are drawn anew in each of the processes that share the tests out among themselves.
    ids=count(),
)
def test_broken_keys_are_one_kind_of_error_that_repeats_nothing(p256dh: str, auth: str) -> None:
    with pytest.raises(SubscriptionError, match=r"^the keys of this subscription are broken") as refusal:
        check_keys(p256dh, auth)
    assert not p256dh or p256dh not in str(refusal.value)


def test_good_keys_pass() -> None:
    check_keys(GOOD.p256dh, GOOD.auth)
