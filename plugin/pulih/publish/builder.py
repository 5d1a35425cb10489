"""MkDocs from within: renders any page of a site alone, to the byte as `mkdocs build --strict` would.

The only module that knows how MkDocs works inside. It follows `mkdocs.commands.build.build` (MkDocs 1.6) step by step,
for a theme and plugins that were read for it: there, a page depends on its own source, on the navigation's titles and
on which other files exist. What else may be configured, `Builder` refuses with `NotOurs`; MkDocs itself then builds.
"""

from __future__ import annotations

import gzip
import io
import json
import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

SEARCH = "search/search_index.json"
SITEMAP = "sitemap.xml"
_PLUGIN = "material/search"
_HOST = "404.html"
_PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


class NotOurs(Exception):
    """MkDocs has to build this site, or to say what is wrong with it."""


class Warned(NotOurs):
    """MkDocs would warn, and `--strict` refuse. Its text is what MkDocs would say."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A rendered page.

    Attributes:
        html: The file's content; empty for a page that MkDocs would leave out.
        found: Its entries in the index of the search, as JSON without brackets.
        anchors: What may be linked to on it.
        asks: The anchors on other pages that it links to: (page, anchor, the link as it is written).
    """

    html: bytes
    found: bytes
    anchors: frozenset[str]
    asks: tuple[tuple[str, str, str], ...]


