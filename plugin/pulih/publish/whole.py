"""A whole site from the start, in a process of its own: `python -m pulih.publish.whole mkdocs.yml FOLDER NOTE FRAME`.

Pages are rendered by `builder`, by as many processes as there are processors; what is not its own MkDocs builds. Both
give the same bytes.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from pulih.publish.builder import Builder
from pulih.publish.contents import Contents, dump
from pulih.publish.foreseen import NotOurs, Warned, in_order, is_page
from pulih.publish.leaf import Leaf
from pulih.publish.sitemap import SITEMAP, packed
from pulih.publish.sources import sources

_FEW = 200  # pages, for which other processes are not worth starting
_AT_ONCE = 50
_MOST = 4
_builder: Builder | None = None


def whole(config_file: Path, into: Path, newest: int, frame: str) -> Contents:
    """Build a site and return what it was made from.

    Raises:
        NotOurs: MkDocs has to do it; the folder may hold some files.
        Warned: MkDocs would warn.
        OSError: A source cannot be read, or the disk is full.
    """
    global _builder  # noqa: PLW0603 - the other processes are forks, and take it from here
    wiki = config_file.parent / "wiki"
    found = sources(wiki, {})
    _builder = builder = Builder(config_file, found)
    if Path(builder.config.docs_dir) != wiki:
        raise NotOurs("docs_dir")
    pages = sorted(filter(is_page, found), key=in_order)
    targets = [builder.target(uri) for uri in found]
    if len(set(targets)) != len(targets):
        raise NotOurs("two pages at one place")
    for uri in found.keys() - set(pages):
        _copy(wiki / uri, into / uri)
    for file in builder.theme:
        if file.src_uri not in found:
            _copy(Path(file.abs_src_path or ""), into / file.dest_uri)
    leaves = dict(zip(pages, _leaves(into, pages, newest), strict=True))
    for uri, leaf in leaves.items():
        for target, anchor, link in leaf.asks:
            if target in leaves and anchor not in leaves[target].anchors:
                raise Warned(f"{uri}: {link}")
    sitemap = builder.sitemap(pages, newest)
    _put(into / SITEMAP, sitemap)
    _put(into / f"{SITEMAP}.gz", packed(sitemap, newest))
    asks = {uri: leaf.asks for uri, leaf in leaves.items() if leaf.asks}
    return Contents(frame, newest, found, asks, builder.faces())


def _leaves(into: Path, pages: Sequence[str], newest: int) -> Iterator[Leaf]:
    """Write the pages; return what they give to the whole, in the same order."""
    some = [pages[n : n + _AT_ONCE] for n in range(0, len(pages), _AT_ONCE)]
    if len(pages) < _FEW:
        for uris in some:
            yield from _print(uris, into, newest)
        return
    gc.freeze()  # shared with the forks, which then leave these pages of memory alone
    workers = min(len(os.sched_getaffinity(0)), _MOST)
    with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as others:
        for leaves in others.map(_print, some, [into] * len(some), [newest] * len(some)):
            yield from leaves


def _print(uris: Sequence[str], into: Path, newest: int) -> list[Leaf]:
    if _builder is None:
        raise NotOurs("no builder")
    gc.disable()
    leaves = []
    for uri in uris:
        leaf = _builder.leaf(uri, newest)
        if leaf.html:
            _put(into / _builder.target(uri), leaf.html)
        leaves.append(Leaf(b"", leaf.anchors, leaf.asks))
    gc.collect()
    return leaves


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def main(config_file: str, into: str, note: str, frame: str) -> None:
    """Build, and write the note that makes the next site cheaper where there is something to note."""
    logging.basicConfig(format="%(levelname)s - %(message)s", level=logging.WARNING)
    newest = int(os.environ["SOURCE_DATE_EPOCH"])
    try:
        contents = whole(Path(config_file), Path(into), newest, frame)
    except Warned as error:
        sys.exit(f"{error}\nAborted with warnings in strict mode!")
    except (NotOurs, RuntimeError) as error:
        logging.getLogger(__name__).warning("MkDocs builds it: %s", error)
        found = sources(Path(config_file).parent / "wiki", {})
        build(load_config(config_file, site_dir=into, strict=True))
        contents = Contents(frame, newest, found, {}, {})
    Path(note).write_bytes(dump(contents))


if __name__ == "__main__":
    main(*sys.argv[1:])
