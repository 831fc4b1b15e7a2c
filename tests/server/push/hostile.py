"""More than two hundred addresses to which no push may go, in the notations that their readers disagree about."""

from collections.abc import Iterator
from ipaddress import IPv4Address

PRIVATE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.5.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - nobody listens there: it is called
    "224.0.0.1",
]
REAL = "fcm.googleapis.com"
PATH = "/fcm/send/x"
LOOK_ALIKE_HOSTS = [
    "fcm.googleapis.com.evil.example",
    "fcm-googleapis.com",
    "fcm.googleapis.co",
    "fcm.googleapis.com.",
    "xfcm.googleapis.com",
    "evil.fcm.googleapis.com",
    "googleapis.com",
    "storage.googleapis.com",
    "FCM.googleapis.com",
    "fcm\u3002googleapis.com",  # an ideographic full stop
    "\uff46cm.googleapis.com",  # a full-width letter
    "fcm.google\u0430pis.com",  # a Cyrillic letter
    "fcm.xn--googlepis-86h.com",
    "fcm.goog\u00adleapis.com",  # a soft hyphen, dropped by some
    "push.services.mozilla.com",
    ".push.services.mozilla.com",
    "a..push.services.mozilla.com",
    "-push.services.mozilla.com",
    "xpush.services.mozilla.com",
    "updates.push.services.mozilla.com.evil.example",
    "updates.push.services.mozilla.org",
    "updates_push.services.mozilla.com",
    "notify.windows.com",
    "wns2.notify.windows.com.evil.example",
    "wns2.notify-windows.com",
    "windows.com",
    "push.apple.com",
    "web.push.apple.com.evil.example",
    "webpush.apple.com",
    "apple.com",
    "localhost",
    "localhost.localdomain",
    "ip6-localhost",
    "metadata.google.internal",
    "127.0.0.1.nip.io",
    "localtest.me",
    "intranet",
    "evil.example",
]


def _notations(address: str) -> Iterator[str]:
    number = int(IPv4Address(address))
    parts = address.split(".")
    yield address
    yield str(number)
    yield hex(number)
    yield f"0{number:o}"
    yield ".".join(f"0{int(part):o}" for part in parts)
    yield ".".join(hex(int(part)) for part in parts)
    yield f"{parts[0]}.{number & 0xFFFFFF}"
    yield f"{parts[0]}.{parts[1]}.{number & 0xFFFF}"
    yield f"{hex(int(parts[0]))}.{number & 0xFFFFFF}"
    yield ".".join(f"{int(part):03d}" for part in parts)
    yield f"{address}."
    yield f"[::ffff:{address}]"
    yield f"[::ffff:{number >> 16:x}:{number & 0xFFFF:x}]"
    yield f"[::{address}]"
    yield f"[64:ff9b::{address}]"
    yield f"[2002:{number >> 16:x}:{number & 0xFFFF:x}::1]"
    yield "".join(chr(0xFF10 + int(sign)) if sign.isdigit() else sign for sign in address)  # full-width digits
    yield address.replace(".", "\u3002")
    yield address.replace(".", "%2e")


def _authorities() -> Iterator[str]:
    for user in ("user", "user:password", "%00", "evil.example", "", ":"):
        yield f"{user}@{REAL}"
        yield f"{REAL}@{user or '127.0.0.1'}"
    yield f"{REAL}:443@127.0.0.1"
    yield f"127.0.0.1#@{REAL}"
    yield f"127.0.0.1\\@{REAL}"
    yield f"{REAL}\\@127.0.0.1"
    yield f"127.0.0.1%23.{REAL}"
    yield f"127.0.0.1%00.{REAL}"
    yield f"127.0.0.1 .{REAL}"
    yield f"{REAL}%2f@127.0.0.1"
    yield f"{REAL}&@127.0.0.1"
    for port in (
        "80",
        "22",
        "444",
        "8443",
        "0",
        "00443",
        "4430",
        "65536",
        "99999999",
        "-1",
        "443:443",
        "+443",
        " 443",
        "",
    ):
        yield f"{REAL}:{port}"


def _wholes() -> Iterator[str]:
    for scheme in ("http", "ftp", "file", "gopher", "dict", "javascript", "HTTPS", "https+unix", "wss", "data"):
        yield f"{scheme}://{REAL}{PATH}"
    yield from ("", " ", "/", PATH, REAL, f"//{REAL}{PATH}", f"https:{REAL}{PATH}", f"https:/{REAL}{PATH}")
    yield from (f"https:///{REAL}{PATH}", f"https:\\\\{REAL}{PATH}", f"https://{REAL}", f"https://{REAL}/")
    yield from (
        f" https://{REAL}{PATH}",
        f"https://{REAL}{PATH} ",
        f"https://{REAL}{PATH}\n",
        f"\thttps://{REAL}{PATH}",
    )
    yield from (
        f"https://{REAL}{PATH}\r\nHost: evil.example",
        f"https://{REAL}{PATH}#x",
        f"https://{REAL}?@127.0.0.1/x",
    )
    yield from (
        f"https://{REAL}\t{PATH}",
        f"https://{REAL}/\\x",
        f"https://{REAL}/a b",
        f"https://{REAL}/é",
        "https:// /x",
    )
    yield from (f"https://{REAL}/\0", f"https://{REAL}/{{x}}", f"https://{REAL}/" + "x" * 1024, "https://[::1]/x")
    for host in (
        "::",
        "::1",
        "fe80::1",
        "fe80::1%25eth0",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "0:0:0:0:0:0:0:1",
        "2001::1",
    ):
        yield f"https://[{host}]{PATH}"


def hostile_endpoints() -> list[str]:
    hosts = [*LOOK_ALIKE_HOSTS, *_authorities(), *(form for address in PRIVATE for form in _notations(address))]
    return list(dict.fromkeys([*(f"https://{host}{PATH}" for host in hosts), *_wholes()]))
