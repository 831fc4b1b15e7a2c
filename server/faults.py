"""What is logged of a fault: its kind and the place in our code, never its message, which may quote a person."""

import logging
import traceback
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


def log_fault(error: BaseException) -> None:
    """Log one unexpected error in one line."""
    LOG.error("fault: %s at %s", type(error).__name__, place_of(error))
