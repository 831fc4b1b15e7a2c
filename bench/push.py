"""CPU that a push costs the sending process: encrypted, signed, sent over TLS and HTTP/2 to a service on the loopback.

    .venv/bin/python -m bench.push [rounds]

Beside ours, in the same rounds and each in a process of its own: npm `web-push` with its default agent, `pywebpush`
(asynchronous, shared session, HTTP/1.1, which is all it speaks), and the bare cryptography in Python, without which no
message can be. Every message goes to another subscription. Figures are medians, ratios medians of ratios within one
round, since a busy machine slows all of them. Goals: at most 1/5 of web-push, 1/2 of pywebpush, and twice the bare
cryptography. The last line is JSON, in microseconds.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from server.push.delivery import TTL_SECONDS
from server.push.payloads import PAYLOAD_BYTES
from server.push.vapid import FILE, open_key_ring
from tests.server.push.certificates import make_certificate
from tests.server.push.phone import Phone

PEERS = Path(__file__).resolve().parent / "push_peers"
SUBJECT = "mailto:push@example.org"
SUBSCRIPTIONS, WARM_UP = 4000, 400
# The most that ours may cost, as a share of theirs.
GOALS = {"web_push": 1 / 5, "pywebpush": 1 / 2, "crypto": 2.0}


def main(rounds: int) -> bool:
    if not (PEERS / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--silent", "--no-audit"], cwd=PEERS, check=True)
    with tempfile.TemporaryDirectory() as folder, _sink(Path(folder)) as (origin, certificate):
        job = _write_job(Path(folder), origin, certificate)
        python = [sys.executable, "-m", "bench.push_peers.senders"]
        commands = {
            "nightjar": [*python, "nightjar"],
            "web_push": ["node", str(PEERS / "web_push.mjs")],
            "pywebpush": [*python, "pywebpush"],
            "crypto": [*python, "crypto"],
        }
        names = list(commands)
        spent: dict[str, list[float]] = {name: [] for name in names}
        for number in range(rounds):
            # Nobody always goes first.
            for name in names[number % len(names) :] + names[: number % len(names)]:
                spent[name].append(_run([*commands[name], str(job)], certificate))
    return _report(spent)


@contextmanager
def _sink(folder: Path) -> Iterator[tuple[str, Path]]:
    key, certificate = make_certificate(folder)
    command = ["node", str(PEERS / "sink.mjs"), str(key), str(certificate)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sink:
        assert sink.stdout
        yield f"https://127.0.0.1:{int(sink.stdout.readline())}", certificate
        sink.terminate()


def _write_job(folder: Path, origin: str, certificate: Path) -> Path:
    """Subscriptions with addresses as long as real ones, each with keys of its own, and a key to sign with for all."""
    ring = open_key_ring(folder, SUBJECT)
    private = load_pem_private_key((folder / FILE).read_bytes(), None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    number = private.private_numbers().private_value.to_bytes(32)
    phones = [Phone() for _ in range(SUBSCRIPTIONS)]
    job: dict[str, Any] = {
        "origin": origin,
        "folder": str(folder),
        "certificate": str(certificate),
        "subject": SUBJECT,
        "publicKey": ring.public_key,
        "privateNumber": urlsafe_b64encode(number).rstrip(b"=").decode(),
        "payloadBytes": PAYLOAD_BYTES,
        "ttl": TTL_SECONDS,
        "warmUp": WARM_UP,
        "subscriptions": [
            {"endpoint": f"{origin}/fcm/send/{'x' * 140}{number:06d}", "p256dh": phone.p256dh, "auth": phone.auth}
            for number, phone in enumerate(phones)
        ],
    }
    file = folder / "job.json"
    file.write_text(json.dumps(job), "utf-8")
    return file


def _run(command: list[str], certificate: Path) -> float:
    environment = {**os.environ, "NODE_EXTRA_CA_CERTS": str(certificate)}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return float(done.stdout)


def _report(spent: dict[str, list[float]]) -> bool:
    good = True
    for name, values in spent.items():
        line = f"{name:10s} {statistics.median(values):7.1f} us a message ({min(values):.1f} to {max(values):.1f})"
        if name in GOALS:
            ratios = [ours / theirs for ours, theirs in zip(spent["nightjar"], values, strict=True)]
            ratio = statistics.median(ratios)
            missed = ratio > GOALS[name]
            good = good and not missed
            line += f"  ours is {ratio:.3f} of it ({min(ratios):.3f} to {max(ratios):.3f})"
            line += f", goal {GOALS[name]:.2f}{'  MISSED' * missed}"
        print(line)
    print(json.dumps({f"{name}_cpu_us": round(statistics.median(values), 1) for name, values in spent.items()}))
    return good


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 5) else 1)
