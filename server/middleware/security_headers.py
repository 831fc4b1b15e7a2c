"""The headers every answer carries (SE-3): nothing from elsewhere, nothing framed, nothing told to others."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.content_policy import content_policy

_FEATURES: Final = (
    "accelerometer", "autoplay", "browsing-topics", "camera",
    "clipboard-read", "clipboard-write", "display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation",
    "gyroscope", "hid", "identity-credentials-get", "idle-detection", "local-fonts", "magnetometer", "microphone",
    "midi", "otp-credentials", "payment", "picture-in-picture", "publickey-credentials-create",
    "publickey-credentials-get", "screen-wake-lock", "serial", "speaker-selection", "storage-access", "usb",
    "window-management", "xr-spatial-tracking",
)  # fmt: skip

HEADERS: Final = {
    "content-security-policy": content_policy(),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
# A year. Not for the preload list: that list is public and would publish the host's name (SE-2).
_STRICT_TRANSPORT: Final = "max-age=31536000"


class SecurityHeaders:
    """Adds the headers, and Strict-Transport-Security where the site is served over https."""

    def __init__(self, app: ASGIApp, *, served_over_https: bool) -> None:
        """Wrap the app."""
        self._app = app
        self._headers = {**HEADERS, **({"strict-transport-security": _STRICT_TRANSPORT} if served_over_https else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to the answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # A page with a style of its own brings the policy that allows it; no other header is its to say.
                policy = headers.get("content-security-policy")
                headers.update(self._headers)
                if policy:
                    headers["content-security-policy"] = policy
            await send(message)

        await self._app(scope, receive, send_with_headers)