class Builder:
    """A site's configuration, navigation and theme, ready to render its pages.

    Args:
        config_file: The site's `mkdocs.yml`.
        files: The addresses of all files under `wiki/` that belong to the site, pages and others.

    Raises:
        NotOurs: MkDocs has to do it, or refuses.
    """

    def __init__(self, config_file: Path, files: Iterable[str]) -> None:
        with _strictly():
            if any(word in config_file.read_text(encoding="utf-8") for word in ("INHERIT", "!ENV")):
                raise NotOurs("mkdocs.yml")
            self.config = _ours(_loaded(config_file))
            plugins, config = self.config.plugins, self.config
            plugins.on_startup(command="build", dirty=False)
            self.config = config = plugins.on_config(config)
            plugins.on_pre_build(config=config)
            self._env = config.theme.get_env()
            self._files = Files(self._file(uri) for uri in sorted(files, key=in_order))
            self._files.add_files_from_theme(self._env, config)
            self._in_nav = Files(
                file
                for uri in _addresses(config.nav)
                if (file := self._files.get_file_from_path(uri))
            )
            set_exclusions(self._in_nav, config)
            self._nav = get_navigation(self._in_nav, config)
            self._nav = plugins.on_nav(self._nav, config=config, files=self._files)
            self._env = plugins.on_env(self._env, config=config, files=self._files)
            self._look_at(self._in_nav.src_uris)

    @property
    def theme(self) -> Sequence[File]:
        """The files that the theme brings along; their destinations are in `config.site_dir`."""
        return [file for file in self._files if file.src_dir != self.config.docs_dir]

    def faces(self) -> dict[str, str]:
        """Return what each page sees of those in the navigation."""
        return {
            file.src_uri: repr((file.page.title, sorted(file.page.meta.items())))
            for file in self._in_nav
            if file.page is not None
        }

    def look_again(self, changed: Iterable[str]) -> None:
        """Read the pages anew that changed and are in the navigation. Raises NotOurs."""
        with _strictly():
            self._look_at(uri for uri in changed if uri in self._in_nav.src_uris)

    def add(self, uri: str) -> None:
        """Take up a page. Raises NotOurs where another page would see it, or it would have another's place."""
        file = self._file(uri)
        set_exclusions([file], self.config)
        rivals = {
            f"{folder}{name}{ending}"
            for folder, name in _names(file.dest_uri)
            for ending in (*_PAGES, ".html")
        } - {uri}
        if file.inclusion.is_in_nav() or file.inclusion.is_excluded():
            raise NotOurs(uri)
        if any(self._files.get_file_from_path(rival) for rival in rivals):
            raise NotOurs(uri)
        if self._files.get_file_from_path(uri) is None:
            self._files.append(file)

    def drop(self, uri: str) -> None:
        """Forget a page. Raises NotOurs where it is in the navigation."""
        if uri in self._in_nav.src_uris:
            raise NotOurs(uri)
        file = self._files.get_file_from_path(uri)
        if file is not None:
            self._files.remove(file)

    def target(self, uri: str) -> str:
        """Return where the page stands in the site."""
        file = self._files.get_file_from_path(uri)
        return (file or self._file(uri)).dest_uri

    def leaf(self, uri: str, newest: int) -> Leaf:
        """Render a page.

        Args:
            newest: The build's moment, in seconds since 1970; see SOURCE_DATE_EPOCH.

        Raises:
            Warned: MkDocs would warn of something on the page.
        """
        file = self._files.get_file_from_path(uri)
        if file is None:
            raise NotOurs(uri)
        standing = uri in self._in_nav.src_uris
        page = file.page if standing and file.page else Page(None, file, self.config)
        try:
            with _strictly():
                self._populate(page)
                return self._print(page, newest)
        finally:
            if not standing:
                file.page = None  # ten thousand of them are a lot of memory

    def anchors(self, uri: str) -> frozenset[str]:
        """Return what may be linked to on a page. Raises Warned."""
        return self.leaf(uri, 0).anchors

    def template(self, name: str, pages: Iterable[str], newest: int) -> bytes:
        """Render a template of the theme that is no page: the map of the site. Empty where MkDocs leaves it out."""
        listed = [self._stub(uri, newest) for uri in pages] if self.config.site_url else []
        base = SimpleNamespace(url=name)
        plugins, config = self.config.plugins, self.config
        with _strictly():
            template = plugins.on_pre_template(
                self._env.get_template(name), template_name=name, config=config
            )
            context = get_context(self._nav, cast("Any", listed), config, base_url=_up(base.url))
            context["build_date_utc"] = datetime.fromtimestamp(newest, UTC)
            context = plugins.on_template_context(context, template_name=name, config=config)
            text = plugins.on_post_template(
                template.render(context), template_name=name, config=config
            )
        return text.encode() if text.strip() else b""

    def search_head(self) -> bytes:
        """Return the index of the search up to its first entry; empty where the site has none."""
        if self._search is None:
            return b""
        index = self._search.search_index
        kept, index.entries = index.entries, []
        text: str = index.generate_search_index(None)
        index.entries = kept
        head, found, _ = text.partition('"docs":[')
        if not found:
            raise NotOurs("search")
        return f"{head}{found}".encode("ascii")

    @property
    def _search(self) -> Any:  # noqa: ANN401 - Material's plugin has no types
        return self.config.plugins.get(_PLUGIN)

    def _file(self, uri: str) -> File:
        config = self.config
        return File(uri, config.docs_dir, config.site_dir, config.use_directory_urls)

    def _stub(self, uri: str, newest: int) -> Any:  # noqa: ANN401 - stands for a File in a template
        file = self._files.get_file_from_path(uri)
        if file is None:
            raise NotOurs(uri)
        had = file.page
        page = Page(None, file, self.config)
        file.page = had
        page.update_date = _date(newest)
        return SimpleNamespace(page=page, src_uri=uri, url=file.url)

    def _look_at(self, uris: Iterable[str]) -> None:
        for uri in uris:
            file = self._in_nav.get_file_from_path(uri)
            if file is not None and file.page is not None:
                self._populate(file.page)

    def _populate(self, page: Page) -> None:
        plugins, config = self.config.plugins, self.config
        page = plugins.on_pre_page(page, config=config, files=self._files)
        page.read_source(config)
        page.markdown = plugins.on_page_markdown(
            page.markdown or "", page=page, config=config, files=self._files
        )
        page.render(config, self._files)
        page.content = plugins.on_page_content(
            page.content or "", page=page, config=config, files=self._files
        )

    def _print(self, page: Page, newest: int) -> Leaf:
        if self._search is not None:
            self._search.search_index.entries = []
        asks = self._asks(page)
        page.active = True
        page.update_date = _date(newest)
        try:
            context = get_context(self._nav, [], self.config, page)
            context["build_date_utc"] = datetime.fromtimestamp(newest, UTC)
            template = self._env.get_template(page.meta.get("template", "main.html"))
            context = self.config.plugins.on_page_context(
                context, page=page, config=self.config, nav=self._nav
            )
            text = template.render(context)
            text = self.config.plugins.on_post_page(text, page=page, config=self.config)
        finally:
            page.active = False
        entries = self._search.search_index.entries if self._search is not None else []
        found = json.dumps(entries, separators=(",", ":"), default=str)[1:-1]
        html = text.encode("utf-8", errors="xmlcharrefreplace") if text.strip() else b""
        return Leaf(
            html, found.encode("ascii"), frozenset(page.present_anchor_ids or ()), tuple(asks)
        )

    def _asks(self, page: Page) -> Iterator[tuple[str, str, str]]:
        here = page.present_anchor_ids or set()
        for file, links in (page.links_to_anchors or {}).items():
            for anchor, link in links.items():
                if file.src_uri != page.file.src_uri:
                    yield file.src_uri, anchor, link
                elif anchor not in here:
                    raise Warned(f"{page.file.src_uri}: {link}")


