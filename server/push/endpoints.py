"""Which addresses a push may go to. Whoever has an account chooses one, so it is a way into the host's own network.

Three gates, each enough for most attacks: the address as text (`PushServices.origin_of`, when it is stored and again
when it is called), the network address that its name led to (`is_public`, for every connection), no redirects.
"""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

from server.errors import SubscriptionError

# One text for all: which rule it broke is nothing that the sender of a wrong one needs to know.
_REFUSED: Final = "this is no address of a push service"
_LONGEST_ENDPOINT: Final = 1024

# Text as browsers write it, and nothing else: no user info, no escaped or foreign letters in the name, no fragment,
# no character that two readers of addresses could take differently.
_ENDPOINT: Final = re.compile(
    r"(?P<origin>https?://(?P<host>[a-z0-9.-]+)(?::[0-9]{1,5})?)/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]+", re.ASCII
)
_HOSTS: Final = frozenset({"fcm.googleapis.com", "web.push.apple.com"})
# One or more labels before these.
_DOMAINS: Final = ("push.services.mozilla.com", "push.apple.com", "notify.windows.com")
_HOST: Final = re.compile(
    "|".join([*map(re.escape, sorted(_HOSTS)), *(rf"(?:[a-z0-9-]+\.)+{re.escape(domain)}" for domain in _DOMAINS)])
)


class PushServices:
    """The services on the list, and one more where the host has named one (`NIGHTJAR_PUSH_SERVICE`)."""

    def __init__(self, own: str | None = None) -> None:
        """Take the origin of the host's own service, such as http://127.0.0.1:9000, without a slash at its end."""
        self._own = own

    def origin_of(self, endpoint: str) -> str:
        """Return the origin (scheme, host, port unless 443) of an allowed endpoint; SubscriptionError for any other."""
        match = _ENDPOINT.fullmatch(endpoint) if len(endpoint) <= _LONGEST_ENDPOINT else None
        if match is None:
            raise SubscriptionError(_REFUSED)
        if self.is_own(match["origin"]):
            return match["origin"]
        host = match["host"]
        if match["origin"] not in {f"https://{host}", f"https://{host}:443"} or not _HOST.fullmatch(host):
            raise SubscriptionError(_REFUSED)
        return f"https://{host}"

    def is_own(self, origin: str) -> bool:
        """Whether this is the service the host has named: that one may lie in the host's own network."""
        return self._own is not None and origin == self._own

    @property
    def allows_plain_http(self) -> bool:
        """Whether the host's own service is called without TLS."""
        return self._own is not None and self._own.startswith("http:")


# IANA's special-purpose registry: everything that is not somebody's public address.
_SPECIAL: Final = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
]
# In IPv6 it is the other way round: one block is public, less what is special in it (Teredo and other protocols,
# documentation, 6to4, which would carry any IPv4 address). Mapped and link-local addresses all lie outside of it.
_PUBLIC: Final = IPv6Network("2000::/3")
_NOT_PUBLIC: Final = [IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
# A network without IPv4 reaches it through this prefix; the last four bytes are the IPv4 address.
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether a numeric address is one on the public Internet; False for anything that is no numeric address."""
    try:
        number = ip_address(address)
    except ValueError:
        return False
    if isinstance(number, IPv6Address):
        if number in _TRANSLATED:
            number = IPv4Address(number.packed[-4:])
        else:
            return number in _PUBLIC and not any(number in network for network in _NOT_PUBLIC)
    return not any(number in network for network in _SPECIAL)
