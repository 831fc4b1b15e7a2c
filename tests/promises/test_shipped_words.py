"""Nothing that rests on a phone in the clear holds a tell-tale word: what the app is, only the sealed pack says."""

import gzip
import re
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette

from server.documents import Caching, Document
from server.settings import PROJECT
from server.shipped_names import SHIPPED_NAMES
from server.site import Site
from tests.promises.telltale import find_words, words


@pytest.fixture
def site(standing_app: Starlette) -> Site:
    site: Site = standing_app.state.site
    return site


def documents_that_rest(site: Site) -> Iterator[tuple[str, Document]]:
    """Everything a browser may keep on its disk, the packs included, and the error pages, which stay on screen."""
    yield from (("asset " + name, document) for name, document in site.assets.items())
    yield from (("manifest " + cover, document) for cover, document in site.manifests.items())
    yield from (("worker " + cover, document) for cover, document in site.workers.items())
    yield from (("page " + "/".join(key), document) for key, document in site.cover_pages.items())
    yield from (("picture " + "/".join(key), document) for key, document in site.pictures.items())
    yield from (("pack " + language, document) for language, document in site.packs.items())
    yield from (("missing " + "/".join(key), document) for key, document in site.missing.items())
    yield from (("broken " + "/".join(key), document) for key, document in site.broken.items())


def test_the_words_looked_for_are_the_shared_list() -> None:
    assert len(words()) > 100


def test_nothing_that_rests_on_a_phone_holds_a_telltale_word(site: Site) -> None:
    # When every byte that a browser may keep is searched, as text and as the UTF-16 of its databases
    found = {name: find_words(document.body) for name, document in documents_that_rest(site)}

    # Then there is nothing to find
    assert len(found) > 40
    assert {name: spelt for name, spelt in found.items() if spelt} == {}


def test_only_the_pack_holds_them_and_there_they_are_packed(site: Site) -> None:
    # The search would be worth nothing if the app had no such words at all.
    for language, word in (("en", "helpline"), ("es", "violencia")):
        pack = site.packs[language]
        assert word in find_words(gzip.decompress(pack.body))
        assert not find_words(pack.body)


def test_what_does_hold_them_is_never_kept(site: Site) -> None:
    telling = [*site.plain_pages.values(), *site.hellos.values()]

    assert any(find_words(document.body) for document in telling)
    assert {document.caching for document in [*telling, *site.packs.values()]} == {Caching.NEVER}


def test_titles_are_the_covers_or_as_dull_as_one(site: Site) -> None:
    # Titles stay in the history even of pages that no cache keeps.
    pages = [*site.plain_pages.values(), *site.hellos.values(), *site.cover_pages.values()]
    for page in pages:
        titles = re.findall(rb"<title>(.*?)</title>", page.body)
        assert len(titles) == 1
        assert not find_words(titles[0])


def test_names_of_files_and_folders_that_are_served_tell_nothing(site: Site) -> None:
    for name in [*site.assets, *site.manifests, *(file for _, file in site.pictures)]:
        assert not find_words(name), name


def test_shipped_names_are_dull_and_no_two_are_equal() -> None:
    assert not [name for name in SHIPPED_NAMES.values() if find_words(name)]
    assert len(set(SHIPPED_NAMES.values())) == len(SHIPPED_NAMES)


def test_plain_names_stay_behind_as_well(site: Site) -> None:
    # Given the names in our sources that would tell, in every spelling that could slip through
    plain = [name for name in SHIPPED_NAMES if find_words(name)]
    assert plain

    # Then none is in a script, a style or a page
    for name, document in documents_that_rest(site):
        text = document.body.decode("utf-8", "replace")
        for key in plain:
            for spelling in (key, re.sub("[A-Z]", lambda letter: "-" + letter[0].lower(), key)):
                assert spelling not in text, name


def test_no_source_map_and_no_comment_of_ours_travels(site: Site) -> None:
    for name, document in site.assets.items():
        text = document.body.decode()
        assert "sourceMappingURL" not in text, name
        assert "/*" not in text.replace("*/*", ""), name
        assert str(PROJECT) not in text, name
