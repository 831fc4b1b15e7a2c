"""What the server says of itself: no address, no path, no agent, no id (design: the server knows almost nothing)."""

import logging


def silence_other_loggers() -> None:
    """Access logs hold addresses and paths; error logs of the web server hold whole tracebacks."""
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
