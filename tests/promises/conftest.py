"""What the tests of traces share: what each browser brings along by itself."""

from collections.abc import Callable
from functools import cache

import pytest

from tests.journeys.engines import Shop
from tests.journeys.host import Host
from tests.promises.browser_profile import Hit, scan


@pytest.fixture(scope="module")
def brought_along(
    open_shops: Shop, weather_host: Host, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], set[Hit]]:
    """Give what a fresh profile of an engine holds of the words by itself, after looking at a neutral page."""

    @cache
    def hits(engine: str) -> set[Hit]:
        profile = tmp_path_factory.mktemp("fresh") / "profile"
        phone = open_shops.phone(engine, profile)
        phone.goto(weather_host.base)
        phone.close()
        return scan(profile)

    return hits
