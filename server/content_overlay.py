"""Our content and, over it, a host's own: which file says what.

A host never edits our files, so that an update never meets a host's change. In the overlay a page replaces the page of
the same name or comes on top; single words, help lines, countries and groups replace ours key by key; the plan and the
exercises are replaced whole, since their parts belong together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.content_files import ContentFile, complaint, read_yaml
from server.errors import ContentError

DATA_FILES: Final = ("helplines.yaml", "emergency_numbers.yaml", "groups.yaml")
LANGUAGE_FILES: Final = (
    "about.yaml", "grounding.yaml", "groups.yaml", "hello.yaml", "lines.yaml", "plan.yaml", "steps.yaml",
    "strings.yaml", "words.txt",
)  # fmt: skip


@dataclass(frozen=True)
class Sources:
    """The folder of our content, and the one that a host lays over it."""

    ours: Path
    own: Path | None = None

    @property
    def folders(self) -> tuple[Path, ...]:
        """Both folders, the upper one last."""
        return (self.ours, *([self.own] if self.own else ()))

    def layers(self, name: str) -> list[ContentFile]:
        """Read a file wherever it stands; it must stand somewhere."""
        found = [folder / name for folder in self.folders if (folder / name).exists()]
        return [read_yaml(path) for path in found or [self.ours / name]]

    def merged(self, name: str, depth: int) -> ContentFile:
        """Read a file as one, in which the host's words stand in place of ours down to `depth` keys."""
        lowest, *upper = self.layers(name)
        for file in upper:
            lowest = file.laid_over(lowest, depth)
        return lowest

    def uppermost(self, name: str) -> Path:
        """The file that counts where only one can."""
        return next((folder / name for folder in reversed(self.folders) if (folder / name).exists()), self.ours / name)

    def exists(self, name: str) -> bool:
        """Whether either folder has the file."""
        return self.uppermost(name).exists()

    def pages(self, language: str) -> list[Path]:
        """The pages of one language; a host's own page stands in place of ours of the same name."""
        found = {path.name: path for folder in self.folders for path in (folder / language).glob("*.md")}
        return [found[name] for name in sorted(found)]

    def is_own(self, path: Path) -> bool:
        """Whether a file is the host's."""
        return self.own is not None and path.is_relative_to(self.own)

    def languages(self) -> list[Path]:
        """A folder for each language; where both have one, ours."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in sorted(folder.iterdir()):
                if path.is_dir() and not path.name.startswith("."):
                    found.setdefault(path.name, path)
        return list(found.values())

    def refuse_strays(self) -> None:
        """Complain about a file of the overlay that nothing reads: a misspelt name would change nothing, in silence."""
        for path, known in self._own_files():
            if path.name not in known and path.suffix != ".md" and not path.name.startswith("."):
                raise complaint(path, 1, f"nothing reads this file; known names are {', '.join(known)}")
        if self.own:
            for folder in self.languages():
                self._refuse_other_words(f"{folder.name}/words.txt")

    def _own_files(self) -> Iterator[tuple[Path, tuple[str, ...]]]:
        for path in sorted(self.own.iterdir()) if self.own else ():
            if path.is_dir():
                yield from ((file, LANGUAGE_FILES) for file in sorted(path.iterdir()))
            else:
                yield path, DATA_FILES

    def _refuse_other_words(self, name: str) -> None:
        files = [folder / name for folder in self.folders if (folder / name).is_file()]
        if len({file.read_bytes() for file in files}) > 1:
            raise _words_never_change(files[-1])


def _words_never_change(path: Path) -> ContentError:
    return complaint(path, 1, "these words never change: rows written down before would open nothing any more")
