"""The host's terminal: the `nightjar` command line in a process of its own, with nothing set but what a test sets."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from tests.journeys.host import free_port

PROJECT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 20.0


def nightjar(command: str, **settings: object) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end."""
    return subprocess.run(
        _words(command),
        cwd=PROJECT,
        env=_environment(settings),
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )


def refusal_of(command: str, **settings: object) -> str:
    """Run a command that must refuse: status 2 and one line, nothing else. Give that line."""
    ended = nightjar(command, **settings)
    assert ended.returncode == 2, ended
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr.rstrip("\n")


class Running:
    """A server that was started from the terminal."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self._process = process
        self.port = port
        self.base = f"http://localhost:{port}"

    def stop(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Stop it; give its exit status and all that it ever said."""
        self._process.send_signal(how)
        said, _ = self._process.communicate(timeout=_PATIENCE_SECONDS)
        return self._process.returncode, said


@contextmanager
def serving(
    data: Path, *, command: str = "run", environment: Mapping[str, str] | None = None, **settings: object
) -> Iterator[Running]:
    """Start the server and wait until it answers."""
    port = free_port()
    process = subprocess.Popen(
        _words(command),
        cwd=PROJECT,
        env=_environment({"data": data, "port": port, **settings}) | dict(environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        running = Running(process, port)
        _wait_for(running, process)
        yield running
    finally:
        process.kill()
        process.communicate()


def _wait_for(running: Running, process: "subprocess.Popen[str]") -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(httpx.TransportError):
            httpx.get(f"{running.base}/up", timeout=_PATIENCE_SECONDS)
            return
        time.sleep(0.02)
    raise RuntimeError(f"the server did not start: {process.communicate()[0] if process.poll() is not None else ''}")


def _words(command: str) -> list[str]:
    return [sys.executable, "-m", "server", *command.split()]


def _environment(settings: dict[str, object]) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("NIGHTJAR_")}
    return own | {f"NIGHTJAR_{name.upper()}": str(value) for name, value in settings.items()}
