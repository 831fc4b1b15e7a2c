"""Events that a browser's maker sends a service worker, sent by Chromium's debugging protocol in its place."""

from typing import Any

from tests.journeys.chromium_phone import ChromiumPhone


class WorkerEvents:
    """For the worker of the cover that is open in the current window when this is made."""

    def __init__(self, phone: ChromiumPhone, scope: str) -> None:
        self._cdp = phone.context.new_cdp_session(phone.page)
        self._origin = "/".join(scope.split("/")[:3])
        found: list[dict[str, Any]] = []
        self._cdp.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
        self._cdp.send("ServiceWorker.enable")
        phone.page.wait_for_timeout(100)
        (self._registration,) = {one["registrationId"] for one in found if one["scopeURL"] == scope}

    def deliver(self, text: str) -> None:
        """A push whose payload, decrypted, is this text's bytes."""
        self._cdp.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": self._origin, "registrationId": self._registration, "data": text},
        )

    def sync(self, tag: str) -> None:
        """The network is back, as far as the browser can tell."""
        self._cdp.send(
            "ServiceWorker.dispatchSyncEvent",
            {"origin": self._origin, "registrationId": self._registration, "tag": tag, "lastChance": False},
        )
