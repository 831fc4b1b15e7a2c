"""What was stopped stays stopped: a file beside the database, so that a database restored from before knows it too.

One line for each end that somebody cut: the day, and the SHA-256 of the end's id. It says nothing of anybody, and leads
nowhere without a copy of a database in which that end still was. Lines are dropped once no host would restore such an
old copy any more.
"""

import fcntl
import os
from base64 import urlsafe_b64encode
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

from server.errors import StorageError

KEPT_DAYS: Final = 400


class StoppedFile:
    """The file; several processes may use it at once."""

    def __init__(self, file: Path) -> None:
        """Name the file; it is made when there is something to write down."""
        self.file = file

    def note(self, ties: Collection[str], today: int) -> None:
        """Write down that these ends are cut; it is on the disk when this returns. StorageError if that cannot be."""
        if not ties:
            return
        lines = "".join(f"{today} {_digest_of(tie)}\n" for tie in ties)
        with self._alone(), os.fdopen(os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "rb+") as handle:
            # A power cut may have left half a line, which must not swallow this one.
            size = handle.seek(0, os.SEEK_END)
            handle.seek(max(0, size - 1))
            if handle.read(1) not in {b"", b"\n"}:
                lines = "\n" + lines
            handle.write(lines.encode())
            handle.flush()
            os.fsync(handle.fileno())

    def is_empty(self) -> bool:
        """Whether nobody has cut anything yet."""
        return not any(self._lines())

    def finder(self) -> Callable[[str], bool]:
        """Return what says of an end's id whether that end was cut; the file is read once."""
        digests = {digest for _, digest in self._lines()}
        return lambda tie: _digest_of(tie) in digests

    def drop_old(self, today: int) -> None:
        """Drop lines that are older than KEPT_DAYS; a power cut leaves the old file or the new one."""
        if not any(today - day > KEPT_DAYS for day, _ in self._lines()):
            return
        with self._alone():
            kept = "".join(f"{day} {digest}\n" for day, digest in self._lines() if today - day <= KEPT_DAYS)
            fresh = self.file.with_name(self.file.name + ".new")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
                handle.write(kept.encode())
                handle.flush()
                os.fsync(handle.fileno())
            fresh.replace(self.file)

    def _lines(self) -> Iterator[tuple[int, str]]:
        try:
            content = self.file.read_text("ascii", errors="replace")
        except FileNotFoundError:
            return
        except OSError as error:
            raise StorageError(f"{self.file}: {error.strerror}") from None
        for line in content.splitlines():
            day, _, digest = line.partition(" ")
            if day.isdecimal() and digest:
                yield int(day), digest

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes away: the lock is on the folder, since the file itself may be replaced."""
        try:
            folder = os.open(self.file.parent, os.O_RDONLY)
            try:
                fcntl.flock(folder, fcntl.LOCK_EX)
                yield
            finally:
                os.close(folder)
        except OSError as error:
            raise StorageError(f"{self.file}: {error.strerror}") from None


def _digest_of(tie: str) -> str:
    return urlsafe_b64encode(sha256(tie.encode()).digest()).rstrip(b"=").decode()
