"""The first minute on a slow, dear connection: few requests, and none to anybody else."""

import re
from pathlib import Path

from tests.journeys.person import Person

BUDGET = Path(__file__).resolve().parents[2] / "docs" / "BUDGET.md"


def most_requests() -> int:
    found = re.search(r"A first visit is (\d+) requests at most", BUDGET.read_text("utf-8"))
    assert found
    return int(found[1])


def test_a_first_visit_takes_few_requests_until_all_works_offline(person: Person) -> None:
    for cover in ("sip", "sprout", "pantry"):
        person.host.asked.clear()
        person.opens(cover)
        person.lets_it_settle_in()
        person.waits(0.5)
        assert len(person.host.asked) <= most_requests(), person.host.asked
