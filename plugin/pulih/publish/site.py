"""The wiki as it is served: the next site is made beside the old one, then one rename makes it the site."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from pulih.domain import sop
from pulih.domain.article import Article
from pulih.domain.records import Names
from pulih.errors import Unavailable
from pulih.publish import addresses
from pulih.publish.builder import Builder
from pulih.publish.change import Change, differing
from pulih.publish.contents import Contents, load
from pulih.publish.files import write
from pulih.publish.foreseen import NotOurs
from pulih.publish.making import Making
from pulih.publish.page import case_page
from pulih.publish.sources import Source, sources
from pulih.publish.trees import Trees

log = logging.getLogger(__name__)

_PATIENCE = 600  # seconds; ten thousand cases take about seventy
_LAST_LINES = 8
_NICE = 1  # people at their desks come first, but a page is promised within ten seconds
_PASSED_ON = ("PATH", "PYTHONPATH", "SYSTEMROOT", "TMPDIR")
_FULL = {errno.ENOSPC, errno.EDQUOT}
_BUILDERS = ("mkdocs", "mkdocs-material", "markdown")
_MAKERS = (
    Path(__file__).parent,
    Path(sop.__file__).parent,
)  # pages name what the domain has labels for


class SitePublisher:
    """Publishes to a folder.

    What it owes: a reader of `site` meets a whole site at any moment; publishing the same twice builds once; two
    publishers, in threads or processes, take turns.
    """

    def __init__(self, office: Path, site_root: Path) -> None:
        """Take the folder that holds `wiki/` and `mkdocs.yml`, and the one to keep the built sites in."""
        self._office = office.absolute()
        self._wiki, self._config = self._office / "wiki", self._office / "mkdocs.yml"
        self._root = site_root.absolute()
        self._version = (
            _version()
        )  # now: an upgrade may replace the sources under a server that runs
        self._trees = Trees(self._root)
        self._making = Making(self._root / "made.json", self._version)
        self._warm: tuple[str, str, Builder] | None = None  # the site and frame that it is at
        self._mine = threading.local()

    @property
    def site(self) -> Path:
        """The folder with the site as it is served now; it is missing before the first publishing."""
        return self._root / "current"

    @property
    def version(self) -> str:
        """What pages and site are made with: a short digest of the sources and of the builders' versions."""
        return self._version

    def digest(self, article: Article) -> str:
        """Return the digest of the page that the article gives by itself."""
        return hashlib.sha256(case_page(article).encode()).hexdigest()

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

    def publish(self, articles: Sequence[Article], names: Names, stamp: str = "") -> None:
        """Bring the wiki to show exactly these articles; see `ports.Publisher`.

        Raises:
            Unavailable: MkDocs refuses or does not finish, or the disk does not take it. The old site stays, and the
                cause says what MkDocs said last.
        """
        try:
            with self.turn():
                current = self._trees.current
                old = self._trees.contents(current) if current else None
                found = sources(self._wiki, old.sources if old else {})
                found = self._making.bring_up_to_date(self._wiki, articles, names, found)
                newest = int(max((a.closed_at.timestamp() for a in articles), default=0))
                self._build(current, old, found, newest)
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
            if old.parts and self._build_on(current, old, new, newest):
                return
        self._build_whole(newest, frame)

    def _build_on(self, current: Path, old: Contents, new: dict[str, Source], newest: int) -> bool:
        """Make the next site from the one before; tell whether that was possible."""
        builder, self._warm = self._warm_for(current, old), None
        draft = None
        try:
            builder = builder or Builder(self._config, new)
            change = Change(builder, self._wiki, old, new, newest)
            draft = self._trees.twin(current)
            done = self._trees.settle(draft, change.write(draft, current))
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
        draft = self._trees.empty()
        note = draft.with_suffix(".json")
        try:
            self._run(draft, note, newest, frame)
            # It takes the wiki for the root of its host, where its styles are not; the desk has a page of its own.
            (draft / "404.html").unlink(missing_ok=True)
            contents = load(note)
            done = self._trees.settle(draft, contents)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        finally:
            note.unlink(missing_ok=True)
        if contents and contents.parts:
            self._trees.spare(done)

    def _run(self, into: Path, note: Path, newest: int, frame: str) -> None:
        command = [sys.executable, "-m", "pulih.publish.whole"]
        command += [str(self._config), str(into), str(note), frame]
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}
        environment["SOURCE_DATE_EPOCH"] = str(newest)  # the same cases give the same site
        with subprocess.Popen(  # noqa: S603 - our own interpreter, and paths from the settings
            command, cwd=self._office, env=environment, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
            start_new_session=True,
        ) as process:  # fmt: skip
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
            try:
                said, _ = process.communicate(timeout=_PATIENCE)
            except BaseException as error:
                with contextlib.suppress(OSError):
                    os.killpg(process.pid, signal.SIGKILL)  # and the processes that it started
                if isinstance(error, subprocess.TimeoutExpired):
                    raise Unavailable(
                        "Wiki belum selesai dibangun dalam {minutes} menit. Halaman lama tetap tampil.",
                        minutes=_PATIENCE // 60,
                    ) from error
                raise
        if process.returncode:
            told = [line for line in said.splitlines() if line and not line.startswith("INFO")]
            last = "\n".join((*told[-_LAST_LINES:], f"exit status {process.returncode}"))
            raise Unavailable(
                "Wiki belum dapat dibangun. Halaman lama tetap tampil."
            ) from RuntimeError(last)

    def _frame(self) -> str:
        """Return a digest of what shapes every page."""
        told = self._version.encode() + self._config.read_bytes()
        return hashlib.sha256(told).hexdigest()[:16]


def _builders() -> str:
    return " ".join(version(name) for name in _BUILDERS)


def _version() -> str:
    digest = hashlib.sha256(_builders().encode())
    for folder in _MAKERS:
        for file in sorted(folder.glob("*.py")):
            digest.update(f"\0{file.name}\0{file.stat().st_size}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _unwritable(error: OSError) -> Unavailable:
    return Unavailable(
        "Wiki belum dapat ditulis: {reason}. Halaman lama tetap tampil.",
        reason=error.strerror or error,
    )
