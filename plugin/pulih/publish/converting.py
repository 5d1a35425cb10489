"""Python-Markdown as MkDocs sets it up for a page, made once for many pages, and without what cannot change a page.

Two things take a third of the time of a page and do nothing: setting Markdown up anew, and asking each of fourteen
inline patterns of each piece of text whether it is in there. The bytes are the same; `tests/publish/test_change.py`
compares them with those of MkDocs.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

from markdown import Markdown
from markdown import inlinepatterns as patterns
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString
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

# What a text must have in it before a pattern can be found in it.
_NEEDED = {
    patterns.BACKTICK_RE: "`",
    patterns.ESCAPE_RE: "\\",
    patterns.LINK_RE: "[",
    patterns.IMAGE_LINK_RE: "![",
    patterns.AUTOLINK_RE: "<",
    patterns.AUTOMAIL_RE: "<",
    patterns.LINE_BREAK_RE: "  \n",
    patterns.HTML_RE: "<",
    patterns.ENTITY_RE: "&",
}
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
            md.treeprocessors.register(_Inline(md), "inline", 20)
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
        answer = super().path_to_url(url)
        if _PLAIN_LINK.fullmatch(url):
            target = self.files.get_file_from_path(self._target_uri(self.file.src_uri, url))
            if target is not None and not target.url.startswith(self.file.url):
                self._known[url] = answer, target.url
        return answer


class _RawAnchors(_RawHTMLPreprocessor):
    """Looks for anchors in the HTML of a page only where there may be some."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines as they are."""
        return super().run(lines) if _ANCHOR.search("\n".join(lines)) else lines


class _Inline(InlineProcessor):
    """Looks only for patterns that may be in a text."""

    def _InlineProcessor__handleInline(self, data: str, at: int = 0) -> str:  # noqa: N802 - its name
        if isinstance(data, AtomicString):
            return data
        start, apply = 0, self._InlineProcessor__applyPattern  # type: ignore[attr-defined] # a private one of its class
        while at < len(self._each):
            pattern, may_be_in = self._each[at]
            matched = False
            if may_be_in(data):
                data, matched, start = apply(pattern, data, at, start)
            if not matched:
                at += 1
                start = 0
        return data

    @cached_property
    def _each(self) -> list[tuple[Any, Callable[[str], bool]]]:
        return [(pattern, self._test_for(pattern)) for pattern in self.inlinePatterns]

    def _test_for(self, pattern: Any) -> Callable[[str], bool]:  # noqa: ANN401 - there are several kinds
        """Return what tells whether a pattern may be in a text; a pattern that is not known may be in any."""
        if isinstance(pattern, patterns.DelimiterProcessor):
            return lambda data: any(token in data for token in pattern.tokens)
        needed = _NEEDED.get(pattern.pattern, "")
        if isinstance(pattern, patterns.ReferenceInlineProcessor):  # of what stands elsewhere
            return lambda data: needed in data and bool(self.md.references)
        return lambda data: needed in data
