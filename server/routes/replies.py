"""Turns documents into answers: compressed where the browser can, unchanged where it already has them."""

from starlette.requests import Request
from starlette.responses import Response

from server.documents import Caching, Document
from server.site import Site


def site_of(request: Request) -> Site:
    """Return what this server serves."""
    site: Site = request.app.state.site
    return site


def language_of(request: Request) -> str:
    """Return the reader's language: asked for in the address, else as the browser says."""
    site = site_of(request)
    wanted = request.query_params.get("l", "")
    return wanted if wanted in site.languages else site.best_language(request.headers.get("accept-language", ""))


def cover_of(request: Request) -> str:
    """Return the cover in whose address a request lies, else the default one."""
    site = site_of(request)
    first = request.url.path.partition("/")[2].partition("/")[0]
    return first if first in site.manifests else site.default_cover.key


def reply(request: Request, document: Document, *, status: int = 200, varies_by_language: bool = False) -> Response:
    """Answer with a document."""
    headers = {"cache-control": document.caching.value, **document.headers}
    vary = ["Accept-Language"] if varies_by_language else []
    if document.compressible:
        vary.append("Accept-Encoding")
    if vary:
        headers["vary"] = ", ".join(vary)
    if document.caching is not Caching.NEVER:
        headers["etag"] = document.tag
        if document.tag in _tags_held(request):
            return Response(status_code=304, headers=headers)
    body = document.body
    if document.compressed is not None and _takes_gzip(request):
        body = document.compressed
        headers["content-encoding"] = "gzip"
    return Response(body, status, headers, media_type=document.media_type)


def _tags_held(request: Request) -> set[str]:
    # Compared weakly (RFC 9110 section 13.1.2): a proxy that compresses may have made the tag weak.
    tags = (tag.strip() for tag in request.headers.get("if-none-match", "").split(","))
    return {tag if tag.startswith("W/") else f"W/{tag}" for tag in tags}


def _takes_gzip(request: Request) -> bool:
    for coding in request.headers.get("accept-encoding", "").lower().replace(" ", "").split(","):
        name, _, weight = coding.partition(";q=")
        if name == "gzip":
            # Nought, however many noughts, means: anything but this.
            return not weight or bool(weight.strip("0."))
    return False
