"""The Jinja environment, shared by cover pages, plain pages and packs."""

import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)

from server.content_files import complaint
from server.covers import TEMPLATES
from server.errors import ContentError, NightjarError
from server.shipped_names import SHIPPED_NAMES


class MissingWordError(NightjarError):
    """A language that is not whole lacks a word that a view asks for; the view is borrowed from another one."""


class WordsOfSome(dict[str, str]):
    """The words of a language that is not whole. A plain mapping's complaint would mean that a template is broken."""

    def __missing__(self, key: str) -> str:
        """Say so, in a way that no template engine takes for an empty value."""
        raise MissingWordError(key)


def _host(address: str) -> str:
    """The name of another site, without the parts nobody needs to read."""
    return urlsplit(address).netloc.removeprefix("www.")


def _place_of(error: TemplateError) -> tuple[Path, int]:
    """Find file and line of a fault; what happens while rendering, Jinja traces through the templates themselves."""
    if isinstance(error, TemplateSyntaxError):
        return Path(error.filename or error.name or "template"), error.lineno
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    return (Path(frames[-1].filename), frames[-1].lineno or 1) if frames else (TEMPLATES, 1)


class Renderer:
    """Renders templates; a name that a template does not know is an error at start-up, never a gap on a page."""

    def __init__(self, cover_folders: Mapping[str, Path]) -> None:
        """Take the folders of the covers, whose pages are templates too."""
        self._environment = Environment(
            loader=ChoiceLoader(
                [
                    FileSystemLoader(TEMPLATES),
                    PrefixLoader({key: FileSystemLoader(folder) for key, folder in cover_folders.items()}, ":"),
                ]
            ),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(host=_host)
        self._environment.globals["names"] = SHIPPED_NAMES

    def render(self, template: str, **values: Any) -> str:  # noqa: ANN401 - whatever the template speaks of
        """Render one template; ContentError, naming file and line, where it is broken."""
        try:
            return self._environment.get_template(template).render(**values)
        except TemplateNotFound as error:
            raise ContentError(f"{error.name}: there is no such template") from error
        except TemplateError as error:
            raise complaint(*_place_of(error), str(error.message)) from error

    def render_cover(self, key: str, **values: Any) -> str:  # noqa: ANN401
        """Render a cover's own page."""
        return self.render(f"{key}:page.html", **values)
