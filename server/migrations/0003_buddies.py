"""Buddies: invites, the two ends of each pair, wishes, nudges, and reports to the host."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from server.models import new_id


class Migration(migrations.Migration):
    dependencies = [("nightjar", "0002_slips")]

    initial = False

    operations = [
        ops.CreateModel(
            name="BuddyWishes",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_id, unique=True, db_index=True, max_length=22)),
                (
                    "account",
                    fields.OneToOneField(
                        "nightjar.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="buddy_wishes",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("sealed", fields.BinaryField()),
            ],
            options={"table": "buddy_wishes", "app": "nightjar", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Invite",
            fields=[
                ("lookup", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=22)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "nightjar.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="invites",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "guest",
                    fields.ForeignKeyField(
                        "nightjar.Account",
                        source_field="guest_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="accepted_invites",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("content", fields.BinaryField()),
                ("reply", fields.BinaryField(null=True)),
                ("shown", fields.BinaryField(null=True)),
                ("declined", fields.BooleanField(default=False, db_default=False)),
                ("erase_after", fields.BigIntField()),
            ],
            options={
                "table": "invite",
                "app": "nightjar",
                "indexes": [
                    Index(fields=["account_id"], name="invite_account"),
                    Index(fields=["guest_id"], name="invite_guest"),
                    Index(fields=["erase_after"], name="invite_erase_after"),
                ],
                "pk_attr": "lookup",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Report",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_id, unique=True, db_index=True, max_length=22)),
                ("content", fields.BinaryField()),
                ("sealed", fields.BinaryField()),
                ("erase_after", fields.BigIntField()),
            ],
            options={
                "table": "report",
                "app": "nightjar",
                "indexes": [Index(fields=["erase_after"], name="report_erase_after")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Tie",
            fields=[
                ("id", fields.CharField(primary_key=True, default=new_id, unique=True, db_index=True, max_length=22)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "nightjar.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="ties",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("is_hers", fields.BooleanField()),
                ("sealed", fields.BinaryField()),
                ("notes", fields.BinaryField(null=True)),
            ],
            options={
                "table": "tie",
                "app": "nightjar",
                "indexes": [Index(fields=["account_id", "is_hers"], name="tie_account")],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Nudge",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=22)),
                (
                    "tie",
                    fields.ForeignKeyField(
                        "nightjar.Tie",
                        source_field="tie_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="nudges",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("sealed", fields.BinaryField()),
                ("erase_after", fields.BigIntField()),
            ],
            options={
                "table": "nudge",
                "app": "nightjar",
                "indexes": [
                    Index(fields=["tie_id"], name="nudge_tie"),
                    Index(fields=["erase_after"], name="nudge_erase_after"),
                ],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
