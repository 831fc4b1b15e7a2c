"""The table of plain names and the dull ones that a phone gets to see (pwa/names.json)."""

import json
from pathlib import Path
from typing import Final

SHIPPED_NAMES: Final[dict[str, str]] = json.loads(
    (Path(__file__).resolve().parent.parent / "pwa" / "names.json").read_text("utf-8")
)
