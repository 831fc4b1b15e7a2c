"""Which addresses may be called: the push services of the browsers, whatever else somebody types."""

import pytest

from server.errors import SubscriptionError
from server.push.endpoints import PushServices, is_public
from tests.server.push.hostile import hostile_endpoints

NOT_PUBLIC = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1
    172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9
    224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::10.0.0.1
    64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:10::1 2001:db8::1 2002:7f00:1:: 2002:a00:1::1 3fff::1 5f00::1
    fc00::1 fd00::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
    localhost 127.1 0x7f.1 8.8.8.8/32
"""
OWN = "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    ("endpoint", "origin"),
    [
        ("https://fcm.googleapis.com/fcm/send/cAbc-_1:APA91b", "https://fcm.googleapis.com"),
        ("https://fcm.googleapis.com:443/wp/abc", "https://fcm.googleapis.com"),
        ("https://updates.push.services.mozilla.com/wpush/v2/gAAA_-=", "https://updates.push.services.mozilla.com"),
        ("https://a.b.push.services.mozilla.com/x", "https://a.b.push.services.mozilla.com"),
        ("https://web.push.apple.com/QNx", "https://web.push.apple.com"),
        ("https://api.push.apple.com/3/x", "https://api.push.apple.com"),
        ("https://wns2-par02p.notify.windows.com/w/?token=BQY%3d%2b", "https://wns2-par02p.notify.windows.com"),
    ],
)
def test_the_push_services_of_the_browsers_may_be_called(endpoint: str, origin: str) -> None:
    assert PushServices().origin_of(endpoint) == origin


def test_there_are_two_hundred_hostile_addresses_at_least() -> None:
    assert len(hostile_endpoints()) >= 200


@pytest.mark.parametrize("services", [PushServices(), PushServices(OWN)], ids=["alone", "with the host's own"])
def test_no_hostile_address_is_taken(services: PushServices) -> None:
    def says_of(endpoint: str) -> str:
        try:
            return f"takes {endpoint!r} as {services.origin_of(endpoint)}"
        except SubscriptionError as refusal:
            return str(refusal)

    assert {says_of(endpoint) for endpoint in hostile_endpoints()} == {"this is no address of a push service"}


def test_the_hosts_own_service_is_one_more_and_nothing_beside_it() -> None:
    services = PushServices(OWN)

    assert services.origin_of(f"{OWN}/wpush/v2/x") == OWN
    assert services.origin_of("https://fcm.googleapis.com/x") == "https://fcm.googleapis.com"
    for other in (
        "http://127.0.0.1:9001/x",
        "http://127.0.0.1/x",
        "https://127.0.0.1:9000/x",
        "http://127.0.0.1:90000/x",
    ):
        with pytest.raises(SubscriptionError):
            services.origin_of(other)


def test_plain_http_is_for_a_service_that_the_host_named_so() -> None:
    assert PushServices(OWN).allows_plain_http
    assert not PushServices("https://push.example.org").allows_plain_http
    assert not PushServices().allows_plain_http


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "142.250.1.95", "1.1.1.1", "172.15.0.1", "2a00:1450:4001::5f", "2606::1", "64:ff9b::8.8.8.8"]
)
def test_addresses_of_the_public_internet_are_connected_to(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC.split())
def test_no_other_address_is_connected_to(address: str) -> None:
    assert not is_public(address)
