"""A small WebKitGTK browser for WebKitWebDriver: no toolbar, so the page is exactly as large as a phone's.

Run by the system's own Python, which has the GTK bindings; it imports nothing of the project. From the environment:
PHONE_PROFILE (folder), PHONE_SIZE (390x844), PHONE_LANGUAGE, PHONE_DARK (1 or 0).
"""

import os
from typing import Any

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402 - versions have to be chosen first

# Safari has these by default; WebKitGTK keeps them behind switches.
FEATURES = {"StorageAPI", "StorageAPIEstimate", "FileSystem"}

profile = os.environ["PHONE_PROFILE"]
width, height = map(int, os.environ["PHONE_SIZE"].split("x"))
windows: list[Any] = []  # kept alive here

store = WebKit2.WebsiteDataManager(base_data_directory=profile + "/data", base_cache_directory=profile + "/cache")
context = WebKit2.WebContext.new_with_website_data_manager(store)
context.set_automation_allowed(True)
context.set_preferred_languages([os.environ["PHONE_LANGUAGE"]])
# A browser that remembers where it has been, so that Back finds pages as a phone's would.
context.set_cache_model(WebKit2.CacheModel.WEB_BROWSER)

settings = WebKit2.Settings()
settings.set_enable_page_cache(True)
known = WebKit2.Settings.get_all_features()
for index in range(known.get_length()):
    if known.get(index).get_identifier() in FEATURES:
        settings.set_feature_enabled(known.get(index), True)


def say_unreachable(view: Any, _event: object, address: str, error: Any) -> bool:  # noqa: ANN401
    """Show a page of our own where a site cannot be reached, as every browser does; a load given up is no failure."""
    if error.matches(WebKit2.NetworkError.quark(), WebKit2.NetworkError.CANCELLED):
        return False
    view.load_alternate_html("<html data-unreachable><title>Unreachable</title></html>", address, address)
    return True


def open_view(_session: object) -> Any:  # noqa: ANN401 - GTK's objects have no types here
    """Open a window when the driver asks for one."""
    view = WebKit2.WebView(is_controlled_by_automation=True, web_context=context, settings=settings)
    view.connect("load-failed", say_unreachable)
    window = Gtk.Window(decorated=False, default_width=width, default_height=height)
    window.add(view)
    window.show_all()
    windows.append(window)
    return view


def begin(_context: object, session: Any) -> None:  # noqa: ANN401
    """Say who we are when a driver connects."""
    information = WebKit2.ApplicationInfo()
    information.set_name("Phone")
    information.set_version(1, 0, 0)
    session.set_application_info(information)
    session.connect("create-web-view", open_view)


Gtk.Settings.get_default().set_property("gtk-application-prefer-dark-theme", os.environ["PHONE_DARK"] == "1")
context.connect("automation-started", begin)
Gtk.main()
