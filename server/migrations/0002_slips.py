"""Slips that a locked phone may answer with, and whether a device's push service has forgotten it."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("nightjar", "0001_initial")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Slip",
            fields=[
                ("digest", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=43)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "nightjar.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="slips",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("sealed", fields.BinaryField()),
                ("erase_after", fields.BigIntField()),
            ],
            options={
                "table": "slip",
                "app": "nightjar",
                "indexes": [
                    Index(fields=["account_id"], name="slip_account"),
                    Index(fields=["erase_after"], name="slip_erase_after"),
                ],
                "pk_attr": "digest",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Device",
            name="reach_lost",
            field=fields.BooleanField(default=False, db_default=False),
        ),
    ]
