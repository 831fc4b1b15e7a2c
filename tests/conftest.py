"""What the tests share: the real app on a data folder of its own, a host that serves it, and phones to open it with."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import HttpUrl
from starlette.applications import Starlette

from server.__main__ import prepare
from server.app import create_app, wire_app
from server.settings import Settings
from server.storage import Database
from tests.journeys.chromium_phone import ChromiumPhone
from tests.journeys.engines import ENGINES, Shop, open_shop
from tests.journeys.host import Host, free_port, prepare_apart
from tests.journeys.person import Person
from tests.journeys.phone import Phone
from tests.journeys.weather import make_weather_page
from tests.server.prepared import phone_of

PROJECT = Path(__file__).resolve().parent.parent


def pytest_sessionstart(session: pytest.Session) -> None:
    """The app serves what the build made, so say in one line what to do where that is missing."""
    if not (PROJECT / "build" / "build.json").exists():
        pytest.exit("The folder build/ is missing: run `make build` first.", returncode=4)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture
def app(settings: Settings) -> Starlette:
    return create_app(settings)


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        yield client


# --- a host that is ready for accounts ------------------------------------------------------------------------------


@pytest.fixture
def ready(settings: Settings) -> Settings:
    """Settings of a host whose keys and tables are there."""
    prepare(settings)
    return settings


@pytest.fixture
async def database(ready: Settings) -> AsyncIterator[Database]:
    """That host's database, open."""
    opened = Database(ready)
    await opened.start()
    yield opened
    await opened.stop()


@pytest.fixture
async def serving_app(ready: Settings, standing_app: Starlette) -> AsyncIterator[Starlette]:
    """That host's app, started; its pages are those of the app below, since rendering them takes a while."""
    app = wire_app(ready, standing_app.state.site)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def own_phone(serving_app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """A phone that asks that app."""
    async with phone_of(serving_app) as own_phone:
        yield own_phone


# --- the app as it is without any setting, made once: it keeps nothing, so tests can share it -----------------------


@pytest.fixture(scope="session")
def standing_app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return create_app(Settings(data=tmp_path_factory.mktemp("data")))


@pytest.fixture
async def visitor(standing_app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody with a browser that follows no redirect by itself."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(standing_app), base_url="http://localhost") as visitor:
        yield visitor


# --- hosts: one a file of tests, whole again before each test -------------------------------------------------------


@pytest.fixture(scope="module")
def make_host() -> Iterator[Callable[..., Host]]:
    """Start hosts for any app; all are stopped at the end."""
    hosts: list[Host] = []

    def make(make_app: Callable[[], Any], port: int | None = None) -> Host:
        hosts.append(Host(make_app, port))
        return hosts[-1]

    yield make
    for host in hosts:
        host.stop()


@pytest.fixture(scope="module")
def weather_host(make_host: Callable[..., Host]) -> Host:
    """Somebody else's neutral page: where the exit leads."""
    return make_host(make_weather_page)


@pytest.fixture(scope="module")
def running_host(make_host: Callable[..., Host], weather_host: Host, tmp_path_factory: pytest.TempPathFactory) -> Host:
    port = free_port()
    chosen = Settings(data=tmp_path_factory.mktemp("data"), port=port, exit_url=HttpUrl(weather_host.base))
    prepare_apart(chosen)
    return make_host(lambda: create_app(chosen), port)


@pytest.fixture
def host(running_host: Host, weather_host: Host) -> Iterator[Host]:
    yield running_host
    for used in (running_host, weather_host):
        used.mend()


# --- phones ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def open_shops() -> Iterator[Shop]:
    with open_shop() as shop:
        yield shop


@pytest.fixture
def shop(open_shops: Shop) -> Iterator[Shop]:
    """Phones for one test; they are taken back after it."""
    yield open_shops
    open_shops.take_back()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def phone(shop: Shop, engine: str, tmp_path: Path) -> Phone:
    """A phone of each engine in turn."""
    return shop.phone(engine, tmp_path / "profile")


@pytest.fixture
def chromium_phone(shop: Shop, tmp_path: Path) -> ChromiumPhone:
    return shop.chromium(tmp_path / "profile")


@pytest.fixture
def person(phone: Phone, host: Host) -> Person:
    """A person with each kind of phone in turn."""
    return Person(phone, host)


@pytest.fixture
def android_person(chromium_phone: ChromiumPhone, host: Host) -> Person:
    """A person with the kind of phone most people have."""
    return Person(chromium_phone, host)
