"""What phones ask for in JSON: reads it, answers it, and refuses with no more than a kind."""

import asyncio
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, Final, TypeVar, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.attempts import FOR_A_NETWORK, Attempts, Patience, network_of
from server.errors import RefusedError, TooOftenError, UnreadableError
from server.invites import Limits
from server.middleware.signed_in import session_cookie
from server.models import ID_LETTERS
from server.push.vapid import KeyFile, KeyRing
from server.recovery_words import RecoveryWords
from server.sealing import HostSecrets
from server.sessions import Begun
from server.stopping import Stopping

_NO_STORE: Final = {"cache-control": "no-store"}
_KEY_LETTERS: Final = 43


class Asked(BaseModel):
    """A body: exactly these fields, and nothing is guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _is_base64url(value: str) -> str:
    from_text(value)
    return value


Id = Annotated[str, StringConstraints(pattern=rf"^[A-Za-z0-9_-]{{{ID_LETTERS}}}$")]
"""16 bytes in base64url without padding."""
Key = Annotated[str, StringConstraints(pattern=rf"^[A-Za-z0-9_-]{{{_KEY_LETTERS}}}$"), AfterValidator(_is_base64url)]
"""32 bytes in base64url without padding."""
Text = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$"), AfterValidator(_is_base64url)]
"""Any bytes in base64url without padding."""

Body = TypeVar("Body", bound=Asked)


async def read_body(request: Request, kind: type[Body]) -> Body:
    """Return the body as what it has to be; UnreadableError if it is anything else."""
    try:
        return kind.model_validate_json(await request.body())
    except ValidationError:
        # Its message quotes the body.
        raise UnreadableError from None


def from_text(text: str) -> bytes:
    """Return the bytes of base64url without padding; ValueError if it is none."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def to_text(content: bytes) -> str:
    """Return bytes as base64url without padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def say(content: dict[str, Any]) -> Response:
    """Answer with JSON that rests in no cache."""
    return JSONResponse(content, headers=_NO_STORE)


def say_nothing() -> Response:
    """Answer that it is done."""
    return Response(status_code=204, headers=_NO_STORE)


def say_signed_in(request: Request, begun: Begun) -> Response:
    """Answer a phone that has just signed in, and give it its cookie."""
    answer = say({"account": begun.account, "device": begun.device})
    answer.headers["set-cookie"] = session_cookie(request, begun.token)
    return answer


def say_signed_out(request: Request) -> Response:
    """Answer that it is done, and take the cookie away."""
    answer = say_nothing()
    answer.headers["set-cookie"] = session_cookie(request, "")
    return answer


async def refuse(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as Starlette calls it
    """Answer a refusal: for each kind the same bytes, whatever the reason was."""
    refusal = cast(RefusedError, error)
    answer = JSONResponse({"kind": refusal.kind}, refusal.status, _NO_STORE)
    if isinstance(refusal, TooOftenError):
        answer.headers["retry-after"] = str(refusal.seconds)
    return answer


@asynccontextmanager
async def taking(seconds: float) -> AsyncIterator[None]:
    """Let what is done in here take at least so long, so that the time it takes tells nothing of what was done."""
    over = asyncio.create_task(asyncio.sleep(seconds))
    try:
        yield
    finally:
        await over


def attempts_of(request: Request) -> Attempts:
    """Return where this app counts attempts."""
    attempts: Attempts = request.app.state.attempts
    return attempts


def recovery_words_of(request: Request) -> RecoveryWords:
    """Return what checks this app's recovery words."""
    words: RecoveryWords = request.app.state.recovery_words
    return words


def host_secrets_of(request: Request) -> HostSecrets:
    """Return the keys to what this app seals."""
    secrets: HostSecrets = request.app.state.host_secrets
    return secrets


def stopping_of(request: Request) -> Stopping:
    """Return what stops pairs in this app."""
    stopping: Stopping = request.app.state.stopping
    return stopping


def limits_of(request: Request) -> Limits:
    """Return how many buddies and people this app lets anybody have."""
    limits: Limits = request.app.state.limits
    return limits


def key_ring_of(request: Request) -> KeyRing:
    """Return the keys by which push services know this app."""
    keys: KeyFile = request.app.state.keys
    return keys.ring


def network_asking(request: Request) -> str | None:
    """Return the network a request comes from; it is held in memory, for the length of a request."""
    return network_of(request.client.host if request.client else None)


async def count_attempt(request: Request, what: str, patience: Patience = FOR_A_NETWORK) -> None:
    """Count one attempt from this network; TooOftenError while it has to wait."""
    await attempts_of(request).count(what, network_asking(request), patience)
