"""Many people on one host, each reached on one phone, whose prompts all fall into the same minute."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice

from server.checkin_store import Times
from server.checkins.check_in import BUCKET_SECONDS, LadderSettings
from server.checkins.schedule import JITTER_SECONDS, Schedule, next_slot
from server.models import new_id
from server.push.vapid import open_key_ring
from server.sealing import HostSecrets, Place
from server.settings import Settings
from tests.server.push.phone import Phone

MINUTE = 60
# A prompt comes up to JITTER_SECONDS later than the time that somebody chose; the middle leaves room on both sides.
_CHOSEN_BEFORE = JITTER_SECONDS // 2 // MINUTE * MINUTE
# Nobody uses an account in a bench, and none is to be erased as idle.
_WEEK = 99_999


def fill(settings: Settings, origin: str, people: int, minute: int) -> list[str]:
    """Write rows as the server does, for prompts at seconds of that minute; return the names, in the order of phones.

    `minute` is its first second. Person n has the endpoint `<origin>/<n>`; account, device, subscription and schedule
    of one person have one name. All phones share one pair of keys, since only the service would know the difference.
    """
    secrets, phone = HostSecrets(settings.secret_file), Phone()
    key = open_key_ring(settings.data, settings.contact).current_id
    due = minute // BUCKET_SECONDS * BUCKET_SECONDS
    names = []
    with closing(sqlite3.connect(settings.own_database)) as connection, connection:
        for number, times in enumerate(islice(_times_of(minute), people)):
            name = new_id()
            names.append(name)
            sealed = secrets.seal(Place("schedule", "sealed", name), times.model_dump_json().encode().ljust(508))
            reach = {"endpoint": f"{origin}/{number}", "p256dh": phone.p256dh, "auth": phone.auth}
            reached = secrets.seal(Place("subscription", "sealed", name), json.dumps(reach).encode())
            connection.execute("INSERT INTO account VALUES (?, x'00', ?)", (name, _WEEK))
            connection.execute("INSERT INTO device (id, account_id) VALUES (?, ?)", (name, name))
            connection.execute(
                "INSERT INTO subscription (id, device_id, sealed, vapid_key) VALUES (?, ?, ?, ?)",
                (name, name, reached, key),
            )
            connection.execute(
                "INSERT INTO schedule (id, account_id, sealed, next_due) VALUES (?, ?, ?, ?)",
                (name, name, sealed, due),
            )
    return names


def _times_of(minute: int) -> Iterator[Times]:
    """Yield endless schedules with seeds of their own whose next prompt comes within the minute: one seed in seven."""
    chosen = minute - _CHOSEN_BEFORE
    clock = time.strftime("%H:%M", time.gmtime(chosen))
    schedule = Schedule(zone="UTC", times=(clock,), days=(1, 2, 3, 4, 5, 6, 7))
    while True:
        seed, seen = new_id(), chosen - MINUTE
        slot = next_slot(schedule, seen, seed.encode())
        if slot and minute <= slot.prompt_at < minute + MINUTE:
            yield Times(schedule=schedule, ladder=LadderSettings(), nudge=False, seed=seed, seen=seen)
