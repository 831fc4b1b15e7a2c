"""Host settings: what is wrong is said in one line that names it, and what is right means what it says."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from server.errors import SettingsError
from server.settings import Settings, read_settings

WRONG = [
    ("NIGHTJAR_PORT", "eight thousand"),
    ("NIGHTJAR_PORT", "0"),
    ("NIGHTJAR_PORT", "65536"),
    ("NIGHTJAR_COVERS", ","),
    ("NIGHTJAR_COVERS", "sip,../../etc"),
    ("NIGHTJAR_COVERS", "Sip"),
    ("NIGHTJAR_EXIT_URL", "weather"),
    ("NIGHTJAR_EXIT_URL", "javascript:alert(1)"),
    ("NIGHTJAR_EXIT_URL", "ftp://weather.example/"),
    ("NIGHTJAR_IDLE_DAYS", "29"),
    ("NIGHTJAR_IDLE_DAYS", "for ever"),
    ("NIGHTJAR_ORIGIN", "app.example"),
    ("NIGHTJAR_CONTACT", "push@example.org"),
    ("NIGHTJAR_CONTACT", "mailto:push"),
    ("NIGHTJAR_CONTACT", "mailto:<push@example.org>"),
    ("NIGHTJAR_CONTACT", "http://example.org"),
    ("NIGHTJAR_PUSH_SERVICE", "push.example.org"),
    ("NIGHTJAR_PUSH_SERVICE", "https://push.example.org/wpush"),
    ("NIGHTJAR_PUSH_SERVICE", "https://user@push.example.org"),
    ("NIGHTJAR_PUSH_SERVICE", "https://push.example.org?x"),
    ("NIGHTJAR_HELLO_PATH", "hello"),
    ("NIGHTJAR_HELLO_PATH", "/"),
    ("NIGHTJAR_HELLO_PATH", "/a/b"),
    ("NIGHTJAR_HELLO_PATH", "/{cover}"),
    ("NIGHTJAR_HELLO_PATH", "/sip"),  # a cover's
    ("NIGHTJAR_HELLO_PATH", "/up"),  # the health check's
    ("NIGHTJAR_OWN_COVERS", "/no/such/folder"),
    ("NIGHTJAR_CONTENT", "/no/such/folder"),
]

NO_DATABASE = ["mysql://user:sesame@host/name", "nightjar.db", "sqlite://", "sqlite://:memory:", "postgres://host:x/n"]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"NIGHTJAR_{name.upper()}", raising=False)


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_one_line_that_names_setting_and_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a host that mistypes one setting
    monkeypatch.setenv(name, value)

    # When the settings are read
    with pytest.raises(SettingsError) as refusal:
        read_settings()

    # Then one line says which it is and what stands there
    line = str(refusal.value)
    assert line.startswith(f"{name}: ")
    assert value.rpartition(",")[2] in line
    assert "\n" not in line


@pytest.mark.parametrize("value", NO_DATABASE)
def test_a_wrong_database_address_is_named_but_never_repeated_since_it_holds_a_password(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIGHTJAR_DATABASE_URL", value)

    with pytest.raises(SettingsError, match=r"^NIGHTJAR_DATABASE_URL: it is no database address") as refusal:
        read_settings()

    assert "sesame" not in str(refusal.value)


@pytest.mark.parametrize("value", ["memcached://sesame@host", "sesame:6379", "memory://"])
def test_a_wrong_address_of_counters_is_named_but_never_repeated_since_it_may_hold_a_password(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIGHTJAR_COUNTERS_URL", value)

    with pytest.raises(
        SettingsError, match=r"^NIGHTJAR_COUNTERS_URL: it is no address of a Valkey or Redis"
    ) as refusal:
        read_settings()

    assert value not in str(refusal.value)


@pytest.mark.parametrize(
    "value",
    ["sqlite:///var/lib/app.db", "sqlite://app.db", "postgres://u:p@host/name", "postgresql://h/n", "asyncpg://h:1/n"],
)
def test_a_right_database_address_is_taken_as_it_is(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGHTJAR_DATABASE_URL", value)
    assert read_settings().database_url == value


def test_with_nothing_set_everything_has_a_default() -> None:
    assert read_settings() == Settings()


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_an_empty_value_counts_as_not_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Given a host whose service file sets a variable to nothing
    monkeypatch.setenv(f"NIGHTJAR_{name.upper()}", "")

    # Then the default holds, instead of the current folder or no cover at all
    assert getattr(read_settings(), name) == getattr(Settings(), name)


def test_covers_keep_the_order_in_which_they_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGHTJAR_COVERS", " sprout , sip,")
    assert read_settings().covers == ("sprout", "sip")


def test_a_hello_address_may_be_that_of_a_cover_that_is_not_on_offer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGHTJAR_COVERS", "sip")
    monkeypatch.setenv("NIGHTJAR_HELLO_PATH", "/sprout")
    assert read_settings().hello_path == "/sprout"


@pytest.mark.parametrize(
    ("origin", "https"), [(None, False), ("http://app.example", False), ("https://a.example", True)]
)
def test_only_an_https_address_makes_the_site_one_that_is_served_over_https(
    origin: str | None,
    https: bool,  # noqa: FBT001 - a column of the table above
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if origin:
        monkeypatch.setenv("NIGHTJAR_ORIGIN", origin)
    assert read_settings().served_over_https is https


@pytest.mark.parametrize(
    ("value", "origin"),
    [
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("https://push.example.org:443/", "https://push.example.org"),
    ],
)
def test_the_hosts_own_push_service_is_its_origin_as_endpoints_begin_with_it(
    value: str, origin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIGHTJAR_PUSH_SERVICE", value)
    assert read_settings().own_push_service == origin


def test_settings_never_change_after_they_were_read() -> None:
    settings = read_settings()
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]


def test_the_database_lies_in_the_data_folder_unless_the_host_names_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGHTJAR_DATA", "/srv/a?b#c")
    assert read_settings().own_database == Path("/srv/a?b#c/nightjar.sqlite3")
