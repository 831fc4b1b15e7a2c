"""What a push says, and that nobody can tell one from another."""

import pytest

from server.push.payloads import PAYLOAD_BYTES, Kind, payload


@pytest.mark.parametrize("kind", Kind)
def test_a_payload_is_its_kind_in_one_byte_and_of_one_size(kind: Kind) -> None:
    assert payload(kind)[0] == kind
    assert len(payload(kind)) == PAYLOAD_BYTES


def test_a_kind_never_looks_the_same_twice() -> None:
    assert len({payload(Kind.PROMPT) for _ in range(100)}) == 100


def test_the_kinds_are_the_numbers_that_phones_know() -> None:
    # Phones in use learnt these from an earlier release: a number may be added, and none may ever change its meaning.
    assert {kind.name: kind.value for kind in Kind} == {
        "PROMPT": 1,
        "REMINDER": 2,
        "NUDGE": 3,
        "ALL_CLEAR": 4,
        "REHEARSAL": 5,
    }
