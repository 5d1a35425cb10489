"""What the pages of a folder have in common, rendered once: all but title, content, headings and address.

As far as the theme looks at it, a generated page that is not in the navigation differs from the next of its folder in
these only. That is not taken on trust: the page that an outline is made with is rendered as a whole too, and where the
two are not the same, so are all pages of that folder.
"""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import Environment
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import normalize_url

from pulih.publish.fronts import is_ours

_SLOT = "\ue000pulih:{}\ue000"
_SLOTS = re.compile("\ue000pulih:([a-z]+)\ue000")
_H1 = "<h1"
_TOC = "partials/toc.html"
_NEIGHBOURS = ("previous_page", "next_page", "edit_url")
_MOST = 1_000  # lists of headings, and outlines

Render = Callable[[Page], str]
Outline = tuple[str, ...]  # text, name of what stands there, text, …
_SEEN: Outline = ()  # one page of the folder was rendered: only with the next is an outline worth its time


class Outlines:
    """Puts pages together.

    Args:
        said: What the theme says in the reader's language.
        apart: Addresses in the site: pages above one of them see it as no other page does.
    """

    def __init__(
        self, env: Environment, config: MkDocsConfig, said: TemplateModule, apart: Iterable[str]
    ) -> None:
        self._apart = tuple(apart)
        self._around = {"config": config, "lang": said}
        self._known: dict[object, Outline | None] = {}
        self._headings: dict[object, str] = {}
        self._toc, self._drawing = env.get_template(_TOC), False
        self._toc_as_it_is = self._toc.root_render_func
        self._toc.root_render_func = self._headings_or_slot

    def forget(self) -> None:
        """Render all of it anew from now on: the navigation may have changed."""
        self._known.clear()

    def text(self, page: Page, newest: int, render: Render) -> str:
        """Return a page's HTML.

        Args:
            newest: The build's moment.
            render: Renders a page as a whole.
        """
        if not self._is_like_others(page):
            return render(page)
        key = (
            posixpath.dirname(page.url.rstrip("/")),
            repr(page.meta.get("hide")),
            len(page.toc) > 0,
            page.canonical_url is None,
            newest,
        )
        outline = self._known.get(key)
        if outline:
            return self._filled(outline, page)
        whole = render(page)
        if key not in self._known:
            if len(self._known) > _MOST:
                self._known.clear()
            self._known[key] = _SEEN
        elif outline == _SEEN:
            outline = self._drawn(page, render)
            self._known[key] = outline if self._filled(outline, page) == whole else None
        return whole

    def _is_like_others(self, page: Page) -> bool:
        return (
            is_ours(page.meta)
            and _H1 in (page.content or "")
            and not any(getattr(page, one) for one in _NEIGHBOURS)
            and not any(url.startswith(page.url) for url in self._apart)
        )

    def _drawn(self, page: Page, render: Render) -> Outline:
        """Render a page with a sign in each place where pages differ."""
        blank: Any = copy.copy(page)
        blank.meta = {**page.meta, "title": _SLOT.format("title")}
        blank.content = f"{_H1}>{_SLOT.format('content')}"
        blank.canonical_url = page.canonical_url and _SLOT.format("place")
        blank.toc = TableOfContents([AnchorLink("", _SLOT.format("first"), 1)] if page.toc else [])
        self._drawing = True
        try:
            text = render(blank)
        finally:
            self._drawing = False
        slot = _SLOT.format("content")
        return tuple(_SLOTS.split(text.replace(f"{_H1}>{slot}", slot)))

    def _filled(self, outline: Outline, page: Page) -> str:
        given = self._given(page)
        parts = list(outline)
        parts[1::2] = [given[name] for name in outline[1::2]]
        return "".join(parts)

    def _given(self, page: Page) -> Mapping[str, str]:
        return {
            "title": page.meta["title"],
            "content": page.content or "",
            "place": page.canonical_url or "",
            "first": normalize_url(page.toc.items[0].url, page)[1:] if page.toc else "",
            "headings": self._said_of(page),
        }

    def _said_of(self, page: Page) -> str:
        """Return the headings as the theme shows them. Most cases have the same ones."""
        items = page.toc.items
        top = items[0].children if items and items[0].level == 1 else items
        shown = _structure(top)
        if shown not in self._headings:
            if len(self._headings) > _MOST:
                self._headings.clear()
            self._headings[shown] = self._toc.render(page=page, **self._around)
        return self._headings[shown]

    def _headings_or_slot(self, context: Context) -> Iterator[str]:
        if self._drawing:
            yield _SLOT.format("headings")
        else:
            yield from self._toc_as_it_is(context)


def _structure(links: Iterable[AnchorLink]) -> tuple[object, ...]:
    return tuple((one.title, one.id, one.level, _structure(one.children)) for one in links)
