"""What a page still holds within its script's reach, walked through by the debugging protocol. Chromium only."""

import json
from typing import Any

from tests.journeys.chromium_phone import ChromiumPhone

_VALUES = "function () { return this.map((it) => it.value); }"

# The protocol does not list arrays of bytes, so those that keys are made of are noted as they are handed over.
_WATCH_KEYS = """(() => {
  const make = SubtleCrypto.prototype.importKey;
  window.keyBytes = [];
  SubtleCrypto.prototype.importKey = function (format, bytes, algorithm, ...rest) {
    if (format === "raw" && algorithm === "AES-GCM") window.keyBytes.push(new WeakRef(bytes));
    return make.call(this, format, bytes, algorithm, ...rest);
  };
})()"""
_KEY_BYTES_LEFT = """window.keyBytes.filter((it) => it.deref()?.some((byte) => byte !== 0)).length"""


class Insides:
    """Asks for garbage to be collected first, so that only what something still holds is found."""

    def __init__(self, phone: ChromiumPhone) -> None:
        self._phone = phone
        self._cdp = phone.cdp

    def snapshot(self) -> str:
        """Give the whole heap as the developer tools would save it: every string of the script's is in it."""
        self._collect_garbage()
        chunks: list[str] = []

        def add(event: dict[str, str]) -> None:
            chunks.append(event["chunk"])

        self._cdp.on("HeapProfiler.addHeapSnapshotChunk", add)
        self._cdp.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
        self._cdp.remove_listener("HeapProfiler.addHeapSnapshotChunk", add)
        strings: list[str] = json.loads("".join(chunks))["strings"]
        return "\n".join(strings)

    def typed(self) -> list[str]:
        """Give what the living fields hold, in the page or not."""
        return [value for kind in ("HTMLInputElement", "HTMLTextAreaElement") for value in self._ask(kind, _VALUES)]

    def watch_keys(self) -> None:
        """From now on, note the bytes that keys are made of."""
        self._phone.evaluate(_WATCH_KEYS)

    def key_bytes(self) -> int:
        """Count the keys whose bytes are still in memory and are not zeros."""
        self._collect_garbage()
        count: int = self._phone.evaluate(_KEY_BYTES_LEFT)
        return count

    def keys(self) -> int:
        """Count the living keys, which no script can read but any could use."""
        count: int = self._ask("CryptoKey", "function () { return this.length; }")
        return count

    def _ask(self, kind: str, question: str) -> Any:  # noqa: ANN401
        self._collect_garbage()
        group = {"objectGroup": "insides"}
        try:
            prototype = self._cdp.send("Runtime.evaluate", {"expression": f"{kind}.prototype", **group})
            objects = self._cdp.send(
                "Runtime.queryObjects", {"prototypeObjectId": prototype["result"]["objectId"], **group}
            )
            answer = self._cdp.send(
                "Runtime.callFunctionOn",
                {
                    "objectId": objects["objects"]["objectId"],
                    "functionDeclaration": question,
                    "returnByValue": True,
                    **group,
                },
            )
            return answer["result"]["value"]
        finally:
            self._cdp.send("Runtime.releaseObjectGroup", group)

    def _collect_garbage(self) -> None:
        # What one round has let go may have held something else.
        for _ in range(3):
            self._cdp.send("HeapProfiler.collectGarbage")
