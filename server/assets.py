"""What the build made of pwa/: scripts and styles under hashed names, icons, and the list of them (build.json)."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.errors import BuildError

ICON_FILES: Final = ("icon-192.png", "icon-512.png", "mask-512.png", "touch.png", "icon.svg")


@dataclass(frozen=True, slots=True)
class CoverAssets:
    """File names of one cover's script and style, and its icons' bytes by file name."""

    script: str
    style: str
    icons: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Assets:
    """All built files: `files` maps the hashed names to bytes."""

    files: dict[str, bytes]
    covers: dict[str, CoverAssets]
    # The script that stands in every cover's page itself.
    first_frame: str
    inside: str
    hello: str
    hello_style: str
    plain: str
    worker: str
    key_worker: str
    # What the vault weighs within the script of the inside, compressed; for the budget.
    vault_bytes: int
    # What check-ins weigh, within that script and the worker's.
    check_in_bytes: int
    # What buddies weigh, within those and the covers' scripts.
    buddy_bytes: int


def load_assets(build: Path, covers: Collection[str]) -> Assets:
    """Read the build folder; BuildError where it is missing, incomplete, or older than one of the covers on offer."""
    try:
        listing = json.loads((build / "build.json").read_text("utf-8"))
        unbuilt = sorted(set(covers) - listing["covers"].keys())
        if unbuilt:
            raise BuildError(f"{build}: not built yet: {', '.join(unbuilt)}; run `make build`")
        return Assets(
            files={file.name: file.read_bytes() for file in sorted((build / "assets").iterdir())},
            covers={
                name: CoverAssets(
                    script=parts["script"],
                    style=parts["style"],
                    icons={file: (build / "covers" / name / file).read_bytes() for file in ICON_FILES},
                )
                for name, parts in listing["covers"].items()
            },
            first_frame=listing["firstFrame"],
            inside=listing["inside"],
            hello=listing["hello"],
            hello_style=listing["helloStyle"],
            plain=listing["plain"],
            worker=listing["worker"],
            key_worker=listing["keyWorker"],
            vault_bytes=listing["vaultBytes"],
            check_in_bytes=listing["checkInBytes"],
            buddy_bytes=listing["buddyBytes"],
        )
    except (OSError, ValueError, KeyError) as error:
        raise BuildError(f"{build}: the built app is missing or incomplete; run `make build`") from error
