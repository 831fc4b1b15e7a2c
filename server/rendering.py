"""The Jinja environment, shared by cover pages, plain pages and packs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from server.covers import TEMPLATES
from server.shipped_names import SHIPPED_NAMES

def _host(address: str) -> str:
    """The name of another site, without the parts nobody needs to read."""
    return urlsplit(address).netloc.removeprefix("www.")


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
        """Render one template."""
        return self._environment.get_template(template).render(**values)

    def render_cover(self, key: str, **values: Any) -> str:  # noqa: ANN401
        """Render a cover's own page."""
        return self.render(f"{key}:page.html", **values)
