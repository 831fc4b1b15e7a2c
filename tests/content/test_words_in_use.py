"""No sentence is kept, translated and reviewed for nothing: each is on some screen."""

import re
from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parents[2]
# Built from the data: one for each kind, each degree of confidence, each heading, each way.
_FAMILIES = ("buddies_said_", "circle_", "confidence_", "for_", "nudge_says_", "topic_", "way_", "whom_")


def test_every_string_stands_in_a_template_or_is_asked_for_by_name() -> None:
    files = [*(PROJECT / "pwa" / "templates").rglob("*.html"), *(PROJECT / "server").rglob("*.py")]
    source = "".join(file.read_text("utf-8") for file in files)
    keys = yaml.safe_load((PROJECT / "content" / "en" / "strings.yaml").read_text("utf-8"))["strings"]
    unused = [key for key in keys if not key.startswith(_FAMILIES) and not re.search(rf'\bu\.{key}\b|"{key}"', source)]
    assert unused == []
