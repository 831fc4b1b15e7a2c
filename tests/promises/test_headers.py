"""Every answer, whatever it is, carries the headers that keep others out and traces away."""

import hashlib
import re
from base64 import b64encode
from collections import defaultdict
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest
from pydantic import HttpUrl

from server.settings import Settings
from server.site import Site
from tests.promises.every_answer import Answered, every_answer, failing_app
from tests.promises.telltale import find_words

# Whatever else an answer carries must be thought about here first: each header is a trace, or a hint at what runs here.
ALLOWED = {
    "allow",
    "cache-control",
    "content-encoding",
    "content-length",
    "content-security-policy",
    "content-type",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "etag",
    "location",
    "permissions-policy",
    "referrer-policy",
    "retry-after",
    "set-cookie",
    "vary",
    "x-content-type-options",
    "x-robots-tag",
}


@pytest.fixture(scope="module")
def site_and_answers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, list[Answered]]:
    app = failing_app(Settings(data=tmp_path_factory.mktemp("data")))
    return app.state.site, every_answer(app)


@pytest.fixture
def site(site_and_answers: tuple[Site, list[Answered]]) -> Site:
    return site_and_answers[0]


@pytest.fixture
def answers(site_and_answers: tuple[Site, list[Answered]]) -> list[Answered]:
    return site_and_answers[1]


def policy_of(answer: httpx.Response) -> dict[str, list[str]]:
    directives = (directive.split() for directive in answer.headers["content-security-policy"].split(";"))
    return {name: sources for name, *sources in directives}


def test_every_kind_of_answer_was_asked_for(answers: list[Answered]) -> None:
    kinds = {answer.status_code for _, _, answer in answers}
    assert kinds == {200, 204, 303, 304, 400, 401, 403, 404, 405, 409, 413, 429, 500}
    assert len(answers) > 200


def test_only_a_phone_that_signs_in_or_out_gets_a_cookie(answers: list[Answered]) -> None:
    given = {(method, asked) for method, asked, answer in answers if "set-cookie" in answer.headers}

    assert given == {("POST", f"/s/{name}") for name in ("new", "in", "again", "out", "clear")}


def test_the_one_cookie_is_out_of_reach_of_scripts_and_of_other_sites(answers: list[Answered]) -> None:
    for _, asked, answer in answers:
        for cookie in answer.headers.get_list("set-cookie"):
            value, *attributes = cookie.split("; ")
            assert re.fullmatch("s=([A-Za-z0-9_-]{43})?", value), asked
            lifetime = 90 * 24 * 3600 if len(value) > 2 else 0
            assert attributes == [f"Max-Age={lifetime}", "Path=/", "HttpOnly", "SameSite=Strict"], asked


def test_a_refusal_says_its_kind_and_not_one_byte_more(answers: list[Answered]) -> None:
    # Then nobody can tell an account that is not there from one that is somebody else's.
    said: defaultdict[int, set[bytes]] = defaultdict(set)
    for method, asked, answer in answers:
        if asked.startswith("/s/") and answer.is_error and method != "HEAD":
            said[answer.status_code].add(answer.content)

    dull = said.pop(HTTPStatus.METHOD_NOT_ALLOWED)
    assert len(dull) == 1
    assert said == {
        400: {b'{"kind":"unreadable"}'},
        401: {b'{"kind":"closed"}'},
        404: {b'{"kind":"nothing"}'},
        409: {b'{"kind":"full"}'},
        429: {b'{"kind":"later"}'},
    }


def test_no_answer_carries_a_header_that_nobody_has_thought_about(answers: list[Answered]) -> None:
    for _, asked, answer in answers:
        assert set(answer.headers) <= ALLOWED, asked


def test_every_answer_closes_the_same_doors(answers: list[Answered]) -> None:
    for _, asked, answer in answers:
        assert answer.headers["referrer-policy"] == "no-referrer", asked
        assert answer.headers["x-content-type-options"] == "nosniff", asked
        assert answer.headers["cross-origin-opener-policy"] == "same-origin", asked
        assert answer.headers["cross-origin-resource-policy"] == "same-origin", asked
        for feature in ("camera", "microphone", "geolocation", "clipboard-read", "idle-detection", "browsing-topics"):
            assert f"{feature}=()" in answer.headers["permissions-policy"].split(", "), asked


def test_every_answer_forbids_whatever_does_not_come_from_here(answers: list[Answered]) -> None:
    for method, asked, answer in answers:
        policy = policy_of(answer)
        assert policy["default-src"] == ["'none'"], asked
        for directive in ("base-uri", "form-action", "frame-ancestors"):
            assert policy[directive] == ["'none'"], asked
        for directive, sources in policy.items():
            if directive.endswith("-src") and directive != "default-src":
                assert sources == ["'self'"] or directive in {"style-src", "script-src"}, (asked, directive)
        compiles = ["'wasm-unsafe-eval'"] if asked.startswith("/a/calc.") and not answer.is_error else []
        others = set(policy["script-src"]) - {"'self'", *compiles}
        assert len(others) <= 1, asked
        assert all(other.startswith("'sha256-") for other in others), asked
        if method == "GET" and answer.status_code != HTTPStatus.NOT_MODIFIED:
            assert policy["script-src"] == ["'self'", *standing_in(answer, "script"), *compiles], asked
            assert policy["style-src"] == ["'self'", *standing_in(answer, "style")], asked


