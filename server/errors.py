"""Every error the server raises on purpose.

    NightjarError
    ├── SettingsError      a host setting is wrong: the start stops, naming it
    ├── BuildError         the built PWA is missing or broken: the start stops
    ├── ContentError       a content or cover file is broken: the start stops, naming file and line
    ├── RequestError       the request cannot be answered as it is; carries the status to answer with
    │   ├── CrossSiteError     a state-changing request that did not come from our own pages
    │   ├── BodyTooLargeError  a body over the limit
    │   └── RefusedError       what a phone asked for is not to be had; its answer says no more than the kind
    │       ├── UnreadableError    the body is not what this address takes
    │       │   ├── SubscriptionError  a push subscription with which nothing can be sent
    │       │   └── CheckInError       a schedule or an answer that does not have the agreed shape
    │       ├── NotSignedInError   no session, or id and secret (or words) do not fit: never which
    │       ├── NotFoundError      not there, or somebody else's: never which
    │       ├── FullError          as many as there may be
    │       └── TooOftenError      try again later; carries how much later
    ├── VisitorGoneError   the connection is gone; nobody is left to answer
    ├── SealingError       a sealed column cannot be opened, or the keys cannot be read
    └── StorageError       the database cannot be opened

Messages of the first three are for the host's terminal. No message is ever shown to a visitor: the error pages say
the same few dull words whatever happened.
"""

from http import HTTPStatus


class NightjarError(Exception):
    """Base of all errors raised on purpose."""


class SettingsError(NightjarError):
    """A host setting is wrong."""


class BuildError(NightjarError):
    """The built PWA is missing or broken."""


class ContentError(NightjarError):
    """A content or cover file is broken; the message names file and line."""


class VisitorGoneError(NightjarError):
    """The connection is gone: no fault of ours, and nobody is left to answer."""


class StorageError(NightjarError):
    """The database cannot be opened or migrated."""


class SealingError(NightjarError):
    """A sealed column cannot be opened with the keys there are, or the file of keys is not to be read."""


class RequestError(NightjarError):
    """The request cannot be answered as it is."""

    status: HTTPStatus = HTTPStatus.BAD_REQUEST


class CrossSiteError(RequestError):
    """A state-changing request that did not come from our own pages."""

    status = HTTPStatus.FORBIDDEN


class BodyTooLargeError(RequestError):
    """A request body over the limit."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class RefusedError(RequestError):
    """What a phone asked for is not to be had. `kind` is all that the answer says."""

    kind = "refused"


class UnreadableError(RefusedError):
    """The body is not what this address takes."""

    kind = "unreadable"


class SubscriptionError(UnreadableError):
    """A push subscription with which nothing can be sent: a wrong address or broken keys."""


class CheckInError(UnreadableError):
    """A schedule or an answer that does not have the agreed shape."""


class NotSignedInError(RefusedError):
    """No session, or what should open one does not fit; the answer is the same whether such an account exists."""

    status = HTTPStatus.UNAUTHORIZED
    kind = "closed"


class NotFoundError(RefusedError):
    """Not there, or somebody else's; the answer is the same."""

    status = HTTPStatus.NOT_FOUND
    kind = "nothing"


class FullError(RefusedError):
    """As many as there may be."""

    status = HTTPStatus.CONFLICT
    kind = "full"


class TooOftenError(RefusedError):
    """Asked too often; `seconds` is how long to wait."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    kind = "later"

    def __init__(self, seconds: int) -> None:
        """Say how long to wait."""
        super().__init__()
        self.seconds = seconds
