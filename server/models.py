"""Every table: the list of all that the server can ever know. Each field says why it is kept and when it is erased.

Moments are whole seconds since 1970 in UTC, days and weeks are counted from the same start. A column named `sealed` is
AES-256-GCM under the host's key (`server/sealing.py`): a stolen database file alone does not open it. Ids are 16 random
bytes in base64url, so that neither order nor number of anything can be read from them. Whatever belongs to an account
goes with it: the database itself sees to that (ON DELETE CASCADE).

SQLite loses a table's secondary indexes when one of its columns is altered or removed (Tortoise 1.1.9), so such a
migration must make them anew; a new column that may not be empty needs `db_default`. tests/server/test_migrations.py
holds both.
"""

import secrets
from typing import Final

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

ID_LETTERS: Final = 22
_DIGEST_LETTERS: Final = 43


def new_id() -> str:
    """Draw an id that nobody can guess: 16 random bytes in base64url."""
    return secrets.token_urlsafe(16)


class Account(Model):
    """What belongs together. Erased when its owner says so, or when nobody came for as long as the host allows."""

    id = fields.CharField(ID_LETTERS, primary_key=True, default=new_id)
    """Random. Names the account to the phone, which keeps it in its vault. Erased with the account."""
    secret_digest = fields.BinaryField()
    """SHA-256 of 32 random bytes that the phone holds: lets it sign in. Erased with the account, or when replaced."""
    active_week = fields.IntField()
    """The week in which the account was last used, for erasing what lies idle; no closer, so that it tells nobody when
    she was here. Erased with the account."""

    class Meta:
        table = "account"
        # To find what lies idle.
        indexes = (Index(fields=("active_week",), name="account_active_week"),)


class Recovery(Model):
    """Lets eight words sign in on a new phone. Only where she asked for it. Erased when she takes it back."""

    id = fields.CharField(ID_LETTERS, primary_key=True, default=new_id)
    """Random. Names the row. Erased with the row."""
    account: fields.OneToOneRelation[Account] = fields.OneToOneField("nightjar.Account", related_name="recovery")
    """Whose it is. Erased with the account."""
    account_id: str
    lookup = fields.CharField(ID_LETTERS, unique=True)
    """Derived on the phone from the stretched words: finds the row, and leads to no word. Erased with the row."""
    proof_hash = fields.CharField(128)
    """Argon2id of another part derived from the words: proves that they are known. Erased with the row."""

    class Meta:
        table = "recovery"


class Device(Model):
    """One phone of an account. Erased when it signs out."""

    id = fields.CharField(ID_LETTERS, primary_key=True, default=new_id)
    """Random. Lets her own phones tell each other apart; what she calls them stays in her vault. Erased on sign-out."""
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField("nightjar.Account", related_name="devices")
    """Whose it is. Erased with the account."""
    account_id: str
    reach_lost = fields.BooleanField(default=False, db_default=False)
    """Whether its push service has forgotten it, to tell her once, since no prompt comes any more. Erased when told."""

    class Meta:
        table = "device"
        # Without it, erasing one account would read every device of all.
        indexes = (Index(fields=("account_id",), name="device_account"),)


class Session(Model):
    """A device that is signed in."""

    token_digest = fields.CharField(_DIGEST_LETTERS, primary_key=True)
    """SHA-256 of the random token in the device's cookie, in base64url. Erased on sign-out, or once it has ended."""
    device: fields.OneToOneRelation[Device] = fields.OneToOneField("nightjar.Device", related_name="session")
    """Which device it is. Erased with the device."""
    device_id: str
    ends_day = fields.IntField()
    """The day on which it ends by itself; no closer, so that it tells nobody when she was here. Erased with the row."""

    class Meta:
        table = "session"
        # To erase those that have ended.
        indexes = (Index(fields=("ends_day",), name="session_ends_day"),)


class Subscription(Model):
    """Where a device is reached by push. Erased when it signs out, turns prompts off, or the push service forgot it."""

    id = fields.CharField(ID_LETTERS, primary_key=True, default=new_id)
    """Random. Names the row to the outbox, and binds what is sealed to it. Erased with the row."""
    device: fields.OneToOneRelation[Device] = fields.OneToOneField("nightjar.Device", related_name="subscription")
    """Which device it reaches. Erased with the device."""
    device_id: str
    sealed = fields.BinaryField()
    """Endpoint, p256dh and auth of RFC 8030 and RFC 8291: without them nothing can be sent. Sealed, since whoever holds
    them can make the phone show a notification. Erased with the row."""
    vapid_key = fields.CharField(16)
    """Id of the server's own key that the phone subscribed with, to know whom a new key still has to reach. Erased with
    the row."""

    class Meta:
        table = "subscription"
        # To count who still uses an old key.
        indexes = (Index(fields=("vapid_key",), name="subscription_vapid_key"),)


