"""A fault in the log is its kind and its place, so it can be mended; never its message, which may quote a visitor."""

import logging

import pytest

from server.content_files import complaint, read_yaml
from server.faults import log_fault, place_of
from server.middleware.quiet_logging import silence_other_loggers
from server.settings import PROJECT


def caught(action: object) -> Exception:
    try:
        assert callable(action)
        action()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the test is about
        return error
    raise AssertionError("nothing was raised")


def test_a_fault_is_logged_by_kind_and_by_its_place_in_our_code(caplog: pytest.LogCaptureFixture) -> None:
    # Given a fault deep in a library that one of our files called
    error = caught(lambda: read_yaml(PROJECT / "ada lovelace"))

    with caplog.at_level(logging.INFO):
        log_fault(error)

    # Then the line names our file, and not what was asked for
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("fault: ContentError at content_files.py:")
    assert "ada" not in caplog.text


def test_a_fault_that_was_never_raised_still_makes_a_line() -> None:
    assert place_of(complaint(PROJECT, 1, "ada")) == "unknown place"


def test_a_fault_outside_our_code_is_placed_where_it_happened() -> None:
    assert place_of(caught(lambda: int("ada"))).rpartition(":")[2].isdigit()


def test_the_web_server_says_nothing_of_its_own() -> None:
    silence_other_loggers()

    assert logging.getLogger("uvicorn.access").disabled
    assert not logging.getLogger("uvicorn.error").isEnabledFor(logging.ERROR)
    assert not logging.getLogger("asyncio").isEnabledFor(logging.ERROR)
