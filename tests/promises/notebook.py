"""A proxy that answers nothing and writes down who was to be asked; loopback does not pass through it."""

import socket
import threading
from types import TracebackType
from typing import Self


class Notebook:
    def __init__(self) -> None:
        self.asked: list[str] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._write_down, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Closing alone would leave the thread waiting in accept.
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def _write_down(self) -> None:
        while True:
            try:
                asking, _ = self._listening.accept()
            except OSError:
                return
            with asking:
                asking.settimeout(5)
                line = asking.recv(4096).split(b"\r\n")[0]
                # The second word is "host:443" for a tunnel and a whole address for a plain request.
                address = line.decode("latin-1").split(" ")[1]
                self.asked.append(address.removeprefix("http://").partition("/")[0].partition(":")[0])