class Schedule(Model):
    """When she wants to be asked. Erased when she turns prompts off."""

    id = fields.CharField(ID_LETTERS, primary_key=True, default=new_id)
    """Random. Names the row, and binds what is sealed to it. Erased with the row."""
    account: fields.OneToOneRelation[Account] = fields.OneToOneField("nightjar.Account", related_name="schedule")
    """Whose it is. Erased with the account."""
    account_id: str
    sealed = fields.BinaryField()
    """Times, days, time zone, pauses and how long to wait: the server must be able to ask while her phone is off.
    Sealed, since together they describe her day. Erased with the row, or when replaced."""
    next_due = fields.BigIntField(null=True)
    """When the next prompt is due, rounded to 5 minutes; empty while paused. In clear, since the database must find
    what is due without opening every row. Overwritten with each prompt."""

    class Meta:
        table = "schedule"
        # A tick costs what is due, not how many accounts there are.
        indexes = (Index(fields=("next_due",), name="schedule_next_due"),)


class CheckIn(Model):
    """One prompt and what came of it. Erased within a day of its end."""

    id = fields.CharField(ID_LETTERS, primary_key=True, default=new_id)
    """Random. The phone names it when it answers. Erased with the row."""
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField("nightjar.Account", related_name="check_ins")
    """Whose it is. Erased with the account."""
    account_id: str
    day = fields.IntField()
    """The day it was asked on: a prompt that is older than its day is not sent any more. Erased with the row."""
    number = fields.SmallIntField()
    """Which of the day's: with the day it makes sure that none is opened twice. Erased with the row."""
    state = fields.SmallIntField()
    """The rung it stands on, as a code of `server/checkins/ladder.py`. Erased with the row."""
    due = fields.BigIntField(null=True)
    """When its next rung is due, rounded to 5 minutes; empty once it has ended. Overwritten with each rung."""
    sealed = fields.BinaryField()
    """What else the ladder has to know, such as whether a nudge went out. Sealed. Erased with the row."""
    erase_after = fields.BigIntField(null=True)
    """Set when it ends: when it is to be erased. Erased with the row."""

    class Meta:
        table = "check_in"
        unique_together = (("account", "day", "number"),)
        # What is due, what is to be erased.
        indexes = (
            Index(fields=("due",), name="check_in_due"),
            Index(fields=("erase_after",), name="check_in_erase_after"),
        )


class AnsweredBefore(Model):
    """Answers that came already, so that a repeat, by a phone that was not told so, changes nothing. Erased in days."""

    id = fields.BigIntField(primary_key=True, generated=True)
    """A number for the database. Erased with the row."""
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField("nightjar.Account", related_name="answers")
    """Whose it is, so that nobody's answer can stand in the way of another's. Erased with the account."""
    account_id: str
    answer = fields.CharField(ID_LETTERS)
    """The id that the phone drew for its answer. Erased with the row."""
    erase_after = fields.BigIntField()
    """When no phone will repeat it any more. Erased with the row."""

    class Meta:
        table = "answered_before"
        unique_together = (("account", "answer"),)
        indexes = (Index(fields=("erase_after",), name="answered_before_erase_after"),)


