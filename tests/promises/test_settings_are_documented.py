"""docs/HOSTING.md lists every setting, with the default it has and the sentence it has: no more and no less."""

import re
from pathlib import Path

from server.settings import PREFIX, PROJECT, Settings

TABLE = PROJECT / "docs" / "HOSTING.md"


def rows() -> list[tuple[str, ...]]:
    return re.findall(rf"^\| `({PREFIX}\w+)` \| (.+?) \| (.+?) \|$", TABLE.read_text("utf-8"), re.MULTILINE)


def as_a_host_would_write(value: object) -> str:
    if value is None:
        return "not set"
    if isinstance(value, Path):
        return f"`{value.relative_to(PROJECT)}`"
    if isinstance(value, tuple):
        return f"`{','.join(value)}`"
    return f"`{value}`"


def test_every_setting_is_listed_with_its_default_and_its_meaning_in_the_order_of_the_code() -> None:
    assert rows() == [
        (PREFIX + name.upper(), as_a_host_would_write(field.default), field.description)
        for name, field in Settings.model_fields.items()
    ]


def test_every_command_that_the_document_names_exists() -> None:
    named = set(re.findall(r"`?\./nightjar (\w+)", TABLE.read_text("utf-8")))
    known = (PROJECT / "server" / "__main__.py").read_text("utf-8")
    assert named == {"run", "web", "worker", "prepare", "content", "keys", "reports", "close"}
    assert all(f'"{name}": ' in known for name in named)
