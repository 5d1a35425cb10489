"""Python-Markdown as MkDocs sets it up for a page, made once for many pages, and without what cannot change a page.

Two things take a third of the time of a page and do nothing: setting Markdown up anew, and asking each of fourteen
inline patterns of each piece of text whether it is in there. The bytes are the same; `tests/publish/test_change.py`
compares them with those of MkDocs.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.toc import TocExtension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import (
    Page,
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RawHTMLPreprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from pulih.publish.steps import lighten

_ANCHOR = re.compile(
    r"\b(?:id|name)\b|<!", re.IGNORECASE
)  # and declarations, which may be ill-formed
_PLAIN_LINK = re.compile(r"[\w.-][\w./-]*\.\w+")
_REUSABLE = {"attr_list", "def_list", "fenced_code", "md_in_html", "tables", "toc"}

Known = dict[
    tuple[str, bool], dict[str, tuple[str, str]]
]  # link -> as it is in the site, and its target


class Converter:
    """Turns the Markdown of pages into HTML, as `Page.render` does."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Take a site's configuration."""
        self._config = config
        self._reusable = {str(name) for name in config.markdown_extensions} <= _REUSABLE
        self._kept: Markdown | None = None
        self._known: Known = {}

    def forget(self) -> None:
        """Look again where links lead: other files stand there now."""
        self._known.clear()

    def render(self, page: Page, files: Files) -> None:
        """Give the page its content, its table of contents, its anchors and its links."""
        md, source, config = self._ready(), page.markdown or "", self._config
        raw, anchors = _RawAnchors(), _ExtractAnchorsTreeprocessor(page.file, files, config)
        links, title = (
            _Links(self._known, page.file, files, config),
            _ExtractTitleTreeprocessor(),
        )
        for step in (raw, anchors, links, title):
            step._register(md)  # noqa: SLF001 - as `Page.render` does
        for extension in md.registeredExtensions:
            if isinstance(extension, TocExtension):
                toc: Any = md.treeprocessors["toc"]
                marker = extension.getConfig("marker")
                toc.marker = marker if marker in source else ""
                vars(toc).pop("build_toc_div", None)
                if (
                    not toc.marker
                ):  # nobody would see it; what is said of the headings is in its tokens
                    toc.build_toc_div = _nothing
        page.content = md.convert(source)
        page.toc = get_toc(getattr(md, "toc_tokens", []))
        page._title_from_render = title.title  # noqa: SLF001 - as `Page.render` does
        page.present_anchor_ids = anchors.present_anchor_ids | raw.present_anchor_ids
        page.links_to_anchors = links.links_to_anchors

    def _ready(self) -> Markdown:
        if self._kept is not None:
            return self._kept.reset()
        config = self._config
        md = Markdown(
            extensions=config.markdown_extensions, extension_configs=config["mdx_configs"] or {}
        )
        if self._reusable:
            lighten(md)
            self._kept = md
        return md


class _Links(_RelativePathTreeprocessor):
    """Remembers where a link leads: it is the same for all pages of a folder, but for what is below one of them."""

    def __init__(self, known: Known, file: File, files: Files, config: MkDocsConfig) -> None:
        super().__init__(file, files, config)
        folder = posixpath.dirname(file.src_uri)
        self._known = known.setdefault((folder, file.name == "index"), {})

    def path_to_url(self, url: str) -> str:
        """Return the link as it is in the site; see MkDocs."""
        known = self._known.get(url)
        if known is not None and not known[1].startswith(self.file.url):
            return known[0]
        if _PLAIN_LINK.fullmatch(url):
            target = self.files.src_uris.get(self._target_uri(self.file.src_uri, url))
            if target is not None and not target.inclusion.is_excluded():
                answer = get_relative_url(target.url, self.file.url)
                if not target.url.startswith(self.file.url):
                    self._known[url] = answer, target.url
                return answer
        return super().path_to_url(url)


class _RawAnchors(_RawHTMLPreprocessor):
    """Looks for anchors in the HTML of a page only where there may be some."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines as they are."""
        return super().run(lines) if _ANCHOR.search("\n".join(lines)) else lines


def _nothing(_headings: object) -> Element:
    return Element("div")