class Outbox(Model):
    """One message to one device, kept until a push service has taken it, or until it would come too late."""

    id = fields.BigIntField(primary_key=True, generated=True)
    """A number for the database. Erased with the row."""
    key = fields.CharField(64, unique=True)
    """Made of check-in, rung and subscription, so that no message is made twice. Erased with the row."""
    kind = fields.SmallIntField()
    """Which of the few kinds it is, as a code of `server/push/payloads.py`. Erased with the row."""
    subscription: fields.ForeignKeyRelation[Subscription] = fields.ForeignKeyField(
        "nightjar.Subscription", related_name="messages"
    )
    """Where it goes. Erased with the subscription."""
    subscription_id: str
    check_in: fields.ForeignKeyNullableRelation[CheckIn] = fields.ForeignKeyField(
        "nightjar.CheckIn", related_name="messages", null=True
    )
    """What it is about, so that an answer can call back what has not gone out. Erased with the check-in."""
    check_in_id: str | None
    due = fields.BigIntField()
    """When to try (again). Erased with the row."""
    stale_after = fields.BigIntField()
    """When it would do more harm than good, and is dropped. Erased with the row."""
    attempts = fields.SmallIntField(default=0)
    """How often it was tried, for growing pauses. Erased with the row."""
    claimed_until = fields.BigIntField(default=0)
    """Until when one worker has it to itself; if that worker dies, another takes it afterwards. Erased with the row."""

    class Meta:
        table = "outbox"
        # A worker claims what is due and nobody else's; what is stale is dropped; the rest is for erasing.
        indexes = (
            Index(fields=("due", "claimed_until"), name="outbox_claim"),
            Index(fields=("stale_after",), name="outbox_stale_after"),
            Index(fields=("subscription_id",), name="outbox_subscription"),
            Index(fields=("check_in_id",), name="outbox_check_in"),
        )


class Slip(Model):
    """A one-time slip that a locked phone may answer with: without a session, and so without a way to look inside."""

    digest = fields.CharField(_DIGEST_LETTERS, primary_key=True)
    """SHA-256 of 32 random bytes that the phone holds, in base64url. Erased when the slip is used, or with the row."""
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField("nightjar.Account", related_name="slips")
    """Whose it is. Erased with the account."""
    account_id: str
    sealed = fields.BinaryField()
    """What it says, "here" or "come". Sealed, so that a copy of the database does not tell who would call for company.
    Erased with the row."""
    erase_after = fields.BigIntField()
    """When no phone will send it any more, in whole days. Erased with the row."""

    class Meta:
        table = "slip"
        indexes = (
            Index(fields=("account_id",), name="slip_account"),
            Index(fields=("erase_after",), name="slip_erase_after"),
        )


class Backup(Model):
    """What a phone laid by: bytes that only the eight words open. Erased when she says so."""

    id = fields.CharField(ID_LETTERS, primary_key=True, default=new_id)
    """Random. Names the row. Erased with the row."""
    account: fields.OneToOneRelation[Account] = fields.OneToOneField("nightjar.Account", related_name="backup")
    """Whose it is. Erased with the account."""
    account_id: str
    content = fields.BinaryField()
    """Encrypted on the phone and padded there to one of a few sizes, so that not even the length tells how much she
    wrote. Erased with the row, or when replaced."""

    class Meta:
        table = "backup"


class Handover(Model):
    """What one phone lays down for another of the same person's, while she adds a device. Erased within minutes."""

    lookup = fields.CharField(ID_LETTERS, primary_key=True)
    """Derived on both phones from the code that one shows and the other reads. Erased when taken, or with the row."""
    account: fields.OneToOneRelation[Account] = fields.OneToOneField("nightjar.Account", related_name="handover")
    """Whose it is, so that there is one at a time. Erased with the account."""
    account_id: str
    content = fields.BinaryField()
    """Encrypted on the phone under the code, all of one size. Erased when taken, or with the row."""
    erase_after = fields.BigIntField()
    """When the code is worth nothing any more. Erased with the row."""

    class Meta:
        table = "handover"
        indexes = (Index(fields=("erase_after",), name="handover_erase_after"),)


class Invite(Model):
    """What somebody laid down to ask another to be her buddy. It causes nothing: only a pair can be nudged."""

    lookup = fields.CharField(ID_LETTERS, primary_key=True)
    """Derived on both phones from eight words that nobody else knows. Erased with the row."""
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField("nightjar.Account", related_name="invites")
    """Who asks. Erased with the account."""
    account_id: str
    guest: fields.ForeignKeyNullableRelation[Account] = fields.ForeignKeyField(
        "nightjar.Account", related_name="accepted_invites", null=True
    )
    """Who accepted, and waits until she has compared four words with them. Erased with that account."""
    guest_id: str | None
    content = fields.BinaryField()
    """What she asks, encrypted under the words, all of one size. Erased with the row."""
    reply = fields.BinaryField(null=True)
    """The guest's half of the keys, encrypted likewise, all of one size. Erased with the row."""
    shown = fields.BinaryField(null=True)
    """Her half of the keys, laid down after the guest's, encrypted likewise. Erased with the row."""
    declined = fields.BooleanField(default=False, db_default=False)
    """Whether the answer was "not right now". Erased with the row."""
    erase_after = fields.BigIntField()
    """When the words are worth nothing any more. Erased with the row."""

    class Meta:
        table = "invite"
        indexes = (
            Index(fields=("account_id",), name="invite_account"),
            Index(fields=("guest_id",), name="invite_guest"),
            Index(fields=("erase_after",), name="invite_erase_after"),
        )


