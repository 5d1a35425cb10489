"""The next site from the one before: only what differs is rendered, and put where the old is."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from pulih.publish.builder import Builder
from pulih.publish.contents import Contents
from pulih.publish.files import write
from pulih.publish.foreseen import NotOurs, Warned, in_order, is_page
from pulih.publish.literal import MARK
from pulih.publish.sitemap import SITEMAP, packed
from pulih.publish.sources import Source
from pulih.publish.trees import remove

_MARKED = f"---\n{MARK}\n"


def differing(old: Mapping[str, Source], new: Mapping[str, Source]) -> frozenset[str]:
    """Return the addresses of the files that are in one only, or not the same."""
    return frozenset(
        uri
        for uri in old.keys() | new.keys()
        if uri not in old or uri not in new or old[uri].digest != new[uri].digest
    )


class Change:
    """One publishing: from an old site's contents and today's sources to the new site's.

    Args:
        builder: Knows the files of the old site or of the new one; afterwards those of the new one. Not to be used
            after an error.
        wiki: The folder of the sources.
        newest: The moment that the build is given.

    Raises:
        NotOurs: Something differs that all pages show, or might.
        Warned: MkDocs would warn, in strict building refuse.
    """

    def __init__(
        self, builder: Builder, wiki: Path, old: Contents, new: dict[str, Source], newest: int
    ) -> None:
        self._builder, self._wiki, self._newest = builder, wiki, newest
        self._old, self._new = old, new
        differ = differing(old.sources, new)
        gone = sorted(uri for uri in differ if uri not in new)
        self._removed = [builder.target(uri) for uri in gone]
        for uri in gone:
            builder.drop(uri)
        for uri in sorted(differ - old.sources.keys()):
            builder.add(uri)
        changed = sorted(filter(is_page, differ & new.keys()), key=in_order)
        self._copied = sorted(differ & new.keys() - set(changed))
        builder.look_again(changed)
        if builder.faces() != old.faces:
            raise NotOurs("navigation")
        self._leaves = {uri: builder.leaf(uri, newest) for uri in changed}
        self._check_links(gone)
        self._check_anchors()

    @property
    def sources(self) -> list[Path]:
        """The files under `wiki/` that the site before was not made of."""
        return [self._wiki / uri for uri in (*self._leaves, *self._copied)]

    def write(self, site: Path, before: Path) -> Contents:
        """Bring a folder that holds the old site to the new one. Raises OSError.

        Args:
            before: The old site, where it is served.
        """
        pages = {self._builder.target(uri): leaf.html for uri, leaf in self._leaves.items()}
        files = {name: content for name, content in pages.items() if content}
        files |= {self._builder.target(u): (self._wiki / u).read_bytes() for u in self._copied}
        gone = [*self._removed, *(name for name, content in pages.items() if not content)]
        remove(site, gone)
        files |= self._sitemap(before)
        for name, content in files.items():
            write(site / name, content)
        asks = {uri: asks for uri, asks in self._old.asks.items() if uri in self._new}
        asks |= {uri: leaf.asks for uri, leaf in self._leaves.items()}
        return replace(
            self._old,
            newest=self._newest,
            sources=self._new,
            asks={uri: links for uri, links in asks.items() if links},
            base=before.name,
            touched=(*files, *gone),
        )

    def _sitemap(self, before: Path) -> dict[str, bytes]:
        pages = sorted(filter(is_page, self._new), key=in_order)
        plain = self._builder.sitemap(pages, self._newest)
        made = {SITEMAP: plain, f"{SITEMAP}.gz": packed(plain, self._newest)}
        return {n: made[n] for n in made if (before / n).read_bytes() != made[n]}

    def _check_links(self, gone: Iterable[str]) -> None:
        """Refuse what still links to a page that is gone."""
        words = {word for uri in gone for word in _words(PurePosixPath(uri))}
        for uri in self._staying() if words else ():
            text = (self._wiki / uri).read_text(encoding="utf-8", errors="replace")
            told = text if text.startswith(_MARKED) else unquote(html.unescape(text))
            if any(word in told for word in words):
                self._builder.check(uri)

    def _check_anchors(self) -> None:
        for uri, leaf in self._leaves.items():
            for target, anchor, link in leaf.asks:
                self._check_anchor(uri, target, anchor, link)
        for uri, asks in self._old.asks.items():
            if uri not in self._new or uri in self._leaves:
                continue
            for target, anchor, link in asks:
                if target in self._leaves:
                    self._check_anchor(uri, target, anchor, link)

    def _check_anchor(self, uri: str, target: str, anchor: str, link: str) -> None:
        if target in self._leaves:
            there = self._leaves[target].anchors
        elif is_page(target):
            there = self._builder.anchors(target)
        else:
            return
        if anchor not in there:
            raise Warned(f"{uri}: {link}")

    def _staying(self) -> Iterator[str]:
        """Yield the pages of which nothing changed."""
        return (uri for uri in filter(is_page, self._new) if uri not in self._leaves)


def _words(gone: PurePosixPath) -> Iterator[str]:
    """Yield what every link to a file has in it."""
    if not is_page(gone.name):
        yield gone.name
        return
    yield gone.stem
    if gone.stem == "index":
        yield gone.parent.name
