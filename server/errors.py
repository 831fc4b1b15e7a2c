"""Every error the server raises on purpose.

    NightjarError
    ├── SettingsError      a host setting is wrong: the start stops, naming it
    ├── BuildError         the built PWA is missing or broken: the start stops
    ├── ContentError       a content or cover file is broken: the start stops, naming file and line
    ├── RequestError       the request cannot be answered as it is; carries the status to answer with
    │   ├── CrossSiteError     a state-changing request that did not come from our own pages
    │   ├── BodyTooLargeError  a body over the limit
    │   └── CheckInError       a schedule or an answer that does not have the agreed shape
    ├── VisitorGoneError   the connection is gone; nobody is left to answer
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


class RequestError(NightjarError):
    """The request cannot be answered as it is."""

    status: HTTPStatus = HTTPStatus.BAD_REQUEST


class CrossSiteError(RequestError):
    """A state-changing request that did not come from our own pages."""

    status = HTTPStatus.FORBIDDEN


class BodyTooLargeError(RequestError):
    """A request body over the limit."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class CheckInError(RequestError):
    """A schedule or an answer that does not have the agreed shape; the message names the field and repeats no value."""
