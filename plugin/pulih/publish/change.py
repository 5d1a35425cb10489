"""The next site from the one before: only what differs is rendered, and put where the old is."""

from __future__ import annotations

import html
import mmap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from pulih.publish.builder import SEARCH, Builder, Leaf, packed
from pulih.publish.contents import Contents, Part
from pulih.publish.files import write
from pulih.publish.foreseen import SITEMAP, NotOurs, Warned, in_order, is_page
from pulih.publish.literal import MARK
from pulih.publish.sources import Source
from pulih.publish.trees import remove

_MARKED = f"---\n{MARK}\n"
_END = b"]}"


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
        NotOurs: More differs than pages, or a page that all others show.
        Warned: MkDocs would warn, in strict building refuse.
    """

    def __init__(
        self, builder: Builder, wiki: Path, old: Contents, new: dict[str, Source], newest: int
    ) -> None:
        self._builder, self._wiki, self._newest = builder, wiki, newest
        self._old, self._new = old, new
        differ = differing(old.sources, new)
        if not all(map(is_page, differ)):
            raise NotOurs("files")
        gone = sorted(uri for uri in differ if uri not in new)
        self._removed = [builder.target(uri) for uri in gone]
        for uri in gone:
            builder.drop(uri)
        for uri in sorted(differ - old.sources.keys()):
            builder.add(uri)
        changed = sorted(differ & new.keys(), key=in_order)
        builder.look_again(changed)
        if builder.faces() != old.faces:
            raise NotOurs("navigation")
        self._leaves = {uri: builder.leaf(uri, newest) for uri in changed}
        self._check_links(gone)
        self._check_anchors()

    def write(self, site: Path, before: Path) -> Contents:
        """Bring a folder that holds the old site to the new one. Raises OSError.

        Args:
            before: The old site, where it is served.
        """
        pages = {self._builder.target(uri): leaf.html for uri, leaf in self._leaves.items()}
        files = {name: content for name, content in pages.items() if content}
        gone = [*self._removed, *(name for name, content in pages.items() if not content)]
        remove(site, gone)
        parts = {uri: part for uri, part in self._old.parts.items() if uri in self._new}
        parts |= {uri: Part(len(leaf.found), leaf.asks) for uri, leaf in self._leaves.items()}
        files |= self._sitemap(before, parts)
        for name, content in files.items():
            write(site / name, content)
        if head := self._builder.search_head():
            self._write_index(site / SEARCH, before / SEARCH, parts, head)
            files[SEARCH] = b""
        return replace(
            self._old,
            newest=self._newest,
            sources=self._new,
            parts=parts,
            base=before.name,
            touched=(*files, *gone),
        )

    def _sitemap(self, before: Path, parts: Mapping[str, Part]) -> dict[str, bytes]:
        pages = sorted(parts, key=in_order) if self._builder.config.site_url else []
        listed = self._builder.template(SITEMAP, pages, self._newest)
        zipped = packed(listed, self._newest)
        made = {SITEMAP: listed, f"{SITEMAP}.gz": zipped}
        return {n: made[n] for n in made if (before / n).read_bytes() != made[n]}

    def _write_index(
        self, file: Path, before: Path, parts: Mapping[str, Part], head: bytes
    ) -> None:
        with (
            before.open("rb") as stream,
            mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as old,
        ):
            if old[: len(head)] != head:
                raise NotOurs("search")
            places, at = {}, len(head)
            for uri in sorted(self._old.parts, key=in_order):
                length = self._old.parts[uri].found
                places[uri] = (at, at + length)
                at += length + bool(length)
            chunks = (
                self._leaves[u].found if u in self._leaves else old[slice(*places[u])]
                for u in sorted(parts, key=in_order)
            )
            write(file, head + b",".join(filter(None, chunks)) + _END)

    def _check_links(self, gone: Iterable[str]) -> None:
        """Refuse what still links to a page that is gone."""
        words = {PurePosixPath(uri).stem for uri in gone} | {
            PurePosixPath(uri).parent.name for uri in gone if PurePosixPath(uri).stem == "index"
        }
        for uri in self._staying() if words else ():
            text = (self._wiki / uri).read_text(encoding="utf-8", errors="replace")
            told = text if text.startswith(_MARKED) else unquote(html.unescape(text))
            if any(word in told for word in words):
                self._builder.check(uri)

    def _check_anchors(self) -> None:
        for uri, leaf in self._leaves.items():
            for target, anchor, link in leaf.asks:
                self._check_anchor(uri, target, anchor, link)
        for uri in self._staying():
            for target, anchor, link in self._old.parts[uri].asks:
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
        return (uri for uri in self._old.parts if uri in self._new and uri not in self._leaves)


def joined(head: bytes, leaves: Iterable[Leaf]) -> bytes:
    """Return the index of the search of a whole site."""
    return head + b",".join(leaf.found for leaf in leaves if leaf.found) + _END
