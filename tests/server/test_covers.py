"""A cover's file is checked to the last key, and its manifest says no more than a phone must know."""

import json
import shutil
from pathlib import Path

import pytest

from server.addresses import TAKEN
from server.covers import load_covers, load_frame_texts, manifest
from server.errors import ContentError, SettingsError
from server.settings import Settings

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "covers"
COVERS = load_covers(Settings().covers)


@pytest.fixture
def own_covers(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURES, tmp_path / "covers")
    return tmp_path / "covers"


@pytest.mark.parametrize(
    ("old", "new", "at", "complaint"),
    [
        ("name: Bead\n", "", "short_name", "name: Field required"),
        ("name: Bead\n", "nmae: Bead\n", "nmae", "name: Field required"),
        ('version: "1.0"', "version: 1.0", "version", "version: Input should be a valid string"),
        ('dark: "#101010"', "dark: black", "theme_colour", "theme_colour.dark: "),
        ("texts:\n", "texts: 3\ntext:\n", "texts", "texts: "),
        ('count: "Cuentas de hoy"', 'amount: "3"', "  es: { d", "amount, count: not in both en and es"),
        ('description: "Count your beads", ', "", "  en: { c", "en: description is missing"),
        ('    prompt: ["Count your beads", ', "    prompt: [", "    prompt", "phrases.en.prompt: "),
        ("  es:\n    prompt", "  fr:\n    prompt", "phrases", "es, fr: not in both texts and phrases"),
        ("short_name: Bead", "short_name: [", "background_colour", "broken YAML: "),
        ("short_name: Bead", "name: Bead", "name: Bead", "name: this key stands twice"),
    ],
)
def test_a_fault_in_a_covers_file_is_named_with_its_line(
    old: str, new: str, at: str, complaint: str, own_covers: Path
) -> None:
    # Given a cover with one fault
    file = own_covers / "bead" / "cover.yaml"
    text = file.read_text("utf-8")
    assert text.count(old) in {1, 2}
    text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")

    # When the covers are loaded
    with pytest.raises(ContentError) as refusal:
        load_covers(("bead",), own_covers)

    # Then file, line and fault are named
    path, line, said = str(refusal.value).split(":", 2)
    assert path == str(file)
    assert text.splitlines()[int(line) - 1].startswith(at), line
    assert said.strip().startswith(complaint)


def test_a_cover_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"^NIGHTJAR_COVERS: there is no cover named 'tea'$"):
        load_covers(("sip", "tea"))


@pytest.mark.parametrize("name", sorted(TAKEN))
def test_a_cover_that_could_not_be_told_from_another_address_is_refused(name: str, own_covers: Path) -> None:
    (own_covers / "bead").rename(own_covers / name)

    with pytest.raises(SettingsError, match=rf"^NIGHTJAR_COVERS: there is no cover named '{name}'$"):
        load_covers((name,), own_covers)


def test_covers_come_in_the_order_the_host_chose() -> None:
    assert list(load_covers(("pantry", "sip"))) == ["pantry", "sip"]


def test_a_hosts_own_cover_takes_the_place_of_ours_of_the_same_name(own_covers: Path) -> None:
    (own_covers / "bead").rename(own_covers / "sip")

    assert load_covers(("sip",), own_covers)["sip"].name == "Bead"


@pytest.mark.parametrize("key", COVERS)
def test_an_installed_cover_lives_wholly_under_its_own_address(key: str) -> None:
    said = json.loads(manifest(COVERS[key]))

    assert said["id"] == said["scope"] == said["start_url"] == f"/{key}/"
    assert all(icon["src"].startswith(f"/{key}/") for icon in said["icons"])


@pytest.mark.parametrize("key", COVERS)
def test_a_manifest_has_nothing_that_would_show_elsewhere_on_the_phone(key: str) -> None:
    # No shortcuts, share targets, screenshots, file or protocol handlers, related apps, or language.
    assert json.loads(manifest(COVERS[key])).keys() == {
        "id",
        "scope",
        "start_url",
        "name",
        "short_name",
        "display",
        "theme_color",
        "background_color",
        "icons",
    }


@pytest.mark.parametrize("key", COVERS)
def test_a_cover_can_be_installed_on_any_phone(key: str) -> None:
    icons = json.loads(manifest(COVERS[key]))["icons"]

    assert {(icon["sizes"], icon["purpose"]) for icon in icons} >= {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }


@pytest.mark.parametrize("key", COVERS)
def test_a_notification_of_any_kind_is_a_short_line_that_an_onlooker_cannot_tell_from_another(key: str) -> None:
    for phrases in COVERS[key].phrases.values():
        lines = [line for kind in phrases.model_dump().values() for line in kind]
        assert max(map(len, lines)) <= 60
        assert len(set(lines)) == len(lines)


def test_every_language_of_the_frame_says_the_same_things() -> None:
    first, *others = load_frame_texts().values()
    for texts in others:
        assert texts.keys() == first.keys()
