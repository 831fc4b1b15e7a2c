"""Sealed columns: nobody reads them without the host's secret, moves them, changes them, or measures them."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.errors import SealingError
from server.sealing import HostSecrets, Place

PLACE = Place("schedule", "sealed", "r1")


@pytest.fixture
def secret(tmp_path: Path) -> HostSecrets:
    made = HostSecrets(tmp_path / "secret.key")
    made.make()
    return made


@given(plain=st.binary(max_size=2000))
def test_what_is_sealed_comes_back_as_it_was(plain: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = HostSecrets(tmp_path_factory.getbasetemp() / "shared.key")
    secret.make()
    assert secret.open(PLACE, secret.seal(PLACE, plain)) == plain


def test_the_sealed_bytes_hold_nothing_of_what_they_say_and_are_never_the_same(secret: HostSecrets) -> None:
    sealed = [secret.seal(PLACE, b"America/Argentina/Ushuaia") for _ in range(50)]

    assert len(set(sealed)) == 50
    assert not any(b"Ushuaia" in value for value in sealed)


def test_a_short_and_a_long_day_are_equally_long_when_sealed(secret: HostSecrets) -> None:
    assert len({len(secret.seal(PLACE, bytes(length))) for length in (0, 1, 40, 252)}) == 1


@pytest.mark.parametrize(
    "elsewhere",
    [Place("check_in", "sealed", "r1"), Place("schedule", "other", "r1"), Place("schedule", "sealed", "r2")],
)
def test_a_sealed_value_opens_only_where_it_belongs(elsewhere: Place, secret: HostSecrets) -> None:
    sealed = secret.seal(PLACE, b"her day")

    with pytest.raises(SealingError, match="was changed or moved"):
        secret.open(elsewhere, sealed)


def test_a_value_that_was_changed_anywhere_does_not_open(secret: HostSecrets) -> None:
    sealed = secret.seal(PLACE, b"her day")

    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(SealingError):
            secret.open(PLACE, bytes(changed))
    for length in (0, 3, 4, 15, 16, 31, len(sealed) - 1):
        with pytest.raises(SealingError):
            secret.open(PLACE, sealed[:length])


def test_another_hosts_secret_opens_nothing(secret: HostSecrets, tmp_path: Path) -> None:
    other = HostSecrets(tmp_path / "other.key")
    other.make()

    with pytest.raises(SealingError, match=r"no secret for what key [0-9a-f]{8} has sealed"):
        other.open(PLACE, secret.seal(PLACE, b"her day"))


# --- the file -----------------------------------------------------------------------------------------------------


def test_the_secret_is_for_the_server_alone_and_made_once(secret: HostSecrets) -> None:
    first = secret.file.read_bytes()

    secret.make()

    assert secret.file.read_bytes() == first
    assert len(first) == 32
    assert stat.S_IMODE(secret.file.stat().st_mode) == 0o600


def test_a_new_secret_keeps_the_one_before_and_no_older_one(secret: HostSecrets) -> None:
    # Given values of two secrets
    first = secret.seal(PLACE, b"one")
    secret.begin_new()
    second = secret.seal(PLACE, b"two")

    # Then both open, and one says that it is to be sealed anew
    assert (secret.open(PLACE, first), secret.open(PLACE, second)) == (b"one", b"two")
    assert not secret.is_sealed_by_the_newest(first)
    assert secret.is_sealed_by_the_newest(second)

    # When another one begins, the oldest is gone
    secret.begin_new()
    assert len(secret.ids) == len(set(secret.ids)) == 2
    assert secret.open(PLACE, second) == b"two"
    with pytest.raises(SealingError):
        secret.open(PLACE, first)
    assert stat.S_IMODE(secret.file.stat().st_mode) == 0o600
    assert list(secret.file.parent.iterdir()) == [secret.file]


def test_a_running_server_notices_a_new_secret_without_a_restart(secret: HostSecrets) -> None:
    running = HostSecrets(secret.file)
    running.seal(PLACE, b"before")

    secret.begin_new()

    assert secret.is_sealed_by_the_newest(running.seal(PLACE, b"after"))


@pytest.mark.parametrize("content", [b"", b"x", bytes(31), bytes(33)])
def test_a_broken_file_of_secrets_is_named_and_its_content_is_not(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    file.write_bytes(content)

    with pytest.raises(SealingError, match=r"secret\.key: it does not hold whole secrets of 32 bytes$"):
        HostSecrets(file).seal(PLACE, b"")


def test_a_missing_file_of_secrets_is_named(tmp_path: Path) -> None:
    with pytest.raises(SealingError, match=r"secret\.key: No such file"):
        HostSecrets(tmp_path / "secret.key").seal(PLACE, b"")


def test_parts_for_different_purposes_have_nothing_in_common(secret: HostSecrets) -> None:
    assert secret.for_purpose("a") == secret.for_purpose("a") != secret.for_purpose("b")
