"""What is logged: counts, and the kind and place of a fault, never its message, which may quote a person."""

import logging
import traceback
from collections.abc import Mapping
from typing import Final

LOG: Final = logging.getLogger("nightjar")


def place_of(error: BaseException) -> str:
    """Return file and line where the error was raised, with nothing of the request in it."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "unknown place"
    own = [frame for frame in frames if "/server/" in frame.filename.replace("\\", "/")]
    last = (own or frames)[-1]
    return f"{last.filename.replace(chr(92), '/').rpartition('/server/')[2]}:{last.lineno}"


def log_counts(what: str, counts: Mapping[str, int]) -> None:
    """Log how many of each there were; where there was nothing at all, nothing."""
    if any(counts.values()):
        LOG.info("%s: %s", what, ", ".join(f"{count} {name}" for name, count in counts.items() if count))


def log_fault(error: BaseException) -> None:
    """Log one unexpected error in one line."""
    LOG.error("fault: %s at %s", type(error).__name__, place_of(error))
