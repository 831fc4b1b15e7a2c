"""Reads the files of content/ and remembers on which line each value stands, so that a complaint can name it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from server.errors import ContentError

# The C loader is eight times faster; the help lines alone are 3,500 lines. It is missing from some PyYAML builds.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FENCE = "---"

Place = tuple[str | int, ...]


class Record(BaseModel):
    """A frozen record that refuses keys it does not know: a misspelt key is a mistake, not an extra."""

    model_config = ConfigDict(frozen=True, extra="forbid")


AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True)
class ContentFile:
    """One YAML document, or the front matter of a page, with the tree that knows the lines."""

    path: Path
    data: object
    _root: yaml.Node | None
    _lines_above: int = 0
    # What this file is laid over: an overlay says only what it changes.
    _below: "ContentFile | None" = None

    def laid_over(self, below: "ContentFile", depth: int) -> "ContentFile":
        """Lay this file over another: what both have down to a depth of `depth` keys comes from this one."""
        return replace(self, data=_merged(below.data, self.data, depth), _below=below)

    def holder_of(self, place: Place) -> "ContentFile":
        """Find the file that a value comes from: the uppermost one that has it."""
        return self if self._below is None or self._has(place) else self._below.holder_of(place)

    def _has(self, place: Place) -> bool:
        node = self._root
        for step in place:
            found = _child(node, step)
            if found is None:
                return False
            node = found[0]
        return True

    def line_of(self, place: Place) -> int:
        """Find the line of a value, or of the nearest thing around it that exists."""
        node, line = self._root, self._root.start_mark.line if self._root else 0
        for step in place:
            found = _child(node, step)
            if found is None:
                break
            node, line = found
        return line + 1 + self._lines_above

    def error(self, message: str, place: Place = ()) -> ContentError:
        """Make the one-line complaint about a value of this file."""
        file = self.holder_of(place)
        return complaint(file.path, file.line_of(place), message)

    def parse(self, record: type[AnyRecord]) -> AnyRecord:
        """Check the whole file against its schema."""
        try:
            return record.model_validate(self.data)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            name = ".".join(str(step) for step in first["loc"])
            raise self.error(f"{name}: {first['msg']}" if name else first["msg"], first["loc"]) from error


@dataclass(frozen=True)
class TextFile:
    """One Markdown file: its front matter, and the text below it."""

    front: ContentFile
    text: str
    first_text_line: int


def complaint(path: Path, line: int, message: str) -> ContentError:
    """Name file and line first, as editors and terminals expect it."""
    return ContentError(f"{path}:{line}: {message}")


def read_yaml(path: Path) -> ContentFile:
    """Read one YAML file."""
    return _parse_yaml(path, _read_text(path), lines_above=0)


def read_markdown(path: Path) -> TextFile:
    """Read one page: front matter between two lines of dashes, then Markdown."""
    lines = _read_text(path).splitlines()
    if not lines or lines[0].strip() != _FENCE:
        raise complaint(path, 1, "the page does not begin with front matter (a line of three dashes)")
    try:
        end = next(number for number, line in enumerate(lines[1:], start=1) if line.strip() == _FENCE)
    except StopIteration:
        raise complaint(path, 1, "the front matter is not closed by a line of three dashes") from None
    front = _parse_yaml(path, "\n".join(lines[1:end]), lines_above=1)
    return TextFile(front, "\n".join(lines[end + 1 :]), first_text_line=end + 2)


def read_lines(path: Path) -> list[str]:
    """Read a plain text file, one thing a line."""
    return _read_text(path).splitlines()


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise complaint(path, 1, "this file is missing") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise complaint(path, line, "this is not UTF-8 text") from error
    except OSError as error:
        raise complaint(path, 1, f"cannot be read: {error.strerror}") from error


def _parse_yaml(path: Path, text: str, *, lines_above: int) -> ContentFile:
    try:
        # PyYAML refuses control characters as soon as the loader looks at the text.
        loader = _Loader(text)
        root = loader.get_single_node()
        _refuse_repeated_keys(path, root, lines_above)
        data = loader.construct_document(root) if root is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise complaint(path, line + 1 + lines_above, f"broken YAML: {error.problem or error.context}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, max(error.position, 0))
        raise complaint(path, line + 1 + lines_above, f"broken YAML: {error.reason}") from error
    except ValueError as error:  # such as the date 2026-02-30
        raise complaint(path, 1 + lines_above, f"broken YAML: {error}") from error
    return ContentFile(path, data, root, lines_above)


def _refuse_repeated_keys(path: Path, node: yaml.Node | None, lines_above: int) -> None:
    """YAML would let the later of two equal keys win in silence: a help line could vanish unnoticed."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated_keys(path, item, lines_above)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise complaint(path, key.start_mark.line + 1 + lines_above, f"{key.value}: this key stands twice")
            seen.add(key.value)
            _refuse_repeated_keys(path, value, lines_above)


def _merged(below: object, above: object, depth: int) -> object:
    if depth == 0 or not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return below | {key: _merged(below.get(key), value, depth - 1) for key, value in above.items()}


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, int] | None:
    """Go one step down the tree; the line of a mapping's value is that of its key."""
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item, item.start_mark.line
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line
    return None
