"""The `nightjar` command line."""

import argparse
import asyncio
import errno
import logging
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Final

import uvicorn

from server.accounts import erase_account
from server.app import create_app
from server.clock import epoch_seconds, today
from server.content_check import check_content
from server.errors import NightjarError, SealingError, SettingsError
from server.middleware.quiet_logging import silence_other_loggers
from server.models import ID_LETTERS
from server.parting import stopping_in
from server.preview import LOOPBACK, create_preview
from server.push.vapid import FILE as PUSH_KEYS
from server.push.vapid import KeyFile, open_key_ring, rotate_keys
from server.report_box import PRIVATE_FILE, ReportKey, make_report_key, read_public_key
from server.reports import printable, read_reports, remove_report
from server.resealing import rotate_sealing
from server.sealing import HostSecrets
from server.settings import CONTENT, Settings, read_settings
from server.storage import Database, prepare_database
from server.worker import Worker, only_worker

_ID: Final = rf"[A-Za-z0-9_-]{{{ID_LETTERS}}}"


def prepare(settings: Settings) -> None:
    """Make the data folder, the host's keys and the database where they are missing; nobody else may read them."""
    _make_keys(settings)
    prepare_database(settings)


def _make_keys(settings: Settings) -> HostSecrets:
    host_secrets = HostSecrets(settings.secret_file)
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        host_secrets.make()
        open_key_ring(settings.data, settings.contact)
        make_report_key(settings.data)
    except OSError as error:
        raise SettingsError(f"NIGHTJAR_DATA: {settings.data}: {error.strerror}") from None
    return host_secrets


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """Take the port before anything else, so that a taken one is said in one line; who calls early waits a moment."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # The protocol is named because asyncio turns off Nagle's waiting only where it is: each answer would be 40 ms late.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
            listener.listen()
        except (socket.gaierror, UnicodeError):
            raise SettingsError(f"NIGHTJAR_HOST: {settings.host!r} is no address of this machine") from None
        except OSError as error:
            name = "HOST" if error.errno == errno.EADDRNOTAVAIL else "PORT"
            raise SettingsError(f"NIGHTJAR_{name}: {settings.host}:{settings.port}: {error.strerror}") from None
        yield listener


def run(settings: Settings) -> None:
    """Prepare, then serve, ask and send until stopped."""
    with _listening(settings) as listener:
        prepare(settings)
        with only_worker(settings):
            _serve(settings, listener, with_worker=True)


def web(settings: Settings) -> None:
    """Prepare and serve until stopped; a worker runs elsewhere."""
    with _listening(settings) as listener:
        prepare(settings)
        _serve(settings, listener, with_worker=False)


def worker(settings: Settings) -> None:
    """Prepare, then ask and send until stopped; the pages are served elsewhere."""
    prepare(settings)
    with only_worker(settings):
        _log_quietly()
        print("Working", flush=True)
        with suppress(KeyboardInterrupt):
            asyncio.run(_work(settings))


def _serve(settings: Settings, listener: socket.socket, *, with_worker: bool) -> None:
    app = create_app(settings, with_worker=with_worker)
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False)
    _log_quietly()
    print(f"Serving on http://localhost:{settings.port}", flush=True)
    # Ctrl+C is how a host stops it, and no fault.
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def _log_quietly() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    silence_other_loggers()


async def _work(settings: Settings) -> None:
    database = Database(settings)
    try:
        await database.start()
        await stopping_in(settings, HostSecrets(settings.secret_file)).stop_again(epoch_seconds())
        working = Worker(settings, HostSecrets(settings.secret_file), KeyFile(settings.data, settings.contact))
        stopped = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
        working.start()
        try:
            await stopped.wait()
        finally:
            await working.stop()
    finally:
        await database.stop()


def content(settings: Settings) -> int:
    """Check the content, ours and the host's; status 1 where something is to mend."""
    findings = check_content(CONTENT, today(), settings.content)
    print("\n".join(findings.lines))
    return int(bool(findings.errors))


def content_as_json(settings: Settings) -> int:
    """Check the content likewise, and say it for a program."""
    findings = check_content(CONTENT, today(), settings.content)
    print(findings.json)
    return int(bool(findings.errors))


def preview(settings: Settings) -> None:
    """Show the pages while they are being written, on this machine alone."""
    with _listening(settings.model_copy(update={"host": LOOPBACK})) as listener:
        app = create_preview(settings)
        silence_other_loggers()
        print(f"Preview, for nobody but you: http://localhost:{settings.port}", flush=True)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run(sockets=[listener])


