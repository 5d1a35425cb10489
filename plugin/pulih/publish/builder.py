"""MkDocs from within: renders any page of a site alone, to the byte as `mkdocs build --strict` would.

With `foreseen` the only module that knows how MkDocs works inside. It follows `mkdocs.commands.build.build` (MkDocs
1.6) step by step, for a theme and plugins that were read for it: there, a page depends on its own source, on the
navigation's titles and on which other files exist. What else may be configured, `foreseen` refuses with `NotOurs`;
MkDocs itself then builds.
"""

from __future__ import annotations

import gzip
import io
import json
import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from jinja2.runtime import Context
from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from pulih.publish.foreseen import (
    PAGES,
    SEARCH_PLUGIN,
    SITEMAP,
    NotOurs,
    Warned,
    addresses_in,
    configuration,
    in_order,
    strictly,
)

SEARCH = "search/search_index.json"


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
        with strictly():
            self.config = configuration(config_file)
            plugins, config = self.config.plugins, self.config
            plugins.on_startup(command="build", dirty=False)
            self.config = config = plugins.on_config(config)
            plugins.on_pre_build(config=config)
            self._env = config.theme.get_env()
            self._shown: dict[object, str] = {}
            self._read: set[str] = set()  # of the navigation, and not yet rendered
            self._files = Files(self._file(uri) for uri in sorted(files, key=in_order))
            self._files.add_files_from_theme(self._env, config)
            self._in_nav = Files(
                file
                for uri in addresses_in(config.nav)
                if (file := self._files.get_file_from_path(uri))
            )
            set_exclusions(self._in_nav, config)
            self._nav = get_navigation(self._in_nav, config)
            self._nav = plugins.on_nav(self._nav, config=config, files=self._files)
            self._env = plugins.on_env(self._env, config=config, files=self._files)
            self._look_at(self._in_nav.src_uris)
            self._remember_the_navigation()

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
        with strictly():
            self._look_at(uri for uri in changed if uri in self._in_nav.src_uris)
        self._shown.clear()

    def add(self, uri: str) -> None:
        """Take up a page. Raises NotOurs where another page would see it, or it would have another's place."""
        file = self._file(uri)
        set_exclusions([file], self.config)
        rivals = {
            f"{folder}{name}{ending}"
            for folder, name in _names(file.dest_uri)
            for ending in (*PAGES, ".html")
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
            with strictly():
                if uri not in self._read:
                    self._populate(page)
                self._read.discard(uri)
                return self._print(page, newest)
        finally:
            if not standing:
                file.page = None  # ten thousand of them are a lot of memory

    def check(self, uri: str) -> None:
        """Look for what MkDocs would warn of on a page, of whose source nothing changed. Raises Warned."""
        self._read.discard(uri)
        self.leaf(uri, 0)

    def anchors(self, uri: str) -> frozenset[str]:
        """Return what may be linked to on a page. Raises Warned."""
        return self.leaf(uri, 0).anchors

    def template(self, name: str, pages: Iterable[str], newest: int) -> bytes:
        """Render a template of the theme that is no page: the map of the site. Empty where MkDocs leaves it out."""
        listed = [self._stub(uri, newest) for uri in pages] if self.config.site_url else []
        base = SimpleNamespace(url=name)
        plugins, config = self.config.plugins, self.config
        with strictly():
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
        return self.config.plugins.get(SEARCH_PLUGIN)

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

    def _remember_the_navigation(self) -> None:
        """Render the navigation once for all pages of a folder that are not in it: they show the same."""
        if "toc.integrate" in self.config.theme.get("features", ()):
            return
        for name in ("partials/nav.html", "partials/tabs.html"):
            template = self._env.get_template(name)
            template.root_render_func = self._remembered(template.root_render_func)

    def _remembered(
        self, render: Callable[[Context], Iterator[str]]
    ) -> Callable[[Context], Iterator[str]]:
        known, shown = self._shown, [file.url for file in self._in_nav]

        def remembered(context: Context) -> Iterator[str]:
            page = context["page"]
            if page is None or any(url.startswith(page.url) for url in shown):
                yield from render(context)
                return
            key = (render, posixpath.dirname(page.url.rstrip("/")))
            if key not in known:
                known[key] = "".join(render(context))
            yield known[key]

        return remembered

    def _look_at(self, uris: Iterable[str]) -> None:
        for uri in uris:
            file = self._in_nav.get_file_from_path(uri)
            if file is not None and file.page is not None:
                self._populate(file.page)
                self._read.add(file.src_uri)

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
