"""The wiki as it is served: MkDocs builds beside the old site, then one rename makes the new one the site."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from pulih.domain import sop
from pulih.domain.article import Article
from pulih.domain.records import Names
from pulih.errors import Unavailable
from pulih.publish import addresses
from pulih.publish.files import bring_up_to_date, write
from pulih.publish.indexes import index_pages
from pulih.publish.page import case_page

_PATIENCE = 600  # seconds; ten thousand cases take about seventy
_LAST_LINES = 8
_NICE = 1  # people at their desks come first, but a page is promised within ten seconds
_PASSED_ON = ("PATH", "PYTHONPATH", "SYSTEMROOT", "TMPDIR")
_UNFINISHED = ".new-"
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
        self._root = site_root.absolute()
        self._mine = threading.local()
        self._version = (
            _version()
        )  # now: an upgrade may replace the sources under a server that runs

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
                bring_up_to_date(self._office / "wiki", _pages(articles, names), addresses.FOLDERS)
                self._build(max((a.closed_at.timestamp() for a in articles), default=0))
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

    def _build(self, newest: float) -> None:
        builds = self._root / "builds"
        builds.mkdir(exist_ok=True)
        state = self._state()
        current = self.site.resolve() if (self.site / "index.html").is_file() else None
        if current and current.name.endswith(state):
            return
        draft = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=builds))
        try:
            draft.chmod(0o755)
            self._run_mkdocs(draft, newest)
            # It takes the wiki for the root of its host, where its styles are not; the desk has a page of its own.
            (draft / "404.html").unlink(missing_ok=True)
            done = draft.rename(builds / f"{_next(builds):06d}-{state}")
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        self._swap(done)
        _tidy(builds, keep={done.name, current.name if current else ""})

    def _run_mkdocs(self, into: Path, newest: float) -> None:
        # Not --quiet: MkDocs then no longer counts the warnings that --strict refuses.
        command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
        command += ["--config-file", str(self._office / "mkdocs.yml"), "--site-dir", str(into)]
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}
        environment["SOURCE_DATE_EPOCH"] = str(int(newest))  # the same cases give the same site
        with subprocess.Popen(  # noqa: S603 - our own interpreter, and paths from the settings
            command, cwd=self._office, env=environment, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
        ) as process:  # fmt: skip
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
            try:
                said, _ = process.communicate(timeout=_PATIENCE)
            except subprocess.TimeoutExpired as error:
                process.kill()
                raise Unavailable(
                    "Wiki belum selesai dibangun dalam {minutes} menit. Halaman lama tetap tampil.",
                    minutes=_PATIENCE // 60,
                ) from error
        if process.returncode:
            told = [line for line in said.splitlines() if line and not line.startswith("INFO")]
            last = "\n".join(told[-_LAST_LINES:])
            raise Unavailable(
                "Wiki belum dapat dibangun. Halaman lama tetap tampil."
            ) from RuntimeError(last)

    def _state(self) -> str:
        """Return what the site is made from, as a short digest."""
        digest = hashlib.sha256(_builders().encode())
        for file in (self._office / "mkdocs.yml", *sorted((self._office / "wiki").rglob("*"))):
            if file.is_file():
                digest.update(
                    f"\0{file.relative_to(self._office)}\0{file.stat().st_size}\0".encode()
                )
                digest.update(file.read_bytes())
        return digest.hexdigest()[:16]

    def _swap(self, done: Path) -> None:
        link = self._root / "current.new"
        link.unlink(missing_ok=True)
        link.symlink_to(done.relative_to(self._root), target_is_directory=True)
        link.replace(self.site)


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


def _pages(articles: Sequence[Article], names: Names) -> dict[str, str]:
    others = {article.number: article for article in articles}
    pages = {addresses.case(a.number, a.year): case_page(a, others) for a in articles}
    return pages | index_pages(articles, names)


def _next(builds: Path) -> int:
    numbers = (build.name.partition("-")[0] for build in builds.iterdir())
    return 1 + max((int(number) for number in numbers if number.isdigit()), default=0)


def _tidy(builds: Path, keep: set[str]) -> None:
    """Remove older sites; whoever is still reading keeps the one that was current a moment ago."""
    for build in builds.iterdir():
        if build.name not in keep:
            shutil.rmtree(build, ignore_errors=True)
