"""Connections to push services, by libcurl: HTTP/2 where a service has it, HTTP/1.1 where not.

The only file that opens a connection to another machine, and the only one that knows libcurl, which tells the event
loop what it waits for and never blocks it. (pycurl's own `AsyncCurlMulti` does the same with a future for each
transfer, which costs a twentieth of a message; this one hands over all that have ended at once.)
"""

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

import pycurl

from server.errors import SettingsError
from server.push.endpoints import is_public

_MILLISECONDS: Final = 1000
_BODY_CAP_BYTES: Final = 16 * 1024
# After an hour the name is looked up again.
_CONNECTION_LIFETIME_SECONDS: Final = 3600
_FIRST_ANSWER: Final = 200


class Limits(NamedTuple):
    """How much at once to one service, and for how long; over HTTP/2 on one connection, over HTTP/1.1 on several."""

    at_once: int = 100
    connections: int = 8
    connect_seconds: float = 10
    total_seconds: float = 30


class Trust(NamedTuple):
    """Whom to believe. `certificates` stands in for the machine's list of authorities; `connect_to` leads names
    elsewhere, as a lying DNS server does ("host:port:other-host:other-port").
    """

    certificates: Path | None = None
    connect_to: tuple[str, ...] = ()


class Call:
    """A libcurl handle, used for one request after the other to one service; what stays the same is set once."""

    def __init__(self, options: dict[int, Any], *, may_be_private: bool) -> None:
        self.curl = pycurl.Curl()
        self.curl.call = self
        self.met_private_address = False
        self._headers: tuple[str, ...] = ()
        for option, value in options.items():
            self.curl.setopt(option, value)
        if not may_be_private:
            self.curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)

    def _open_socket(self, _purpose: int, address: Any) -> socket.socket | int:  # noqa: ANN401 - pycurl has no types
        """Make the socket for a connection. The name has been looked up by now, so no DNS server can lie."""
        if not is_public(address.addr[0]):
            self.met_private_address = True
            return int(pycurl.SOCKET_BAD)
        return socket.socket(address.family, address.socktype, address.protocol)

    def prepare(self, address: str, headers: tuple[str, ...], body: bytes) -> None:
        self.met_private_address = False
        if headers is not self._headers:
            self.curl.setopt(pycurl.HTTPHEADER, headers)
            self._headers = headers
        self.curl.setopt(pycurl.URL, address)
        self.curl.setopt(pycurl.POSTFIELDS, body)

    @property
    def status(self) -> int:
        """The answer's status, or 0 without one. A body that is too long or too slow changes nothing any more."""
        status = int(self.curl.getinfo(pycurl.RESPONSE_CODE))
        return status if status >= _FIRST_ANSWER else 0

    @property
    def retry_after_seconds(self) -> int:
        """How long the service asks to wait, given in seconds or as a moment; 0 where it does not."""
        return int(self.curl.getinfo(pycurl.RETRY_AFTER))