def in_order(uri: str) -> tuple[list[str], bool, str]:
    """Return the key that sorts addresses as MkDocs finds files."""
    *folders, name = uri.split("/")
    return folders, name.rpartition(".")[0] not in {"index", "README"}, name


def is_page(uri: str) -> bool:
    """Tell whether a file becomes a page."""
    return uri.lower().endswith(_PAGES)


def packed(sitemap: bytes, newest: int) -> bytes:
    """Return the map of the site as MkDocs packs it."""
    day = datetime.fromisoformat(_date(newest)).replace(tzinfo=UTC)
    out = io.BytesIO()
    with gzip.GzipFile(
        filename=f"{SITEMAP}.gz", mode="wb", fileobj=out, mtime=int(day.timestamp())
    ) as file:
        file.write(sitemap)
    return out.getvalue()


def _names(place: str) -> Iterator[tuple[str, str]]:
    """Yield the folders and names, without their endings, of what would be shown at a place in the site."""
    folder, _, name = place.rpartition("/")
    stem = name.removesuffix(".html")
    above = f"{folder}/" if folder else ""
    yield above, stem
    if stem == "index":
        yield above, "README"
        if folder:
            yield "", folder


def _date(newest: int) -> str:
    return datetime.fromtimestamp(newest, UTC).strftime("%Y-%m-%d")


def _up(name: str) -> str:
    return "/".join([".."] * name.count("/")) or "."


def _loaded(config_file: Path) -> MkDocsConfig:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    site = config_file.parent / ".site"  # never written: whoever asks for a page puts it in place
    return load_config(str(config_file), site_dir=str(site), strict=True)


def _ours(config: MkDocsConfig) -> MkDocsConfig:
    """Return the configuration where all of it was read for this. Raises NotOurs."""
    theme, validation = config.theme, config.validation
    links = (
        validation.links.not_found,
        validation.links.unrecognized_links,
        validation.links.anchors,
    )
    own = {str(Path(folder).parent.name) for folder in theme.dirs}
    understood = (
        theme.name == "material"
        and own <= {"material", "mkdocs"}
        and set(config.plugins) <= {_PLUGIN}
        and all(map(_alone, config.markdown_extensions))
        and not (config.hooks or config.extra_templates or config.exclude_docs or config.draft_docs)
        and theme.static_templates == {_HOST, SITEMAP}
        and config.nav is not None
        and min(links) >= logging.WARNING
    )
    if not understood:
        raise NotOurs("mkdocs.yml")
    return config


def _alone(extension: object) -> bool:
    """Tell whether an extension makes nothing of a page but what stands in it."""
    name = str(extension)
    known = "." not in name or name.startswith(("markdown.extensions.", "pymdownx."))
    return known and name.rpartition(".")[2] not in {"snippets", "b64", "wikilinks"}


def _addresses(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    for item in nav.values() if isinstance(nav, Mapping) else nav if isinstance(nav, list) else ():
        yield from _addresses(item)


@contextmanager
def _strictly() -> Iterator[None]:
    """Refuse what MkDocs warns of. Raises Warned, and NotOurs for whatever MkDocs raises."""
    heard = _Heard(logging.WARNING)
    log = logging.getLogger("mkdocs")
    log.addHandler(heard)
    aloud, log.propagate = log.propagate, False
    try:
        yield
    except (NotOurs, OSError):
        raise
    except (Exception, SystemExit) as error:  # MkDocs leaves by SystemExit; plugins by anything
        raise NotOurs(f"{type(error).__name__}: {error}") from error
    finally:
        log.propagate = aloud
        log.removeHandler(heard)
    if heard.said:
        raise Warned("\n".join(heard.said))


class _Heard(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.levelname} - {record.getMessage()}")