class Tie(Model):
    """One side's end of a pair. Each side can cut its own without the other's changing: it then leads nowhere."""

    id = fields.CharField(ID_LETTERS, primary_key=True, default=new_id)
    """Random, and not the id of the other end. Names the row to its owner's phone. Erased when the owner stops."""
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField("nightjar.Account", related_name="ties")
    """Whose end it is. Erased with the account."""
    account_id: str
    is_hers = fields.BooleanField()
    """Whether its owner is the one who may be looked after, to find whom to nudge. Erased with the row."""
    sealed = fields.BinaryField()
    """Which row is the other end, the buddy's replies to her, and since when it is agreed. Sealed, since it tells who
    knows whom. Erased with the row."""
    notes = fields.BinaryField(null=True)
    """At her end only: what a nudge shows this buddy, encrypted for the pair, all of one size. Erased with the row, or
    when replaced."""

    class Meta:
        table = "tie"
        indexes = (Index(fields=("account_id", "is_hers"), name="tie_account"),)


class BuddyWishes(Model):
    """How somebody wants to ask, or to be asked, as a buddy: limits, pauses, quiet hours, whose turn it is."""

    id = fields.CharField(ID_LETTERS, primary_key=True, default=new_id)
    """Random. Names the row, and binds what is sealed to it. Erased with the row."""
    account: fields.OneToOneRelation[Account] = fields.OneToOneField("nightjar.Account", related_name="buddy_wishes")
    """Whose they are. Erased with the account."""
    account_id: str
    sealed = fields.BinaryField()
    """The wishes themselves: whom to nudge must be known while every phone is off. Sealed, since they describe a day.
    Erased with the row, or when replaced."""

    class Meta:
        table = "buddy_wishes"


class Nudge(Model):
    """What a buddy was asked, for as long as it matters. Erased within a week."""

    id = fields.CharField(ID_LETTERS, primary_key=True)
    """Made of check-in, round and buddy, so that none is made twice. Erased with the row."""
    tie: fields.ForeignKeyRelation[Tie] = fields.ForeignKeyField("nightjar.Tie", related_name="nudges")
    """The buddy's end of the pair. Erased with it."""
    tie_id: str
    sealed = fields.BinaryField()
    """The note as it was encrypted for the buddy, what it is about, and what the buddy said to it. Sealed. Erased with
    the row."""
    erase_after = fields.BigIntField()
    """When it means nothing any more, in whole hours. Erased with the row."""

    class Meta:
        table = "nudge"
        indexes = (
            Index(fields=("tie_id",), name="nudge_tie"),
            Index(fields=("erase_after",), name="nudge_erase_after"),
        )


class Report(Model):
    """What somebody told the host about a pair, encrypted on the phone for the host alone. Nobody else's is added."""

    id = fields.CharField(ID_LETTERS, primary_key=True, default=new_id)
    """Random. Names the row to the host. Erased with the row."""
    content = fields.BinaryField()
    """What the reporter wrote and attached, encrypted for the host's report key, in one of a few sizes. Erased with the
    row."""
    sealed = fields.BinaryField()
    """The random id of the account that it is about, so that the host can close it. Sealed. Erased with the row."""
    erase_after = fields.BigIntField()
    """When the host has had time enough, in whole days. Erased with the row, or when the host has dealt with it."""

    class Meta:
        table = "report"
        indexes = (Index(fields=("erase_after",), name="report_erase_after"),)


class Heartbeat(Model):
    """When a worker last looked at what is due. Nothing of anybody's: a gap tells the server that it was down."""

    worker = fields.CharField(ID_LETTERS, primary_key=True)
    """Names what was done, not the machine: one row for all workers. Erased a week after the last beat."""
    at = fields.BigIntField()
    """When it was last awake. Overwritten with each beat."""

    class Meta:
        table = "heartbeat"
        indexes = (Index(fields=("at",), name="heartbeat_at"),)
