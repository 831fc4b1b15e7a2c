"""The keys push services know the server by: made once, kept from others, renewed without losing anybody."""

import multiprocessing
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from server.errors import SettingsError, SubscriptionError
from server.push.vapid import FILE, KeyRing, key_id, open_key_ring, retire_keys, rotate_keys
from tests.server.push.phone import unb64

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONTACT = "mailto:push@example.org"
FCM = "https://fcm.googleapis.com"


def claims(header: str) -> dict[str, object]:
    """Check a header as a push service does, and return what its token claims."""
    scheme, _, rest = header.partition(" ")
    token, key = (part.partition("=")[2] for part in rest.split(", "))
    assert scheme == "vapid"
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(key))
    options = {"verify_exp": False, "verify_aud": False}
    decoded: dict[str, object] = jwt.decode(token, public, algorithms=["ES256"], options=options)  # type: ignore[arg-type]
    return decoded


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return open_key_ring(tmp_path, CONTACT)


def test_a_key_is_made_on_the_first_start_and_stays(tmp_path: Path) -> None:
    # Given a host that starts for the first time
    first = open_key_ring(tmp_path, CONTACT)

    # Then nobody else may read the key, it is a point of 65 bytes, and the next start has the same one
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert unb64(first.public_key)[0] == 4
    assert len(unb64(first.public_key)) == 65
    assert open_key_ring(tmp_path, CONTACT).public_key == first.public_key
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


def _public_key(folder: Path) -> str:
    return open_key_ring(folder, CONTACT).public_key


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert len(set(pool.map(_public_key, [tmp_path] * 8))) == 1


def test_a_token_says_for_which_service_for_how_long_and_whom_to_write_to(ring: KeyRing) -> None:
    header = ring.authorization("https://push.example.org:8443", ring.current_id, NOON)

    assert claims(header) == {
        "aud": "https://push.example.org:8443",
        "exp": int((NOON + timedelta(hours=12)).timestamp()),
        "sub": CONTACT,
    }


def test_a_token_is_signed_once_for_each_service_and_renewed_an_hour_before_its_end(ring: KeyRing) -> None:
    first = ring.authorization(FCM, ring.current_id, NOON)

    assert ring.authorization(FCM, ring.current_id, NOON + timedelta(hours=10, minutes=59)) == first
    assert ring.authorization("https://web.push.apple.com", ring.current_id, NOON) != first

    renewed = ring.authorization(FCM, ring.current_id, NOON + timedelta(hours=11))
    assert claims(renewed)["exp"] == int((NOON + timedelta(hours=23)).timestamp())


def test_tokens_for_endless_made_up_services_do_not_pile_up(ring: KeyRing) -> None:
    for number in range(1000):
        ring.authorization(f"https://a{number}.notify.windows.com", ring.current_id, NOON)
    assert len(ring._tokens) <= 256


def test_after_the_clock_was_put_back_a_token_is_still_short_enough_for_the_service(ring: KeyRing) -> None:
    ring.authorization(FCM, ring.current_id, NOON + timedelta(days=30))
    assert claims(ring.authorization(FCM, ring.current_id, NOON))["exp"] == int(
        (NOON + timedelta(hours=12)).timestamp()
    )


def test_after_a_new_key_subscriptions_made_with_the_old_one_go_on_working(ring: KeyRing, tmp_path: Path) -> None:
    # Given a subscription made with today's key, when the host makes a new one
    old = ring.current_id
    rotate_keys(tmp_path)
    renewed = open_key_ring(tmp_path, CONTACT)

    # Then phones get the new key, and the old subscription's tokens are signed with the old one
    assert renewed.public_key != ring.public_key
    assert renewed.ids == (renewed.current_id, old)
    assert renewed.authorization(FCM, old, NOON).endswith(f"k={ring.public_key}")
    assert renewed.authorization(FCM, renewed.current_id, NOON).endswith(f"k={renewed.public_key}")
    assert key_id(ring.public_key) == old
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_keys_go_when_no_subscription_needs_them_and_the_current_one_never(ring: KeyRing, tmp_path: Path) -> None:
    # Given three keys, the second of which is still in use
    rotate_keys(tmp_path)
    second = open_key_ring(tmp_path, CONTACT).current_id
    rotate_keys(tmp_path)
    third = open_key_ring(tmp_path, CONTACT).current_id

    assert retire_keys(tmp_path, {second}) == 1
    assert open_key_ring(tmp_path, CONTACT).ids == (third, second)
    assert retire_keys(tmp_path, set()) == 1
    assert retire_keys(tmp_path, set()) == 0
    assert open_key_ring(tmp_path, CONTACT).ids == (third,)


def test_a_subscription_whose_key_is_gone_is_a_clear_error(ring: KeyRing) -> None:
    with pytest.raises(SubscriptionError, match="the key of this subscription is gone"):
        ring.authorization(FCM, "0123456789abcdef", NOON)


OTHER_KIND = ed25519.Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
OTHER_CURVE = ec.generate_private_key(ec.SECP384R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
BROKEN = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"


@pytest.mark.parametrize("content", [b"", b"hello", BROKEN, OTHER_KIND, OTHER_CURVE])
def test_a_file_that_holds_no_key_stops_the_start_in_one_line_and_is_left_as_it_is(
    content: bytes, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_bytes(content)

    with pytest.raises(SettingsError, match=r"^NIGHTJAR_DATA: .*push-keys\.pem.*key") as refusal:
        open_key_ring(tmp_path, CONTACT)

    assert "\n" not in str(refusal.value)
    assert (tmp_path / FILE).read_bytes() == content


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"^NIGHTJAR_DATA: .*No such file"):
        open_key_ring(tmp_path / "nowhere", CONTACT)
