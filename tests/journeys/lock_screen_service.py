"""A lock screen for Chromium: takes what it shows by the desktop's own protocol (org.freedesktop.Notifications).

Run by the system's own Python, which has D-Bus; it imports nothing of the project. Each notification is one line of
JSON on standard output; a line on standard input is the number of one that is tapped.
"""

import json
import sys
from typing import Any

from gi.repository import Gio, GLib

NAME = "org.freedesktop.Notifications"
INTERFACE = """<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/></method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>"""
BY_CALL = 3
numbers = iter(range(1, 1_000_000))


def say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def called(bus: Any, _sender: str, path: str, _interface: str, method: str, given: Any, call: Any) -> None:  # noqa: ANN401 - GLib's
    """Answer one call of the browser."""
    if method == "GetCapabilities":
        call.return_value(GLib.Variant("(as)", (["actions", "body", "persistence"],)))
    elif method == "GetServerInformation":
        call.return_value(GLib.Variant("(ssss)", ("lock screen", "nightjar", "1", "1.2")))
    elif method == "Notify":
        _, replaced, _, title, body, actions, hints, _ = given.unpack()
        number = replaced or next(numbers)
        say({"number": number, "title": title, "body": body, "actions": actions, "hints": sorted(hints)})
        call.return_value(GLib.Variant("(u)", (number,)))
    elif method == "CloseNotification":
        (number,) = given.unpack()
        call.return_value(None)
        bus.emit_signal(None, path, NAME, "NotificationClosed", GLib.Variant("(uu)", (number, BY_CALL)))
        say({"number": number, "closed": True})


def begin(bus: Any, _name: str) -> None:  # noqa: ANN401
    path = "/org/freedesktop/Notifications"
    described = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
    bus.register_object(path, described, called, None, None)

    def tap(source: Any, _condition: object) -> bool:  # noqa: ANN401
        line = source.readline()
        if not line:
            loop.quit()
            return False
        bus.emit_signal(None, path, NAME, "ActionInvoked", GLib.Variant("(us)", (int(line), "default")))
        return True

    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, tap)


loop = GLib.MainLoop()
Gio.bus_own_name(
    Gio.BusType.SESSION,
    NAME,
    Gio.BusNameOwnerFlags.NONE,
    begin,
    lambda *_: say({"ready": True}),
    lambda *_: loop.quit(),
)
loop.run()
