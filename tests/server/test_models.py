"""The list of all that the server can know is complete, and says of everything why it is kept and until when."""

import ast
from pathlib import Path

import pytest
from tortoise.fields import BinaryField
from tortoise.models import Model

from server import models
from server.resealing import SEALED
from server.settings import PROJECT

TREE = ast.parse((PROJECT / "server" / "models.py").read_text("utf-8"))
CLASSES = [node for node in TREE.body if isinstance(node, ast.ClassDef)]
TABLES = [value for value in vars(models).values() if isinstance(value, type) and issubclass(value, Model)][1:]


def fields_of(table: ast.ClassDef) -> list[tuple[str, str | None]]:
    """Give each field that is given a value, with the text below it."""
    found: list[tuple[str, str | None]] = []
    for node, after in zip(table.body, [*table.body[1:], None], strict=True):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            assert isinstance(target, ast.Name)
            says = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            found.append((target.id, str(after.value.value) if says else None))  # type: ignore[union-attr]
    return found


@pytest.mark.parametrize("table", CLASSES, ids=lambda table: table.name)
def test_every_field_says_why_it_is_kept_and_when_it_goes(table: ast.ClassDef) -> None:
    assert ast.get_docstring(table)
    assert fields_of(table)
    for name, text in fields_of(table):
        assert text, name
        assert len(text.split()) >= 5, name
        assert "Erased" in text or "Overwritten" in text, name


def test_no_moment_is_kept_as_anything_but_a_whole_number() -> None:
    for table in TABLES:
        for name, field in table._meta.fields_map.items():
            assert type(field).__name__ not in {"DatetimeField", "DateField", "TimeField", "TimeDeltaField"}, name


def test_whatever_is_sealed_is_known_to_the_rotation() -> None:
    sealed = {
        (table, name)
        for table in TABLES
        for name, field in table._meta.fields_map.items()
        if isinstance(field, BinaryField) and name.startswith("sealed")
    }
    assert sealed == set(SEALED)


def test_ids_are_random_and_say_nothing_of_order() -> None:
    ids = {models.new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {len(one) for one in ids} == {models.ID_LETTERS}


def test_there_is_no_column_for_anything_that_names_a_person() -> None:
    columns = {name for table in TABLES for name in table._meta.fields_map}
    named = ("name", "mail", "phone", "address", "agent", "ip", "country", "place", "label", "note", "text", "language")
    assert not [column for column in columns if any(part == column.split("_")[0] for part in named)]


def test_the_list_lies_where_the_host_is_told_to_look() -> None:
    assert "../server/models.py" in (PROJECT / "docs" / "HOSTING.md").read_text("utf-8")
    assert Path(models.__file__) == PROJECT / "server" / "models.py"
