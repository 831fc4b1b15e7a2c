"""Bytes ready to be served, made once at start-up: body, compressed body, type, and how long they may rest on disk."""

import gzip
import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

HTML: Final = "text/html; charset=utf-8"
SCRIPT: Final = "text/javascript; charset=utf-8"
STYLE: Final = "text/css; charset=utf-8"


class Caching(StrEnum):
    """How long a browser may keep a document on its disk."""

    FOREVER = "public, max-age=31536000, immutable"
    CHECKED = "no-cache"
    # For what must leave no trace: neither the body nor the address may rest in the browser's cache.
    NEVER = "no-store"


@dataclass(frozen=True)
class Document:
    """One answer, whole."""

    body: bytes
    media_type: str
    caching: Caching
    headers: Mapping[str, str] = field(default_factory=dict)
    compressible: bool = True

    @cached_property
    def compressed(self) -> bytes | None:
        """The body as gzip, or None where that does not make it smaller."""
        if not self.compressible:
            return None
        smaller = gzip.compress(self.body, 9, mtime=0)
        return smaller if len(smaller) < len(self.body) else None

    @cached_property
    def tag(self) -> str:
        """The entity tag (RFC 9110 section 8.8.3); weak, since the body travels compressed or not."""
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:20]}"'

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the body in base64, as the worker compares it."""
        return b64encode(hashlib.sha256(self.body).digest()).decode()
