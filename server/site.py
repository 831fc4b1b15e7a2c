"""Everything this server serves, rendered once at start-up: so a broken file stops the start, not a reader's night."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from babel import Locale

from server import addresses
from server.assets import Assets
from server.content_policy import content_policy
from server.covers import Cover, Texts, manifest
from server.documents import HTML, SCRIPT, STYLE, Caching, Document
from server.errors import SettingsError
from server.languages import best_language
from server.library import Library
from server.packs import build_pack, plain_views
from server.push.payloads import Kind
from server.rendering import Renderer
from server.settings import Settings

_NOT_FOR_SEARCH: Final = {"x-robots-tag": "noindex, nofollow"}
_PICTURE_TYPES: Final = {"png": "image/png", "svg": "image/svg+xml"}
_ASSET_TYPES: Final = {"js": SCRIPT, "css": STYLE}


@dataclass(frozen=True)
class Site:
    """All documents, by what a route knows of a request."""

    languages: tuple[str, ...]
    default_cover: Cover
    hello_path: str
    cover_pages: dict[tuple[str, str], Document]
    manifests: dict[str, Document]
    workers: dict[str, Document]
    pictures: dict[tuple[str, str], Document]
    assets: dict[str, Document]
    packs: dict[str, Document]
    plain_pages: dict[tuple[str, str], Document]
    hellos: dict[str, Document]
    # By cover and language: whoever lost the way within a cover sees no other cover's name.
    missing: dict[tuple[str, str], Document]
    broken: dict[tuple[str, str], Document]

    def best_language(self, accept_language: str) -> str:
        """Return the language that suits an Accept-Language header best."""
        return best_language(accept_language, self.languages, self.languages[0])


def build_site(
    settings: Settings, library: Library, covers: dict[str, Cover], frame: dict[str, Texts], assets: Assets
) -> Site:
    """Render everything there is."""
    return _Builder(settings, library, covers, frame, assets).site()


class _Builder:
    def __init__(
        self, settings: Settings, library: Library, covers: dict[str, Cover], frame: dict[str, Texts], assets: Assets
    ) -> None:
        self._settings = settings
        self._library = library
        self._covers = covers
        self._frame = frame
        self._assets = assets
        self._renderer = Renderer({key: cover.folder for key, cover in covers.items()})
        self._languages = tuple(
            language
            for language in library.languages
            if language in frame and all(language in cover.texts for cover in covers.values())
        )
        if not self._languages:
            raise SettingsError(f"NIGHTJAR_COVERS: no language is spoken by all of {', '.join(covers)} and the content")
        self._default = next(iter(covers.values()))

    def site(self) -> Site:
        editions, names = self._library.editions, self._language_names()
        packs = {name: build_pack(editions[name], self._renderer, editions, names) for name in self._languages}
        cover_pages = {
            (key, language): self._cover_page(cover, language)
            for key, cover in self._covers.items()
            for language in self._languages
        }
        return Site(
            languages=self._languages,
            default_cover=self._default,
            hello_path=self._settings.hello_path,
            cover_pages=cover_pages,
            manifests={
                key: Document(manifest(cover), "application/manifest+json", Caching.CHECKED)
                for key, cover in self._covers.items()
            },
            workers={key: self._worker(cover, cover_pages, packs) for key, cover in self._covers.items()},
            pictures={
                (key, file): Document(
                    body, _PICTURE_TYPES[file.rpartition(".")[2]], Caching.CHECKED, compressible=file.endswith(".svg")
                )
                for key in self._covers
                for file, body in self._assets.covers[key].icons.items()
            },
            assets={name: self._asset(name) for name in self._assets.files if name != self._assets.worker},
            packs=packs,
            plain_pages=dict(self._plain_pages()),
            hellos={language: self._hello(language) for language in self._languages},
            missing=self._dulls("missing"),
            broken=self._dulls("broken"),
        )

    def _asset(self, name: str) -> Document:
        # Only here may WebAssembly be compiled: in a worker that does nothing but stretch passcodes.
        policy = {"content-security-policy": content_policy(wasm=True)} if name == self._assets.key_worker else {}
        return Document(self._assets.files[name], _ASSET_TYPES[name.rpartition(".")[2]], Caching.FOREVER, policy)

    def _language_names(self) -> dict[str, str]:
        return {code: (Locale.parse(code).get_display_name() or code).capitalize() for code in self._languages}

    def _page_values(self, language: str, cover: Cover) -> dict[str, Any]:
        return {
            "language": language,
            "direction": self._library.edition(language).direction,
            "s": self._frame[language],
            "style": addresses.asset(self._assets.covers[cover.key].style),
            "icon": addresses.picture(cover.key, "icon.svg"),
        }

    def _cover_page(self, cover: Cover, language: str) -> Document:
        texts = cover.texts[language]
        data = {
            "cover": cover.key,
            "language": language,
            "texts": texts,
            "shell": self._frame[language],
            "inside": addresses.asset(self._assets.inside),
            "pack": addresses.pack(language),
            "worker": addresses.worker(cover.key),
            "keyWorker": addresses.asset(self._assets.key_worker),
            "scope": cover.address,
            "exit": str(self._settings.exit_url),
            # As a lock screen will show it: she sees one before she turns anything on.
            "example": cover.phrases[language].prompt[0],
        }
        style = self._assets.files[self._assets.covers[cover.key].style].decode()
        html = self._renderer.render_cover(
            cover.key,
            **self._page_values(language, cover),
            cover=cover,
            t=texts,
            languages=self._language_names(),
            script=addresses.asset(self._assets.covers[cover.key].script),
            manifest=addresses.manifest(cover.key),
            touch_icon=addresses.picture(cover.key, "touch.png"),
            data=data,
            style_text=style,
            first_frame=self._assets.first_frame,
        )
        policy = content_policy(style, self._assets.first_frame)
        return Document(html.encode(), HTML, Caching.CHECKED, {"content-security-policy": policy})

    def _worker(self, cover: Cover, pages: dict[tuple[str, str], Document], packs: dict[str, Document]) -> Document:
        shell = [self._assets.covers[cover.key].script, self._assets.inside, self._assets.key_worker]
        plan: dict[str, Any] = {
            "cover": cover.key,
            "name": cover.name,
            "icon": addresses.picture(cover.key, "icon-192.png"),
            "scope": cover.address,
            "shell": [
                _part(addresses.asset(name), Document(self._assets.files[name], "", Caching.FOREVER)) for name in shell
            ],
            "languages": {
                language: {
                    **_part(addresses.cover_in_language(cover.key, language), pages[cover.key, language]),
                    # What a push shows, by its one byte: it brings no words with it, and names of kinds would tell.
                    "phrases": {int(kind): getattr(cover.phrases[language], kind.name.lower()) for kind in Kind},
                }
                for language in self._languages
            },
            # Apart from what is laid by as it comes: once there is a passcode, the phone keeps them sealed.
            "packs": {language: _part(addresses.pack(language), packs[language]) for language in self._languages},
        }
        code = self._assets.files[self._assets.worker]
        # Another worker keeps another store, even where it lays by the same parts.
        plan["version"] = hashlib.sha256(json.dumps(plan).encode() + code).hexdigest()[:12]
        script = f"self.plan={json.dumps(plan)};\n".encode() + code
        return Document(script, SCRIPT, Caching.CHECKED)

    def _plain_pages(self) -> Iterator[tuple[tuple[str, str], Document]]:
        for language in self._languages:
            edition = self._library.edition(language)
            for view, fragment in plain_views(edition, self._renderer, self._library.editions).items():
                html = self._renderer.render(
                    "plain.html",
                    **self._page_values(language, self._default),
                    title=self._default.name,
                    exit_url=str(self._settings.exit_url),
                    home=self._default.address,
                    script=addresses.asset(self._assets.plain),
                    fragment=fragment,
                )
                number = str(addresses.plain_number(view))
                yield (number, language), Document(html.encode(), HTML, Caching.NEVER, _NOT_FOR_SEARCH)

    def _hello(self, language: str) -> Document:
        edition = self._library.edition(language)
        # Where the page is borrowed, all of it is in the other language, so that nobody gets half of a warning.
        language = edition.hello_language
        html = self._renderer.render(
            "hello.html",
            **self._page_values(language, self._default),
            title=edition.hello.title,
            exit_url=str(self._settings.exit_url),
            hello=edition.hello,
            covers=self._covers.values(),
            texts={key: cover.texts[language] for key, cover in self._covers.items()},
            script=addresses.asset(self._assets.hello),
            hello_style=addresses.asset(self._assets.hello_style),
            languages=self._language_names(),
            hello_path=self._settings.hello_path,
            edition=edition,
            plain_page=addresses.plain_page,
            picture=addresses.picture,
        )
        return Document(html.encode(), HTML, Caching.NEVER, _NOT_FOR_SEARCH)

    def _dulls(self, kind: str) -> dict[tuple[str, str], Document]:
        return {
            (key, language): self._dull(cover, language, kind)
            for key, cover in self._covers.items()
            for language in self._languages
        }

    def _dull(self, cover: Cover, language: str, kind: str) -> Document:
        html = self._renderer.render(
            "dull.html",
            **self._page_values(language, cover),
            title=cover.name,
            heading=self._frame[language][f"{kind}Title"],
            text=self._frame[language][f"{kind}Text"],
            home=cover.address,
        )
        return Document(html.encode(), HTML, Caching.NEVER, _NOT_FOR_SEARCH)


def _part(address: str, document: Document) -> dict[str, str]:
    return {"address": address, "digest": document.digest}
