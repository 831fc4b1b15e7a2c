"""Adding a cover is adding a folder: one that lies outside the project is built, served, and can be the only one."""

import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from server.app import create_app
from server.errors import BuildError, ContentError, SettingsError
from server.settings import Settings

PROJECT = Path(__file__).resolve().parents[2]
FIXTURES = PROJECT / "tests" / "fixtures" / "covers"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A host that has put one folder somewhere, and run the build."""
    folder = tmp_path_factory.mktemp("host")
    shutil.copytree(FIXTURES, folder / "covers")
    build = ["node", "pwa/build.mjs", "--covers", str(folder / "covers"), "--out", str(folder / "build")]
    subprocess.run(build, cwd=PROJECT, check=True, timeout=120)
    return Settings(data=folder, build=folder / "build", own_covers=folder / "covers", covers=("bead", "sip"))


@pytest.fixture(scope="module")
def app(settings: Settings) -> Starlette:
    return create_app(settings)


@pytest.fixture
async def visitor(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as visitor:
        yield visitor


async def test_a_new_cover_can_be_the_default_one(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/")).headers["location"] == "/bead/"


@pytest.mark.parametrize(("language", "words"), [("en", "Beads today"), ("es", "Cuentas de hoy")])
async def test_a_new_cover_has_its_own_page_in_each_language(
    language: str, words: str, visitor: httpx.AsyncClient
) -> None:
    page = await visitor.get("/bead/", headers={"accept-language": language})

    assert page.status_code == 200
    assert words in page.text
    assert "<title>Bead</title>" in page.text


async def test_everything_that_belongs_to_a_cover_is_there(visitor: httpx.AsyncClient) -> None:
    # Given the new cover's page and manifest
    page = (await visitor.get("/bead/")).text
    manifest = (await visitor.get("/bead/app.webmanifest")).json()
    worker = (await visitor.get("/bead/sw.js")).text

    # When all they name is asked for
    data = json.loads(page.partition('type="application/json">')[2].partition("</script>")[0])
    plan = json.loads(worker.removeprefix("self.plan=").partition(";\n")[0])
    named = [icon["src"] for icon in manifest["icons"]] + [data["inside"], data["pack"], data["worker"]]
    named += [part["address"] for part in plan["shell"]] + ["/bead/touch.png", "/bead/icon.svg"]

    # Then it is there, and its script holds the whole frame
    for address in named:
        assert (await visitor.get(address)).status_code == 200, address
    assert any(address.startswith("/a/bead.") and address.endswith(".js") for address in named)


async def test_the_page_that_explains_the_app_offers_the_new_cover_as_well(visitor: httpx.AsyncClient) -> None:
    hello = (await visitor.get("/hello")).text
    assert "Bead" in hello
    assert "/bead/" in hello


async def test_other_covers_stay_what_they_were(visitor: httpx.AsyncClient, settings: Settings) -> None:
    without = settings.model_copy(update={"own_covers": None, "covers": ("sip",)})
    transport = httpx.ASGITransport(create_app(without))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as elsewhere:
        for address in ("/sip/", "/sip/app.webmanifest", "/sip/sw.js", "/sip/icon-192.png"):
            assert (await visitor.get(address)).content == (await elsewhere.get(address)).content, address


def test_a_cover_that_was_not_built_yet_stops_the_start_saying_what_to_run(settings: Settings) -> None:
    unbuilt = settings.model_copy(update={"build": PROJECT / "build"})
    with pytest.raises(BuildError, match=r"not built yet: bead; run `make build`$"):
        create_app(unbuilt)


@pytest.mark.parametrize(
    ("markup", "line", "said"),
    [
        (
            '{% extends "layouts/cover.html" %}\n{% block main %}{{ t.amount }}{% endblock %}',
            2,
            "no attribute 'amount'",
        ),
        ('{% extends "layouts/cover.html" %}\n\n{% block main %}{{ t.count }}', 3, "Unexpected end of template"),
        (
            '{% extends "layouts/cover.html" %}{% block main %}\n{{ t.count | shout }}{% endblock %}',
            2,
            "No filter named 'shout'",
        ),
    ],
)
def test_a_fault_in_a_covers_page_stops_the_start_naming_file_and_line(
    markup: str, line: int, said: str, settings: Settings, tmp_path: Path
) -> None:
    shutil.copytree(FIXTURES, tmp_path / "covers")
    page = tmp_path / "covers" / "bead" / "page.html"
    page.write_text(markup, "utf-8")

    with pytest.raises(ContentError) as refusal:
        create_app(settings.model_copy(update={"own_covers": tmp_path / "covers"}))

    assert str(refusal.value).startswith(f"{page}:{line}: ")
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_cover_without_a_page_stops_the_start_saying_so(settings: Settings, tmp_path: Path) -> None:
    shutil.copytree(FIXTURES, tmp_path / "covers")
    (tmp_path / "covers" / "bead" / "page.html").unlink()

    with pytest.raises(ContentError, match=r"^bead:page.html: there is no such template$"):
        create_app(settings.model_copy(update={"own_covers": tmp_path / "covers"}))


def test_covers_that_share_no_language_with_the_content_stop_the_start(settings: Settings, tmp_path: Path) -> None:
    # Given a cover that speaks only a language the content lacks
    shutil.copytree(FIXTURES, tmp_path / "covers")
    file = tmp_path / "covers" / "bead" / "cover.yaml"
    lines = file.read_text("utf-8").splitlines()
    spanish = [line for line in lines if not line.startswith(("  es: {", "  ar: {"))]
    end = spanish.index("  es:")
    file.write_text("\n".join(spanish[:end]).replace("  en:", "  eo:"), "utf-8")

    # Then the host is told, instead of a site without a word
    with pytest.raises(SettingsError, match=r"^NIGHTJAR_COVERS: no language is spoken by all of bead, sip"):
        create_app(settings.model_copy(update={"own_covers": tmp_path / "covers"}))
