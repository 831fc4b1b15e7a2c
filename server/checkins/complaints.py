"""Says what is wrong with what a phone sent, in one line, and without what it sent: that may tell of a person."""

from pydantic import ValidationError


def complaint(what: str, error: ValidationError) -> str:
    """Name the field and the rule it breaks."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    if first["type"] == "extra_forbidden":
        # The name of an unknown field is itself something that was sent.
        return f"{what}: there is a field too many"
    if first["type"] == "json_invalid":
        return f"{what}: this is not JSON"
    place = ".".join(str(step) for step in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    return f"{what}: {place}: {message}" if place else f"{what}: {message}"
