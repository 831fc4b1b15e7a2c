"""What the server says of itself: no address, no path, no agent, no id (design: the server knows almost nothing).

A fault is logged as the kind of error and the place in our code, never its message: messages quote what was sent.
"""

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


def silence_other_loggers() -> None:
    """Access logs hold addresses and paths; error logs of the web server hold whole tracebacks."""
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
