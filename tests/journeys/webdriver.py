"""A W3C WebDriver client over the standard library: enough for WebKitWebDriver."""

import http.client
import json
from typing import Any


class WebDriverError(Exception):
    """What the driver refused, in its own words."""


class WebDriver:
    """One session. The driver speaks plain HTTP on loopback; one connection a command, since it keeps none alive."""

    def __init__(self, port: int, capabilities: dict[str, Any]) -> None:
        self._port = port
        self._session = ""
        opened = self.send("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self._session = f"/session/{opened['sessionId']}"

    def send(self, method: str, path: str, body: dict[str, Any] | None = None, *, seconds: float = 60) -> Any:  # noqa: ANN401
        """Send one command of the session and give its value, or TimeoutError."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=seconds)
        try:
            content = json.dumps(body if body is not None else {}) if method == "POST" else None
            connection.request(method, self._session + path, content, {"Content-Type": "application/json"})
            value = json.load(connection.getresponse())["value"]
        finally:
            connection.close()
        if isinstance(value, dict) and "error" in value:
            raise WebDriverError(f"{value['error']}: {value.get('message', '')[:300]}")
        return value

    def evaluate(self, expression: str, *, seconds: float = 60) -> Any:  # noqa: ANN401
        """Give the value of a script expression after awaiting it."""
        script = f"""const done = arguments[arguments.length - 1];
            const give = (value) => done({{ value }}), complain = (error) => done({{ error: String(error) }});
            (async () => ({expression}))().then(give, complain)"""
        answer = self.send("POST", "/execute/async", {"script": script, "args": []}, seconds=seconds)
        if "error" in answer:
            raise WebDriverError(answer["error"])
        return answer.get("value")

    def act(self, kind: str, *steps: dict[str, Any]) -> None:
        """Perform steps of one input device: "pointer" or "key"."""
        device: dict[str, Any] = {"type": kind, "id": kind, "actions": list(steps)}
        if kind == "pointer":
            device["parameters"] = {"pointerType": "mouse"}
        self.send("POST", "/actions", {"actions": [device]})

    def quit(self) -> None:
        """End the session; the browser closes."""
        self.send("DELETE", "")
