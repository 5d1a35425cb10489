"""MkDocs from within: renders any page of a site alone, to the byte as `mkdocs build --strict` would.

With `foreseen` the only module that knows how MkDocs works inside. It follows `mkdocs.commands.build.build` (MkDocs
1.6) step by step, for a theme and plugins that were read for it: there, a page depends on its own source, on the
navigation's titles and on which other files exist. What else may be configured, `foreseen` refuses with `NotOurs`;
MkDocs itself then builds.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from pulih.publish import fronts
from pulih.publish.converting import Converter
from pulih.publish.foreseen import (
    NotOurs,
    Warned,
    addresses_in,
    configuration,
    in_order,
    is_page,
    rivals,
    strictly,
)
from pulih.publish.leaf import Leaf
from pulih.publish.outline import Outlines
from pulih.publish.remembering import Remembered
from pulih.publish.sitemap import day_of, sitemap
from pulih.publish.themed import listing


class Builder:
    """A site's configuration, navigation and theme, ready to render its pages.

    Args:
        config_file: The site's `mkdocs.yml`.
        files: The addresses of all files under `wiki/` that belong to the site, pages and others.
        compiled: A folder that keeps the theme's templates as Python has compiled them.

    Raises:
        NotOurs: MkDocs has to do it, or refuses.
    """

    def __init__(
        self, config_file: Path, files: Iterable[str], compiled: Path | None = None
    ) -> None:
        with strictly():
            self.config = configuration(config_file)
            plugins, config = self.config.plugins, self.config
            plugins.on_startup(command="build", dirty=False)
            self.config = config = plugins.on_config(config)
            plugins.on_pre_build(config=config)
            self._env = config.theme.get_env()
            if compiled and compiled.is_dir():
                self._env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
            self._converter = Converter(config)
            self._read: set[str] = set()  # of the navigation, and not yet rendered
            self._file = partial(
                File,
                src_dir=config.docs_dir,
                dest_dir=config.site_dir,
                use_directory_urls=config.use_directory_urls,
            )
            self._files = Files(map(self._file, sorted(files, key=in_order)))
            self._files.add_files_from_theme(listing(config.theme.dirs), config)
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
            shown = [file.url for file in self._in_nav]
            self._remembered = Remembered(self._env, config, shown)
            apart = (*shown, *map(str, (*config.extra_css, *config.extra_javascript)))
            self._outlines = Outlines(self._env, config, self._remembered.language, apart)

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
        self._remembered.forget()
        self._outlines.forget()

    def add(self, uri: str) -> None:
        """Take up a file. Raises NotOurs where a page would see it, or it would have another's place."""
        file = self._file(uri)
        set_exclusions([file], self.config)
        if file.inclusion.is_excluded() or (is_page(uri) and file.inclusion.is_in_nav()):
            raise NotOurs(uri)
        if self._in_theme(uri) or any(
            self._files.get_file_from_path(rival) for rival in rivals(uri, file.dest_uri)
        ):
            raise NotOurs(uri)
        if self._files.get_file_from_path(uri) is None:
            self._files.append(file)
            self._converter.forget()

    def drop(self, uri: str) -> None:
        """Forget a file. Raises NotOurs where it is in the navigation, or the theme has one in its place."""
        if uri in self._in_nav.src_uris or self._in_theme(uri):
            raise NotOurs(uri)
        file = self._files.get_file_from_path(uri)
        if file is not None:
            self._files.remove(file)
            self._converter.forget()

    def target(self, uri: str) -> str:
        """Return where the file stands in the site."""
        file = self._files.get_file_from_path(uri)
        return (file or self._file(uri)).dest_uri

    def leaf(self, uri: str, newest: int) -> Leaf:
        """Render a page.

        Args:
            newest: The build's moment, in seconds since 1970; see SOURCE_DATE_EPOCH.

        Raises:
            Warned: MkDocs would warn of something on the page.
        """
        file = self._known(uri)
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

    def sitemap(self, pages: Iterable[str], newest: int) -> bytes:
        """Return the map of the site, of these pages. Empty where MkDocs leaves it out."""
        with strictly():
            urls = (self._known(uri).url for uri in pages)
            return sitemap(self._env, self._nav, self.config, urls, newest)

    def _in_theme(self, uri: str) -> bool:
        return any((Path(folder) / uri).is_file() for folder in self.config.theme.dirs)

    def _known(self, uri: str) -> File:
        file = self._files.get_file_from_path(uri)
        if file is None:
            raise NotOurs(uri)
        return file

    def _look_at(self, uris: Iterable[str]) -> None:
        for uri in uris:
            file = self._in_nav.get_file_from_path(uri)
            if file is not None and file.page is not None:
                self._populate(file.page)
                self._read.add(file.src_uri)

    def _populate(self, page: Page) -> None:
        plugins, config = self.config.plugins, self.config
        page = plugins.on_pre_page(page, config=config, files=self._files)
        self._read_source(page)
        page.markdown = plugins.on_page_markdown(
            page.markdown or "", page=page, config=config, files=self._files
        )
        self._converter.render(page, self._files)
        page.content = plugins.on_page_content(
            page.content or "", page=page, config=config, files=self._files
        )

    def _read_source(self, page: Page) -> None:
        told = None
        with contextlib.suppress(OSError, ValueError):  # MkDocs has words for that
            told = fronts.read(page.file.content_string)
        if told is None:
            page.read_source(self.config)
        else:
            page.markdown, page.meta = told

    def _print(self, page: Page, newest: int) -> Leaf:
        asks = self._asks(page)
        page.active = True
        page.update_date = day_of(newest)
        try:
            text = self._outlines.text(page, newest, partial(self._render, newest))
            text = self.config.plugins.on_post_page(text, page=page, config=self.config)
        finally:
            page.active = False
        html = text.encode("utf-8", errors="xmlcharrefreplace") if text.strip() else b""
        return Leaf(html, frozenset(page.present_anchor_ids or ()), tuple(asks))

    def _render(self, newest: int, page: Page) -> str:
        context = get_context(self._nav, [], self.config, page)
        context["build_date_utc"] = datetime.fromtimestamp(newest, UTC)
        template = self._env.get_template(page.meta.get("template", "main.html"))
        context = self.config.plugins.on_page_context(
            context, page=page, config=self.config, nav=self._nav
        )
        return template.render(context)

    def _asks(self, page: Page) -> Iterator[tuple[str, str, str]]:
        here = page.present_anchor_ids or set()
        for file, links in (page.links_to_anchors or {}).items():
            for anchor, link in links.items():
                if file.src_uri != page.file.src_uri:
                    yield file.src_uri, anchor, link
                elif anchor not in here:
                    raise Warned(f"{page.file.src_uri}: {link}")
