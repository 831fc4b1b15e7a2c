"""The senders in Python. Prints microseconds of CPU a message: user and system, all threads, after a warm-up.

.venv/bin/python -m bench.push_peers.senders nightjar|pywebpush|crypto JOB
"""

import asyncio
import hmac
import json
import os
import resource
import ssl
import sys
from base64 import urlsafe_b64decode
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pywebpush
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid

from server.push.answers import Result
from server.push.connections import Trust
from server.push.delivery import Courier, Message
from server.push.endpoints import PushServices
from server.push.payloads import Kind
from server.push.vapid import open_key_ring

AT_ONCE = 50
Job = dict[str, Any]
Send = Callable[[list[dict[str, str]]], Awaitable[None]]


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def measure(job: Job, send: Send) -> float:
    """Return microseconds of CPU a message."""
    await send(job["subscriptions"][: job["warmUp"]])
    before = cpu_seconds()
    await send(job["subscriptions"])
    return (cpu_seconds() - before) / len(job["subscriptions"]) * 1e6


async def nightjar(job: Job) -> float:
    ring = open_key_ring(Path(job["folder"]), job["subject"])
    courier = Courier(PushServices(job["origin"]), ring, trust=Trust(Path(job["certificate"])))

    async def send(subscriptions: list[dict[str, str]]) -> None:
        messages = [
            Message(number, one["endpoint"], one["p256dh"], one["auth"], ring.current_id, Kind.PROMPT)
            for number, one in enumerate(subscriptions)
        ]
        delivered = 0
        async for outcomes in courier.send(messages):
            delivered += sum(outcome.result is Result.DELIVERED for outcome in outcomes)
        assert delivered == len(messages)

    spent = await measure(job, send)
    await courier.close()
    return spent


async def pywebpush_shared_session(job: Job) -> float:
    """pywebpush as fast as its own interface allows: asynchronous, one session, the key read once, fifty at once."""
    vapid = Vapid.from_file(str(Path(job["folder"]) / "push-keys.pem"))
    payload = bytes(job["payloadBytes"])
    trust = ssl.create_default_context(cafile=job["certificate"])
    connector = aiohttp.TCPConnector(limit=AT_ONCE, ssl=trust)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def work(subscriptions: Iterator[dict[str, str]]) -> None:
            for one in subscriptions:
                keys: dict[str, str | bytes] = {"p256dh": one["p256dh"], "auth": one["auth"]}
                answer = await pywebpush.webpush_async(
                    {"endpoint": one["endpoint"], "keys": keys},
                    data=payload,  # type: ignore[arg-type,unused-ignore]
                    vapid_private_key=vapid,
                    vapid_claims={"sub": job["subject"]},
                    ttl=job["ttl"],
                    headers={"urgency": "high"},
                    aiohttp_session=session,
                )
                assert answer.status == 201
                answer.release()

        async def send(subscriptions: list[dict[str, str]]) -> None:
            shared = iter(subscriptions)
            await asyncio.gather(*(work(shared) for _ in range(AT_ONCE)))

        return await measure(job, send)


async def crypto_alone(job: Job) -> float:
    """What no sender in Python gets around (RFC 8291): a key pair, an agreement, five HMACs and a cipher a message."""
    curve, agree, payload = ec.SECP256R1(), ec.ECDH(), bytes(job["payloadBytes"])
    decoded = {
        one["endpoint"]: (urlsafe_b64decode(one["p256dh"] + "="), urlsafe_b64decode(one["auth"] + "=="))
        for one in job["subscriptions"]
    }

    async def send(subscriptions: list[dict[str, str]]) -> None:
        for one in subscriptions:
            phone, secret = decoded[one["endpoint"]]
            key = ec.generate_private_key(curve)
            own = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
            shared = key.exchange(agree, ec.EllipticCurvePublicKey.from_encoded_point(curve, phone))
            first = hmac.digest(secret, shared, "sha256")
            second = hmac.digest(first, b"WebPush: info\0" + phone + own + b"\1", "sha256")
            salt = os.urandom(16)
            third = hmac.digest(salt, second, "sha256")
            content_key = hmac.digest(third, b"Content-Encoding: aes128gcm\0\1", "sha256")[:16]
            nonce = hmac.digest(third, b"Content-Encoding: nonce\0\1", "sha256")[:12]
            AESGCM(content_key).encrypt(nonce, payload + b"\2", None)

    return await measure(job, send)


SENDERS = {"nightjar": nightjar, "pywebpush": pywebpush_shared_session, "crypto": crypto_alone}

if __name__ == "__main__":
    print(asyncio.run(SENDERS[sys.argv[1]](json.loads(Path(sys.argv[2]).read_text("utf-8")))))
