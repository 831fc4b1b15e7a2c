"""Equal content makes equal bytes: nobody can tell hosts, days or restarts apart, and nothing is fetched twice."""

import gzip
import json
import os
import subprocess
import sys

import httpx

from server.app import create_app
from server.settings import PROJECT, Settings
from server.site import Site

TELL_DIGESTS = """
import json
from server.app import create_app
from server.settings import Settings
site = create_app(Settings()).state.site
print(json.dumps({
    "packs": {language: document.digest for language, document in site.packs.items()},
    "pages": {"/".join(key): document.digest for key, document in site.cover_pages.items()},
    "workers": {cover: document.digest for cover, document in site.workers.items()},
}))
"""


def digests_of_a_start(seed: str) -> object:
    """Start afresh: in a process whose sets and dictionaries are shuffled in another way."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    told = subprocess.run(
        [sys.executable, "-c", TELL_DIGESTS], cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(told.stdout)


def test_two_starts_make_the_same_packs_pages_and_workers() -> None:
    first = digests_of_a_start("1")

    assert first == digests_of_a_start("2")


def test_a_pack_names_no_file_no_day_and_no_machine() -> None:
    # gzip's header could hold name and day (RFC 1952 section 2.3).
    site: Site = create_app(Settings(covers=("sip",))).state.site
    for pack in site.packs.values():
        assert pack.body[3] == 0
        assert pack.body[4:8] == bytes(4)


async def test_everybody_gets_the_same_pack_whoever_asks_and_however(visitor: httpx.AsyncClient) -> None:
    # Given people with different browsers, languages, and covers behind them
    asks = [
        {},
        {"accept-language": "es", "user-agent": "Phone/1"},
        {"referer": "http://localhost/sprout/", "cookie": "a=b", "x-forwarded-for": "192.0.2.1"},
        {"accept-encoding": "gzip", "if-none-match": "*", "range": "bytes=0-10", "if-modified-since": "now"},
    ]

    # Then the bytes are one and the same, and so are the headers around them
    answers = [await visitor.get("/b/en.bin", headers=headers) for headers in asks]
    assert len({answer.content for answer in answers}) == 1
    assert len({str(answer.headers) for answer in answers}) == 1


def test_a_pack_does_not_depend_on_which_covers_a_host_offers() -> None:
    one: Site = create_app(Settings(covers=("sprout",))).state.site
    other: Site = create_app(Settings(covers=("sip", "pantry"))).state.site

    assert one.packs == other.packs


def test_a_pack_is_as_small_as_it_gets() -> None:
    site: Site = create_app(Settings(covers=("sip",))).state.site
    for pack in site.packs.values():
        assert len(pack.body) <= len(gzip.compress(gzip.decompress(pack.body), 9, mtime=0))
