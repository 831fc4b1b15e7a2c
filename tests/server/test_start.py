"""Starting and stopping, as a host sees it in a terminal."""

import asyncio
import shutil
import signal
import socket
import stat
from pathlib import Path

import httpx
import pytest

from server.__main__ import _listening
from server.errors import SettingsError
from server.settings import Settings
from tests.journeys.host import free_port
from tests.server.terminal import PROJECT, nightjar, refusal_of, serving


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- what stops the start -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "http"),
        ("covers", "sip,tea"),
        ("exit_url", "weather"),
        ("database_url", "mysql://localhost/nightjar"),
        ("hello_path", "/sip"),
        ("host", "a..b"),  # no name at all, so nobody has to be asked
        ("host", "192.0.2.1"),  # a real address, of no machine of ours (RFC 5737)
    ],
)
def test_a_wrong_value_stops_the_start_with_one_line_that_names_it(name: str, value: str, tmp_path: Path) -> None:
    said = refusal_of("run", **{"data": tmp_path, "port": 8999, name: value})

    assert said.startswith(f"NIGHTJAR_{name.upper()}: ")


def test_a_taken_port_stops_the_start_before_anything_is_made(tmp_path: Path) -> None:
    # Given something else that listens on the port
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        # When the host starts
        said = refusal_of("run", data=tmp_path / "data", port=port)

    # Then it is told so, and nothing was left behind
    assert said == f"NIGHTJAR_PORT: 127.0.0.1:{port}: Address already in use"
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    said = refusal_of("prepare", data=tmp_path / "file" / "data")

    assert said == f"NIGHTJAR_DATA: {tmp_path / 'file' / 'data'}: Not a directory"


def test_a_data_folder_that_cannot_be_written_stops_the_start() -> None:
    # /proc is a folder in which nobody, not even root, can make a file.
    said = refusal_of("prepare", data="/proc")

    assert said.startswith("NIGHTJAR_DATA: /proc: ")


def test_a_missing_build_says_what_to_run(tmp_path: Path) -> None:
    said = refusal_of("run", data=tmp_path, port=8999, build=tmp_path)

    assert said == f"{tmp_path}: the built app is missing or incomplete; run `make build`"


def test_a_broken_content_file_stops_the_start_naming_file_and_line(tmp_path: Path) -> None:
    # Given content whose fourth help line has lost its country
    content = tmp_path / "content"
    shutil.copytree(PROJECT / "content", content)
    file = content / "helplines.yaml"
    lines = file.read_text("utf-8").splitlines()
    number = [index for index, line in enumerate(lines) if line.strip().startswith("country:")][3]
    lines[number] = lines[number].partition(":")[0] + ": Atlantis"
    file.write_text("\n".join(lines), "utf-8")

    # When the host starts
    said = refusal_of("run", data=tmp_path / "data", port=8999, content=content)

    # Then it refuses, and says where to look
    assert said == f"{file}:{number + 1}: Atlantis: unknown country"


def test_a_broken_cover_stops_the_start_naming_file_and_line(tmp_path: Path) -> None:
    # Given a host's own cover with a colour that is none
    shutil.copytree(PROJECT / "tests" / "fixtures" / "covers", tmp_path / "covers")
    file = tmp_path / "covers" / "bead" / "cover.yaml"
    text = file.read_text("utf-8").replace('background_colour: "#ffffff"', "background_colour: white")
    file.write_text(text, "utf-8")
    line = text[: text.index("background_colour")].count("\n") + 1

    # When the host starts
    said = refusal_of("run", data=tmp_path / "data", port=8999, own_covers=tmp_path / "covers", covers="bead")

    # Then it refuses, and says where to look
    assert said.startswith(f"{file}:{line}: background_colour: ")


# --- what a start makes -------------------------------------------------------------------------------------------


def test_the_first_start_makes_a_folder_and_a_secret_for_nobody_else(tmp_path: Path) -> None:
    data = tmp_path / "some" / "where"

    ended = nightjar("prepare", data=data)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert permissions(data) == 0o700
    assert {file.name: permissions(file) for file in data.iterdir()} == {
        "nightjar.sqlite3": 0o600,
        "push-keys.pem": 0o600,
        "report.key": 0o600,
        "report.pub": 0o600,
        "secret.key": 0o600,
    }
    assert len((data / "secret.key").read_bytes()) == 32


def test_the_secret_is_made_once_and_kept_by_later_starts(tmp_path: Path) -> None:
    nightjar("prepare", data=tmp_path / "one")
    first = (tmp_path / "one" / "secret.key").read_bytes()

    nightjar("prepare", data=tmp_path / "one")
    nightjar("prepare", data=tmp_path / "two")

    assert (tmp_path / "one" / "secret.key").read_bytes() == first
    assert (tmp_path / "two" / "secret.key").read_bytes() != first


# --- running and stopping -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_host_is_told_the_address_and_may_stop_at_any_time(how: signal.Signals, tmp_path: Path) -> None:
    # Given a server that was started for the first time
    with serving(tmp_path / "data") as running:
        assert httpx.get(f"{running.base}/sip/").status_code == 200

        # When the host stops it
        status, said = running.stop(how)

    # Then it has said one line, where it serves, and no fault
    assert said == f"Serving on {running.base}\n"
    assert status in {0, -how}


def test_the_two_parts_run_apart_and_an_sqlite_database_takes_one_worker(tmp_path: Path) -> None:
    # Given the part that answers phones
    with serving(tmp_path / "data", command="web") as web:
        assert httpx.get(f"{web.base}/sip/").status_code == 200

        # When everything at once is started beside it, that is no second worker
        with serving(tmp_path / "data") as whole:
            assert httpx.get(f"{whole.base}/sip/").status_code == 200

            # But a third process would be
            for command in ("worker", "run"):
                said = refusal_of(command, data=tmp_path / "data", port=free_port())
                assert said.startswith(f"{tmp_path / 'data' / 'nightjar.sqlite3'}: another worker uses this database")
            whole.stop()
        assert web.stop()[1] == f"Serving on {web.base}\n"


def test_who_calls_while_the_server_still_loads_waits_and_is_not_turned_away() -> None:
    # Given a server that has its port, and has not rendered a page yet
    port = free_port()
    with _listening(Settings(port=port)):
        # Then a browser gets through, and a second server does not
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        with pytest.raises(SettingsError), _listening(Settings(port=port)):
            raise AssertionError("the port was given twice")


async def test_no_answer_waits_for_the_one_before_it_to_be_acknowledged() -> None:
    # Given the port that the server listens on, and a browser that calls
    port, accepted = free_port(), asyncio.Event()
    waits: list[int] = []

    def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        waits.append(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()
        accepted.set()

    with _listening(Settings(port=port)) as listener:
        server = await asyncio.start_server(accept, sock=listener)
        async with server, asyncio.timeout(5):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            await accepted.wait()
            writer.close()

    # Then nothing that is written to it is held back (Nagle's algorithm: 40 ms for each answer)
    assert waits == [1]