def keys(settings: Settings) -> None:
    """Make the keys that are missing; say which there are and where they lie, never what they are."""
    newest, *older = _make_keys(settings).ids
    print(f"sealing {newest} in use: {settings.secret_file}")
    for key in older:
        print(f"sealing {key} until the next rotation: {settings.secret_file}")
    newest, *older = open_key_ring(settings.data, settings.contact).ids
    print(f"push {newest} in use: {settings.data / PUSH_KEYS}")
    for key in older:
        print(f"push {key} until every phone has subscribed with the one in use: {settings.data / PUSH_KEYS}")
    print(f"reports {read_public_key(settings.data)}: opened with {settings.data / PRIVATE_FILE}")


def rotate(settings: Settings) -> None:
    """Begin a new sealing key and seal every sealed column anew."""
    prepare(settings)
    print(f"sealed anew: {asyncio.run(_rotate(settings))}")
    keys(settings)


def rotate_push(settings: Settings) -> None:
    """Begin a new key for push services; phones take it when they are next opened, and are reached until then."""
    _make_keys(settings)
    rotate_keys(settings.data)
    keys(settings)


async def _rotate(settings: Settings) -> int:
    async with _open(settings) as host_secrets:
        return await rotate_sealing(host_secrets)


def reports(settings: Settings) -> None:
    """Print what was reported, each with its id, and the id of the account it is about."""
    prepare(settings)
    asyncio.run(_print_reports(settings, ReportKey(settings.data)))


async def _print_reports(settings: Settings, key: ReportKey) -> None:
    count = 0
    async with _open(settings) as host_secrets:
        async for one in read_reports(host_secrets):
            count += 1
            print(f"--- {one.id} about {one.about or 'nobody who could be found any more'}")
            try:
                print(printable(key.open(one.content)))
            except SealingError as error:
                print(f"({error})")
    print(f"reports: {count}")


def remove(settings: Settings, report: str) -> int:
    """Erase a report that has been dealt with."""
    prepare(settings)
    return asyncio.run(_remove(settings, report))


async def _remove(settings: Settings, report: str) -> int:
    async with _open(settings):
        removed = await remove_report(report)
    print("removed" if removed else "there is no report of that id")
    return 0 if removed else 1


def close(settings: Settings, account: str) -> int:
    """Erase an account by its id, as its owner would."""
    prepare(settings)
    return asyncio.run(_close(settings, account))


async def _close(settings: Settings, account: str) -> int:
    async with _open(settings) as host_secrets:
        closed = await erase_account(stopping_in(settings, host_secrets), account, epoch_seconds())
    print("closed" if closed else "there is no account of that id")
    return 0 if closed else 1


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[HostSecrets]:
    database = Database(settings)
    try:
        await database.start()
        yield HostSecrets(settings.secret_file)
    finally:
        await database.stop()


# These name one thing by its id.
_COMMANDS_FOR_ONE: Final[dict[str, Callable[[Settings, str], int]]] = {
    "close": close,
    "reports remove": remove,
}
_COMMANDS: Final[dict[str, Callable[[Settings], int | None]]] = {
    "run": run,
    "web": web,
    "worker": worker,
    "prepare": prepare,
    "content": content,
    "content check": content,
    "content check --json": content_as_json,
    "content preview": preview,
    "keys": keys,
    "keys rotate-sealing": rotate,
    "keys rotate-push": rotate_push,
    "reports": reports,
}


def main() -> int:
    """Run one command; what the host must mend is one clear line, and exit status 2."""
    every = sorted([*_COMMANDS, *(f"{name} ID" for name in _COMMANDS_FOR_ONE)])
    parser = argparse.ArgumentParser(prog="nightjar")
    parser.add_argument("command", nargs="+", help=", ".join(every))
    parser.add_argument("--json", action="store_const", const=["--json"], default=[], help="for a program")
    # Taken out first, since an id may begin with a dash and look like an option.
    ids = [word for word in sys.argv[1:] if re.fullmatch(_ID, word)]
    asked = parser.parse_args([word for word in sys.argv[1:] if word not in ids])
    name = " ".join([*asked.command, *asked.json])
    command = _for_one(name, *ids) if ids else _COMMANDS.get(name)
    if command is None:
        parser.error(f"choose one of: {', '.join(every)}")
    try:
        return command(read_settings()) or 0
    except NightjarError as error:
        print(error, file=sys.stderr)
        return 2


def _for_one(name: str, *ids: str) -> Callable[[Settings], int] | None:
    command = _COMMANDS_FOR_ONE.get(name)
    return None if command is None or len(ids) != 1 else lambda settings: command(settings, ids[0])


if __name__ == "__main__":
    sys.exit(main())
