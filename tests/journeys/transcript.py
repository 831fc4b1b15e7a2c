"""What a screen reader reads out: roles, names and states in order, from Chromium's accessibility tree."""

from collections.abc import Iterator
from typing import Any

from tests.journeys.chromium_phone import ChromiumPhone

# As people who use a screen reader hear them; what is not here is passed by, and its words are read.
_SAID = {
    "DisclosureTriangle": "disclosure",
    "button": "button",
    "checkbox": "checkbox",
    "combobox": "choice",
    "heading": "heading",
    "link": "link",
    "list": "list",
    "main": "",
    "menuListPopup": "",
    "searchbox": "search field",
    "status": "status",
    "textbox": "field",
}
# Their name is all there is to say: what is within is the same words again.
_WHOLE = {"DisclosureTriangle", "button", "checkbox", "combobox", "heading", "link", "searchbox", "textbox"}
_STATES = {"expanded": ("closed", "open"), "pressed": ("not pressed", "pressed"), "focused": ("", "here")}


def transcript(phone: ChromiumPhone) -> list[str]:
    """Read the view from its top to its end, a line a thing: "button: Next", "disclosure, closed: Sources"."""
    nodes = {node["nodeId"]: node for node in phone.cdp.send("Accessibility.getFullAXTree")["nodes"]}
    (view,) = (node for node in nodes.values() if _role(node) == "main" and not node["ignored"])
    return list(_read(view, nodes))


def _read(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Iterator[str]:
    role, name = _role(node), str(node.get("name", {}).get("value", "")).strip()
    if not node["ignored"]:
        if role == "StaticText" and name:
            yield name
        if role == "listitem" and "here" in _states(node):
            yield "here:"
        if _SAID.get(role) and (name or role == "list"):
            yield f"{', '.join([_SAID[role] + _level(node), *_states(node)])}: {name}".removesuffix(": ")
        if role in _WHOLE:
            return
    for child in node.get("childIds", []):
        if child in nodes:
            yield from _read(nodes[child], nodes)


def _role(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def _properties(node: dict[str, Any]) -> dict[str, Any]:
    return {one["name"]: one["value"].get("value") for one in node.get("properties", [])}


def _level(node: dict[str, Any]) -> str:
    level = _properties(node).get("level")
    return f" {level}" if _role(node) == "heading" else ""


def _states(node: dict[str, Any]) -> Iterator[str]:
    properties = _properties(node)
    for name, (no, yes) in _STATES.items():
        if name in properties and (said := yes if properties[name] in (True, "true") else no):
            yield said
    value = node.get("value", {}).get("value")
    if value and _role(node) in {"combobox", "searchbox", "textbox"}:
        yield str(value)
    description = node.get("description", {}).get("value")
    if description:
        yield f"({description})"