def standing_in(answer: httpx.Response, kind: str) -> list[str]:
    """Give the source that allows the one script or style standing in a page itself, and nothing else."""
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return []
    parts = re.findall(rf"<{kind}\b([^>]*)>(.*?)</{kind}>", answer.text, re.DOTALL)
    # What has an address is fetched from it, and JSON is not run.
    own = [text for attributes, text in parts if " src=" not in attributes and "application/json" not in attributes]
    assert len(own) <= 1
    return [f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in own]


def test_only_covers_bring_a_script_in_the_page_itself_and_all_bring_the_same(answers: list[Answered]) -> None:
    bring = {asked: own for _, asked, answer in answers if (own := standing_in(answer, "script"))}
    assert {asked.split("/")[1] for asked in bring} <= {"sip", "sprout", "pantry"}
    assert len({own[0] for own in bring.values()}) == 1


def test_no_answer_lets_text_become_code(answers: list[Answered]) -> None:
    for _, asked, answer in answers:
        # Compiling WebAssembly is the key worker's alone, which has no page and no text to compile (the test above).
        policy = answer.headers["content-security-policy"].replace(" 'wasm-unsafe-eval'", "")
        for loophole in ("unsafe", "*", "data:", "blob:", "http", "strict-dynamic", "allow-duplicates", "report"):
            assert loophole not in policy, asked
        assert policy_of(answer)["require-trusted-types-for"] == ["'script'"], asked
        assert policy_of(answer)["trusted-types"] == ["page", "lit-html"], asked


def test_no_page_needs_what_the_policy_forbids(answers: list[Answered]) -> None:
    # A page that did would look broken, and somebody would loosen the policy.
    for _, asked, answer in answers:
        if answer.headers.get("content-type", "").startswith("text/html"):
            assert " style=" not in answer.text, asked
            assert " onclick=" not in answer.text, asked
            assert "javascript:" not in answer.text, asked


def test_what_must_leave_no_trace_rests_in_no_cache(answers: list[Answered], site: Site) -> None:
    for _, asked, answer in answers:
        inside = asked.startswith(("/b/", "/s/", "/t/"))
        leaves_no_trace = inside or asked in {"/", "/up", "/tea/", site.hello_path} or answer.is_error
        assert (answer.headers["cache-control"] == "no-store") == leaves_no_trace, asked
        if leaves_no_trace:
            assert "etag" not in answer.headers, asked


def test_what_is_named_after_its_content_is_asked_for_once(answers: list[Answered]) -> None:
    for _, asked, answer in answers:
        if not answer.is_error:
            immutable = "immutable" in answer.headers["cache-control"]
            assert immutable == asked.startswith("/a/"), asked


def test_what_differs_by_language_says_so(answers: list[Answered]) -> None:
    # Otherwise a cache between here and the phone might hand out the wrong one.
    bodies: defaultdict[str, set[bytes]] = defaultdict(set)
    for method, asked, answer in answers:
        # What a phone asks for is another answer for each phone, and rests in no cache at all.
        if (method, answer.status_code) == ("GET", HTTPStatus.OK) and not asked.startswith("/s/"):
            bodies[asked].add(answer.content)

    for _, asked, answer in answers:
        if len(bodies[asked]) > 1 and not answer.is_error:
            assert "Accept-Language" in answer.headers["vary"], asked
    assert len(bodies["/sip/"]) == len(bodies["/hello"]) == 3


def test_no_header_and_no_address_holds_a_telltale_word(answers: list[Answered]) -> None:
    for _, asked, answer in answers:
        assert not find_words(asked), asked
        assert not find_words("\n".join(f"{name}: {value}" for name, value in answer.headers.items())), asked


@pytest.mark.parametrize(
    ("origin", "header"),
    [(None, None), ("http://app.example/", None), ("https://app.example/", "max-age=31536000")],
)
def test_only_a_site_served_over_https_asks_browsers_to_insist_on_it(
    origin: str | None, header: str | None, tmp_path: Path
) -> None:
    # Over plain http the header means nothing; on a host's test machine it would lock every other port out.
    app = failing_app(Settings(origin=HttpUrl(origin) if origin else None, covers=("sip",), data=tmp_path))

    for _, asked, answer in every_answer(app):
        # Neither subdomains nor the preload list: that list is public, and would publish the host's name.
        assert answer.headers.get("strict-transport-security") == header, asked
