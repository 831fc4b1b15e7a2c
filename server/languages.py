"""Which of our languages suits a reader best, from the Accept-Language header (RFC 9110 section 12.5.4)."""

from collections.abc import Collection


def _preferences(header: str) -> list[tuple[float, str]]:
    wishes = []
    for part in header.split(","):
        tag, _, weight = part.replace(" ", "").partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            quality = 0.0
        wishes.append((quality, tag.split("-")[0].lower()))
    return sorted(wishes, key=lambda wish: -wish[0])


def best_language(header: str, offered: Collection[str], fallback: str) -> str:
    """Return the offered language that the header likes best, or the fallback."""
    return next((tag for quality, tag in _preferences(header) if quality > 0 and tag in offered), fallback)
