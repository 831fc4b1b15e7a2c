"""Where a device is reached: kept sealed, one a device, and told once when the push service has forgotten it."""

import json
from typing import Literal, NamedTuple

from tortoise.transactions import in_transaction

from server.errors import NotFoundError, SubscriptionError
from server.holding import hold_account
from server.models import Device, Subscription, new_id
from server.push.encryption import check_keys
from server.push.endpoints import PushServices
from server.push.outbox import place_of_reach
from server.push.vapid import KeyRing, key_id
from server.sealing import HostSecrets


class Reach(NamedTuple):
    """What a browser says of its subscription (RFC 8030, RFC 8291), and the server's key that it was made with."""

    endpoint: str
    p256dh: str
    auth: str
    key: str


def check_reach(reach: Reach, services: PushServices, keys: KeyRing) -> None:
    """SubscriptionError where nothing could ever be sent with it."""
    services.origin_of(reach.endpoint)
    check_keys(reach.p256dh, reach.auth)
    if key_id(reach.key) not in keys.ids:
        raise SubscriptionError("this subscription was made with a key of another server")


async def keep_subscription(host_secrets: HostSecrets, account: str, device: str, reach: Reach) -> None:
    """Reach a device there from now on, and nowhere else."""
    plain = json.dumps({"endpoint": reach.endpoint, "p256dh": reach.p256dh, "auth": reach.auth}).encode()
    async with in_transaction():
        await hold_account(account)
        await _forget_twins(host_secrets, account, device, plain)
        kept = await Subscription.get_or_none(device_id=device)
        row, key = kept.id if kept else new_id(), key_id(reach.key)
        sealed = host_secrets.seal(place_of_reach(row), plain)
        if kept:
            # The row stays, and with it what already waits to be sent.
            await Subscription.filter(id=row).update(sealed=sealed, vapid_key=key)
        else:
            await Subscription.create(id=row, device_id=device, sealed=sealed, vapid_key=key)
        await Device.filter(id=device).update(reach_lost=False)


async def forget_subscription(account: str, device: str) -> None:
    """Reach a device no more; nothing happens if it was not reached before."""
    async with in_transaction():
        await hold_account(account)
        await Subscription.filter(device_id=device).delete()
        await Device.filter(id=device).update(reach_lost=False)


async def find_subscription(device: str) -> str:
    """Return the subscription of a device; NotFoundError if it has none."""
    found = await Subscription.filter(device_id=device).values_list("id", flat=True)
    if not found:
        raise NotFoundError
    return str(found[0])


async def tell_reach(device: str) -> Literal["none", "on", "lost"]:
    """Say whether a device is reached; that it was forgotten is said once."""
    if await Subscription.filter(device_id=device).exists():
        return "on"
    return "lost" if await Device.filter(id=device, reach_lost=True).update(reach_lost=False) else "none"


async def _forget_twins(host_secrets: HostSecrets, account: str, device: str, plain: bytes) -> None:
    """A phone that was set up anew is another device with the same address: it must not be asked twice."""
    others = Subscription.filter(device__account_id=account).exclude(device_id=device)
    for row, sealed in await others.values_list("id", "sealed"):
        if host_secrets.open(place_of_reach(row), bytes(sealed)) == plain:
            await Subscription.filter(id=row).delete()
