"""Host settings, read once from the environment (NIGHTJAR_*) and never changed after. docs/HOSTING.md lists them."""

import re
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import DirectoryPath, Field, HttpUrl, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from server.addresses import TAKEN
from server.errors import SettingsError

PROJECT: Final = Path(__file__).resolve().parent.parent
# Our own content; a host's is laid over it.
CONTENT: Final = PROJECT / "content"
PREFIX: Final = "NIGHTJAR_"
# Of buddies, and of people to be a buddy for: the most that a host can allow.
MOST: Final = 50
_DATABASES: Final = frozenset({"sqlite", "postgres", "postgresql", "asyncpg"})
_COUNTERS: Final = frozenset({"redis", "rediss", "valkey", "valkeys"})
# Such an address holds a password, and what the start says may end up in a log.
_NEVER_REPEATED: Final = frozenset({"database_url", "counters_url"})


class Settings(BaseSettings):
    """What a host may choose. Every field's description is its line in docs/HOSTING.md."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore")

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    data: Path = Field(PROJECT / "data", description="Folder for the database and the generated keys.")
    database_url: str | None = Field(None, description="Database; by default an SQLite file in the data folder.")
    counters_url: str | None = Field(
        None, description="Valkey or Redis in which several server processes count attempts together."
    )
    idle_days: int = Field(
        90,
        ge=30,
        le=366,
        description="After how many days an account nobody uses is erased; a buddy's only after 400.",
    )
    buddies: int = Field(5, ge=1, le=MOST, description="How many buddies anybody may have at most.")
    people: int = Field(10, ge=1, le=MOST, description="For how many people anybody may be a buddy at most.")
    covers: Annotated[tuple[str, ...], NoDecode] = Field(
        ("sip", "sprout", "pantry"), description="Covers on offer, comma separated; the first is the default one."
    )
    own_covers: DirectoryPath | None = Field(None, description="Folder with covers of your own, built with the others.")
    exit_url: HttpUrl = Field(
        HttpUrl("https://worldweather.wmo.int/"),
        description="Where the exit leads in a browser tab: a page that shows nothing personal.",
    )
    hello_path: str = Field("/hello", description="Address of the page that explains the app; share it, not `/`.")
    origin: HttpUrl | None = Field(None, description="Public address of the site. With https it turns HSTS on.")
    contact: str = Field(
        "mailto:push@example.org", description="Whom a push service may write to about this server; every one sees it."
    )
    push_service: HttpUrl | None = Field(
        None, description="Origin of one more push service that may be called: your own, or one for tests."
    )
    build: Path = Field(PROJECT / "build", description="Folder with the built PWA.")
    content: DirectoryPath | None = Field(
        None, description="Folder with pages, words and help lines of your own, laid over ours."
    )

    @field_validator("covers", mode="before")
    @classmethod
    def _split_covers(cls, value: object) -> object:
        return tuple(name.strip() for name in value.split(",") if name.strip()) if isinstance(value, str) else value

    @field_validator("covers")
    @classmethod
    def _name_covers(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise ValueError("name at least one cover")
        for name in value:
            if not re.fullmatch(r"[a-z][a-z0-9-]{1,30}", name):
                raise ValueError(f"{name!r} is no name of a cover")
        return value

    @field_validator("hello_path")
    @classmethod
    def _keep_hello_apart(cls, value: str, info: ValidationInfo) -> str:
        if not re.fullmatch(r"/[A-Za-z0-9][A-Za-z0-9_-]*", value):
            raise ValueError("it must be one part, such as /hello")
        if value[1:] in {*TAKEN, *info.data.get("covers", ())}:
            raise ValueError("that address has another page already")
        return value

    @field_validator("contact")
    @classmethod
    def _name_a_contact(cls, value: str) -> str:
        if not re.fullmatch(r"mailto:[^@\s<>]+@[^@\s<>]+|https://[^@\s<>]+", value):
            raise ValueError("it must be an address such as mailto:push@example.org or https://example.org/contact")
        return value

    @field_validator("push_service")
    @classmethod
    def _name_an_origin(cls, value: HttpUrl | None) -> HttpUrl | None:
        if value is not None and (value.path != "/" or value.query or value.fragment or value.username):
            raise ValueError("it must be an origin alone, such as https://push.example.org:8443")
        return value

    @field_validator("database_url")
    @classmethod
    def _name_a_database(cls, value: str | None) -> str | None:
        if value is not None and not _is_database_address(value):
            raise ValueError("it is no database address, such as sqlite:///path or postgres://user:password@host/name")
        return value

    @field_validator("counters_url")
    @classmethod
    def _name_counters(cls, value: str | None) -> str | None:
        if value is not None and value.partition("://")[0] not in _COUNTERS:
            raise ValueError("it is no address of a Valkey or Redis, such as valkey://host:6379/0")
        return value

    @property
    def secret_file(self) -> Path:
        """The file of the host's secrets."""
        return self.data / "secret.key"

    @property
    def stopped_file(self) -> Path:
        """The file of what was stopped: it must outlive the database."""
        return self.data / "stopped"

    @property
    def own_database(self) -> Path:
        """The file that is the database where the host names no other."""
        return self.data / "nightjar.sqlite3"

    @property
    def own_push_service(self) -> str | None:
        """The origin of the host's own push service, as it stands at the beginning of its endpoints."""
        return None if self.push_service is None else str(self.push_service).rstrip("/")

    @property
    def served_over_https(self) -> bool:
        """Whether visitors reach the site over https."""
        return self.origin is not None and self.origin.scheme == "https"


def read_settings() -> Settings:
    """Read the environment; SettingsError with one line that names the wrong setting."""
    try:
        return Settings()  # type: ignore[call-arg,unused-ignore]
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        value = "" if first["loc"][0] in _NEVER_REPEATED else f" (it is {first['input']!r})"
        raise SettingsError(f"{name}: {reason}{value}") from None


def _is_database_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        # Asking for the port complains where it is no number, as in sqlite://:memory:, which would keep nothing.
        return parts.scheme in _DATABASES and parts.port != 0 and bool(parts.netloc + parts.path.strip("/"))
    except ValueError:
        return False
