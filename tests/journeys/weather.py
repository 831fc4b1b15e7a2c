"""A page as the exit's destination is: somebody else's, bland, and without a word about us."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

TITLE = "Weather"


def make_weather_page() -> Starlette:
    def page(request: Request) -> Response:
        return HTMLResponse(f"<!doctype html><html lang='en'><title>{TITLE}</title><h1>Mild, some cloud</h1></html>")

    return Starlette(routes=[Route("/{rest:path}", page)])
