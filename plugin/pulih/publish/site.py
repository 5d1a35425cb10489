"""The wiki as it is served: the next site is made beside the old one, then one rename makes it the site."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import gc
import hashlib
import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from pulih.domain.article import Article
from pulih.domain.edition import Case, Edition
from pulih.errors import NotFound, Unavailable
from pulih.publish import addresses, book
from pulih.publish.apart import build_apart
from pulih.publish.book import Around
from pulih.publish.builder import Builder
from pulih.publish.change import Change, differing
from pulih.publish.contents import Contents, load
from pulih.publish.files import write
from pulih.publish.finding import Analyses
from pulih.publish.foreseen import NotOurs, address_in
from pulih.publish.handwritten import Handwritten
from pulih.publish.making import Making, made_with
from pulih.publish.sources import Source, sources
from pulih.publish.trees import Trees

log = logging.getLogger(__name__)

_FULL = {errno.ENOSPC, errno.EDQUOT}


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage for a moment.

    Among the million objects of ten thousand cases, which all stay, that is a fifth of the time of a publishing.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _nothing(_digest: str) -> BinaryIO:
    raise NotFound("Berkas ini tidak ditemukan.")


class SitePublisher:
    """Publishes to a folder.

    What it owes: a reader of `site` meets a whole site at any moment; publishing the same twice builds once; two
    publishers, in threads or processes, take turns.
    """

    def __init__(
        self, office: Path, site_root: Path, opened: Callable[[str], BinaryIO] = _nothing
    ) -> None:
        """Take the folder that holds `wiki/` and `mkdocs.yml`, and the one to keep the built sites in.

        Args:
            opened: Opens an attachment's content by digest, as `ports.Files.open` does.
        """
        self._opened = opened
        self._office = office.absolute()
        self._wiki, self._config = self._office / "wiki", self._office / "mkdocs.yml"
        self._root = site_root.absolute()
        self._version = (
            made_with()
        )  # now: an upgrade may replace the sources under a server that runs
        self._trees, self._compiled = Trees(self._root), self._root / "templates"
        self._making = Making(self._root / "made.json", self._version)
        self._warm: tuple[str, str, Builder] | None = None  # the site and frame that it is at
        self._analyses, self._guides = Analyses(), Handwritten()
        self._digests: dict[str, tuple[Case, str]] = {}
        self._mine = threading.local()

    @property
    def site(self) -> Path:
        """The folder with the site as it is served now; it is missing before the first publishing."""
        return self._root / "current"

    @property
    def version(self) -> str:
        """What pages and site are made with: a short digest of the sources and of the builders' versions."""
        return self._version

    def digest(self, case: Case) -> str:
        """Return the case's digest, which takes its time, once for each object."""
        known = self._digests.get(case.number)
        if known is None or known[0] is not case:
            self._digests[case.number] = known = (case, case.digest)
        return known[1]

    @property
    def stamp(self) -> str:
        """The stamp of the site as it is served now; see `ports.Publisher`."""
        if not (self.site / "index.html").is_file():
            return ""
        try:
            return self._stamp.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return ""

    @property
    def _stamp(self) -> Path:
        return self._root / "stamp"

    def has(self, article: Article) -> bool:
        """Tell whether the site as it is served now has the article's page."""
        page = Path(addresses.case(article.number, article.year)).with_suffix("")
        return (self.site / page / "index.html").is_file()

    def publish(self, edition: Edition, stamp: str = "") -> None:
        """Bring the wiki to show exactly this edition; see `ports.Publisher`.

        Raises:
            Unavailable: MkDocs refuses or does not finish, or the disk does not take it. The old site stays, and the
                cause says what MkDocs said last.
        """
        try:
            with self.turn():
                current = self._trees.current
                old = self._trees.contents(current) if current else None
                digests = {case.number: self.digest(case) for case in edition.cases}
                found = sources(self._wiki, old.sources if old else {})
                guides = self._guides.read(self._wiki, found)
                base = address_in(self._config)
                around = Around(base, self._opened, guides, self._analyses)
                sheets = book.sheets(edition, digests, around)
                found = self._making.bring_up_to_date(self._wiki, sheets, found)
                closed = (case.article.closed_at.timestamp() for case in edition.cases)
                self._build(current, old, found, int(max(closed, default=0)))
                write(self._stamp, stamp.encode("ascii"))
        except OSError as error:
            raise _unwritable(error) from error

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Keep other publishers, in threads or processes, waiting; a turn may be taken within one's own.

        Raises:
            Unavailable: The folder of the sites cannot be written, or the disk is full.
        """
        if getattr(self._mine, "held", False):
            yield
            return
        with contextlib.ExitStack() as held:
            try:
                self._root.mkdir(parents=True, exist_ok=True)
                file = held.enter_context((self._root / "lock").open("w"))
                fcntl.flock(file, fcntl.LOCK_EX)  # let go when the file closes, or its process dies
            except OSError as error:
                raise _unwritable(error) from error
            self._mine.held = True
            held.enter_context(_uncollected())
            try:
                yield
            finally:
                self._mine.held = False

    def _build(
        self, current: Path | None, old: Contents | None, new: dict[str, Source], newest: int
    ) -> None:
        frame = self._frame()
        if current and old and old.frame == frame:
            if not differing(old.sources, new):
                return
            if old.faces and self._build_on(current, old, new, newest):
                return
        self._build_whole(newest, frame)

    def _build_on(self, current: Path, old: Contents, new: dict[str, Source], newest: int) -> bool:
        """Make the next site from the one before; tell whether that was possible."""
        builder, self._warm = self._warm_for(current, old), None
        draft = None
        try:
            if builder is None:
                self._compiled.mkdir(mode=0o700, exist_ok=True)
                builder = Builder(self._config, new, self._compiled)
            change = Change(builder, self._wiki, old, new, newest)
            draft = self._trees.twin(current)
            done = self._trees.settle(draft, change.write(draft, current), change.sources)
        except Exception as error:
            if draft:
                shutil.rmtree(draft, ignore_errors=True)
            if isinstance(error, OSError) and error.errno in _FULL:
                raise
            known = isinstance(error, NotOurs)
            log.warning("the whole wiki is built: %s", error, exc_info=not known)
            return False
        self._warm = (done.name, old.frame, builder)
        return True

    def _warm_for(self, current: Path, old: Contents) -> Builder | None:
        if self._warm is None or self._warm[:2] != (current.name, old.frame):
            return None
        return self._warm[2]

    def _build_whole(self, newest: int, frame: str) -> None:
        gc.enable()  # it takes its time
        draft = self._trees.empty()
        note = draft.with_suffix(".json")
        try:
            self._trees.tidy(draft)
            build_apart(self._config, draft, note, newest, frame)
            # It takes the wiki for the root of its host, where its styles are not; the desk has a page of its own.
            (draft / "404.html").unlink(missing_ok=True)
            contents = load(note)
            done = self._trees.settle(draft, contents)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        finally:
            note.unlink(missing_ok=True)
        if contents and contents.faces:
            self._trees.spare(done)

    def _frame(self) -> str:
        """Return a digest of what shapes every page."""
        told = self._version.encode() + self._config.read_bytes()
        return hashlib.sha256(told).hexdigest()[:16]


def _unwritable(error: OSError) -> Unavailable:
    return Unavailable(
        "Wiki belum dapat ditulis: {reason}. Halaman lama tetap tampil.",
        reason=error.strerror or error,
    )
