"""docs/LADDER.md says what the code does."""

from tests.server.checkins.ladder_table import ACTS, PAGE, page, places


def test_the_page_is_what_the_code_does() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.server.checkins.ladder_table"


def test_every_place_and_every_event_is_on_the_page() -> None:
    text = page()

    assert all(f"| {place} |" in text for place in places())
    assert all(act.says in text for act in ACTS)
