"""The covers: each one folder with its texts, colours, page and icon (`pwa/covers/<name>/cover.yaml`).

Shared words of the frame around every cover come from `pwa/shell/texts.yaml`.
"""

import json
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from server import addresses
from server.content_files import Place, Record, read_yaml
from server.errors import SettingsError

PWA: Final = Path(__file__).resolve().parent.parent / "pwa"
COVERS: Final = PWA / "covers"
TEMPLATES: Final = PWA / "templates"

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Texts = dict[str, str]
# What search results and home screens show below the name.
_EVERY_COVER_SAYS: Final = "description"


class ThemeColour(Record):
    """The colour of the phone's bars around the page."""

    light: Colour
    dark: Colour


class Phrases(Record):
    """What a notification may say, by kind; to an onlooker each is one of the cover's own reminders."""

    prompt: list[str] = Field(min_length=3)
    reminder: list[str] = Field(min_length=2)
    nudge: list[str] = Field(min_length=2)
    all_clear: list[str] = Field(min_length=2)
    rehearsal: list[str] = Field(min_length=1)


class CoverFacts(Record):
    """What a cover.yaml says."""

    name: str
    short_name: str
    theme_colour: ThemeColour
    background_colour: Colour
    version: str
    texts: dict[str, Texts] = Field(min_length=1)
    phrases: dict[str, Phrases]


class Cover(CoverFacts):
    """One cover: what its file says, and where it lives."""

    key: str
    folder: Path

    @property
    def address(self) -> str:
        """Scope, id and start address."""
        return addresses.cover(self.key)


class FrameTexts(Record):
    """Words of the frame that all covers share, by language."""

    languages: dict[str, Texts]


def _load_cover(folder: Path) -> Cover:
    file = read_yaml(folder / "cover.yaml")
    facts = file.parse(CoverFacts)
    first = next(iter(facts.texts))
    for language, texts in facts.texts.items():
        place: Place = ("texts", language)
        if _EVERY_COVER_SAYS not in texts:
            raise file.error(f"{language}: {_EVERY_COVER_SAYS} is missing", place)
        if odd := sorted(texts.keys() ^ facts.texts[first].keys()):
            raise file.error(f"{', '.join(odd)}: not in both {first} and {language}", place)
    if odd := sorted(facts.texts.keys() ^ facts.phrases.keys()):
        raise file.error(f"{', '.join(odd)}: not in both texts and phrases", ("phrases",))
    return Cover(key=folder.name, folder=folder, **dict(facts))


def load_covers(names: tuple[str, ...], own_covers: Path | None = None) -> dict[str, Cover]:
    """Load the named covers, in that order; SettingsError for an unknown one, ContentError for a broken one."""
    folders = [COVERS, *([own_covers] if own_covers else [])]
    covers = {}
    for name in names:
        found = [folder / name for folder in folders if (folder / name / "cover.yaml").is_file()]
        if not found or name in addresses.TAKEN:
            raise SettingsError(f"NIGHTJAR_COVERS: there is no cover named {name!r}")
        covers[name] = _load_cover(found[-1])
    return covers


def load_frame_texts() -> dict[str, Texts]:
    """Load the words of the frame that all covers share, by language."""
    return read_yaml(PWA / "shell" / "texts.yaml").parse(FrameTexts).languages


def manifest(cover: Cover) -> bytes:
    """Return the web app manifest. Frozen after release: a changed name or icon makes a phone ask its owner."""
    icons = [
        {"src": addresses.picture(cover.key, file), "sizes": size, "type": "image/png", "purpose": purpose}
        for file, size, purpose in (
            ("icon-192.png", "192x192", "any"),
            ("icon-512.png", "512x512", "any"),
            ("mask-512.png", "512x512", "maskable"),
        )
    ]
    # No shortcuts, share targets, screenshots, badges or related apps: each shows somewhere on the phone (PL-7).
    return json.dumps(
        {
            "id": cover.address,
            "scope": cover.address,
            "start_url": cover.address,
            "name": cover.name,
            "short_name": cover.short_name,
            "display": "standalone",
            "theme_color": cover.theme_colour.light,
            "background_color": cover.background_colour,
            "icons": icons,
        },
        ensure_ascii=False,
    ).encode()