class Connections:
    """All connections to one service, driven by the running event loop."""

    def __init__(self, limits: Limits, ended: Callable[[list[Call]], None]) -> None:
        """Call `ended` with the requests that have come to their end, well or not, a handful at a time."""
        self._loop = asyncio.get_running_loop()
        self._limits = limits
        self._ended = ended
        self._running: set[Call] = set()
        self._watched: set[int] = set()
        self._timer: asyncio.Handle | None = None
        self._knows_version = False
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_PIPELINING, pycurl.PIPE_MULTIPLEX)
        self._multi.setopt(pycurl.M_MAX_CONCURRENT_STREAMS, limits.at_once)
        self._multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, 1)
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._wake_after)

    def start(self, call: Call) -> None:
        self._running.add(call)
        self._multi.add_handle(call.curl)

    def close(self) -> None:
        """End all at once; requests that are on their way never come to their end."""
        for call in self._running:
            self._multi.remove_handle(call.curl)
            call.curl.close()
        self._running.clear()
        self._multi.close()
        self._wake_after(-1)
        for descriptor in self._watched:
            self._loop.remove_reader(descriptor)
            self._loop.remove_writer(descriptor)
        self._watched.clear()

    def _watch(self, what: int, descriptor: int, _multi: object, _data: object) -> None:
        """Wait for what libcurl says it waits for on a socket."""
        if descriptor in self._watched:
            self._loop.remove_reader(descriptor)
            self._loop.remove_writer(descriptor)
            self._watched.discard(descriptor)
        if what in {pycurl.POLL_IN, pycurl.POLL_INOUT}:
            self._loop.add_reader(descriptor, self._drive, descriptor, pycurl.CSELECT_IN)
            self._watched.add(descriptor)
        if what in {pycurl.POLL_OUT, pycurl.POLL_INOUT}:
            self._loop.add_writer(descriptor, self._drive, descriptor, pycurl.CSELECT_OUT)
            self._watched.add(descriptor)

    def _wake_after(self, milliseconds: int) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        # libcurl must not be called from within its own call, so even no time at all is a turn of the loop.
        if milliseconds == 0:
            self._timer = self._loop.call_soon(self._drive, pycurl.SOCKET_TIMEOUT, 0)
        elif milliseconds > 0:
            self._timer = self._loop.call_later(milliseconds / _MILLISECONDS, self._drive, pycurl.SOCKET_TIMEOUT, 0)

    def _drive(self, descriptor: int, events: int) -> None:
        if descriptor == pycurl.SOCKET_TIMEOUT:
            self._timer = None
        self._multi.socket_action(descriptor, events)
        _, well, badly = self._multi.info_read()
        # What libcurl says of a failure names the address and is of no use to anybody, so it goes no further.
        ended = [curl.call for curl in well] + [curl.call for curl, _code, _text in badly]
        for call in ended:
            self._running.discard(call)
            self._multi.remove_handle(call.curl)
        if ended:
            self._learn_version(ended[0])
            self._ended(ended)

    def _learn_version(self, call: Call) -> None:
        """Take more connections where each carries one request at a time."""
        if not self._knows_version and (version := call.curl.getinfo(pycurl.INFO_HTTP_VERSION)):
            self._knows_version = True
            if version < pycurl.CURL_HTTP_VERSION_2_0:
                self._multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, self._limits.connections)


def call_options(limits: Limits, trust: Trust, *, plain_http: bool) -> dict[int, Any]:
    """Return what every call has in common; SettingsError where this machine trusts nobody."""
    options = {
        pycurl.POST: 1,
        pycurl.HTTP_VERSION: pycurl.CURL_HTTP_VERSION_2TLS,
        # Share the first connection, once it is known to be HTTP/2, instead of opening one for each request.
        pycurl.PIPEWAIT: 1,
        pycurl.PROTOCOLS: pycurl.PROTO_HTTPS | (pycurl.PROTO_HTTP if plain_http else 0),
        pycurl.FOLLOWLOCATION: 0,
        # The environment's proxies would be told every endpoint.
        pycurl.PROXY: "",
        pycurl.SSL_VERIFYPEER: 1,
        pycurl.SSL_VERIFYHOST: 2,
        pycurl.CONNECTTIMEOUT_MS: int(limits.connect_seconds * _MILLISECONDS),
        pycurl.TIMEOUT_MS: int(limits.total_seconds * _MILLISECONDS),
        pycurl.MAXFILESIZE: _BODY_CAP_BYTES,
        pycurl.WRITEFUNCTION: _discard,
        pycurl.MAXLIFETIME_CONN: _CONNECTION_LIFETIME_SECONDS,
        pycurl.NOSIGNAL: 1,
    }
    return options | _authorities(trust.certificates) | _redirections(trust.connect_to)


def _authorities(certificates: Path | None) -> dict[int, str]:
    """Return where Python finds the machine's authorities: the libcurl of the package looks where it was built."""
    paths = ssl.get_default_verify_paths()
    found = {pycurl.CAINFO: certificates or paths.cafile, pycurl.CAPATH: None if certificates else paths.capath}
    if not any(found.values()):
        raise SettingsError("SSL_CERT_FILE: this machine has no list of certificate authorities (ca-certificates)")
    return {option: str(path) for option, path in found.items() if path}


def _redirections(connect_to: Iterable[str]) -> dict[int, list[str]]:
    return {pycurl.CONNECT_TO: list(connect_to)} if connect_to else {}


def _discard(_chunk: bytes) -> None:
    """Answers have no body of use."""
