"""The first tables: accounts and what belongs to them, check-ins, and the outbox."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from server.models import new_id


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Account",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_id, unique=True, db_index=True, max_length=22)),
                ("secret_digest", fields.BinaryField()),
                ("active_week", fields.IntField()),
            ],
            options={
                "table": "account",
                "app": "nightjar",
                "indexes": [Index(fields=["active_week"], name="account_active_week")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AnsweredBefore",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "nightjar.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="answers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("answer", fields.CharField(max_length=22)),
                ("erase_after", fields.BigIntField()),
            ],
            options={
                "table": "answered_before",
                "app": "nightjar",
                "unique_together": (("account", "answer"),),
                "indexes": [Index(fields=["erase_after"], name="answered_before_erase_after")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Backup",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_id, unique=True, db_index=True, max_length=22)),
                (
                    "account",
                    fields.OneToOneField(
                        "nightjar.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="backup",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("content", fields.BinaryField()),
            ],
            options={"table": "backup", "app": "nightjar", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CheckIn",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_id, unique=True, db_index=True, max_length=22)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "nightjar.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="check_ins",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("day", fields.IntField()),
                ("number", fields.SmallIntField()),
                ("state", fields.SmallIntField()),
                ("due", fields.BigIntField(null=True)),
                ("sealed", fields.BinaryField()),
                ("erase_after", fields.BigIntField(null=True)),
            ],
            options={
                "table": "check_in",
                "app": "nightjar",
                "unique_together": (("account", "day", "number"),),
                "indexes": [
                    Index(fields=["due"], name="check_in_due"),
                    Index(fields=["erase_after"], name="check_in_erase_after"),
                ],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Device",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_id, unique=True, db_index=True, max_length=22)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "nightjar.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="devices",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "device",
                "app": "nightjar",
                "indexes": [Index(fields=["account_id"], name="device_account")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Handover",
            fields=[
                ("lookup", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=22)),
                (
                    "account",
                    fields.OneToOneField(
                        "nightjar.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="handover",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("content", fields.BinaryField()),
                ("erase_after", fields.BigIntField()),
            ],
            options={
                "table": "handover",
                "app": "nightjar",
                "indexes": [Index(fields=["erase_after"], name="handover_erase_after")],
                "pk_attr": "lookup",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Heartbeat",
            fields=[
                ("worker", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=22)),
                ("at", fields.BigIntField()),
            ],
            options={
                "table": "heartbeat",
                "app": "nightjar",
                "indexes": [Index(fields=["at"], name="heartbeat_at")],
                "pk_attr": "worker",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Recovery",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_id, unique=True, db_index=True, max_length=22)),
                (
                    "account",
                    fields.OneToOneField(
                        "nightjar.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="recovery",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("lookup", fields.CharField(unique=True, max_length=22)),
                ("proof_hash", fields.CharField(max_length=128)),
            ],
            options={"table": "recovery", "app": "nightjar", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Schedule",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_id, unique=True, db_index=True, max_length=22)),
                (
                    "account",
                    fields.OneToOneField(
                        "nightjar.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="schedule",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("sealed", fields.BinaryField()),
                ("next_due", fields.BigIntField(null=True)),
            ],
            options={
                "table": "schedule",
                "app": "nightjar",
                "indexes": [Index(fields=["next_due"], name="schedule_next_due")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                ("token_digest", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=43)),
                (
                    "device",
                    fields.OneToOneField(
                        "nightjar.Device",
                        source_field="device_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="session",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("ends_day", fields.IntField()),
            ],
            options={
                "table": "session",
                "app": "nightjar",
                "indexes": [Index(fields=["ends_day"], name="session_ends_day")],
                "pk_attr": "token_digest",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Subscription",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_id, unique=True, db_index=True, max_length=22)),
                (
                    "device",
                    fields.OneToOneField(
                        "nightjar.Device",
                        source_field="device_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="subscription",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("sealed", fields.BinaryField()),
                ("vapid_key", fields.CharField(max_length=16)),
            ],
            options={
                "table": "subscription",
                "app": "nightjar",
                "indexes": [Index(fields=["vapid_key"], name="subscription_vapid_key")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Outbox",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("key", fields.CharField(unique=True, max_length=64)),
                ("kind", fields.SmallIntField()),
                (
                    "subscription",
                    fields.ForeignKeyField(
                        "nightjar.Subscription",
                        source_field="subscription_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="messages",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "check_in",
                    fields.ForeignKeyField(
                        "nightjar.CheckIn",
                        source_field="check_in_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="messages",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("due", fields.BigIntField()),
                ("stale_after", fields.BigIntField()),
                ("attempts", fields.SmallIntField(default=0)),
                ("claimed_until", fields.BigIntField(default=0)),
            ],
            options={
                "table": "outbox",
                "app": "nightjar",
                "indexes": [
                    Index(fields=["due", "claimed_until"], name="outbox_claim"),
                    Index(fields=["stale_after"], name="outbox_stale_after"),
                    Index(fields=["subscription_id"], name="outbox_subscription"),
                    Index(fields=["check_in_id"], name="outbox_check_in"),
                ],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
