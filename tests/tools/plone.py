"""A real Plone of our own: made once beside the tests' packages, copied and started for those who ask.

Its sites are `klasik` (Classic UI), `volto`, `keduanya` (Volto, whose pages have a rich text as well), `intranet`, and
`polos`, which lacks what its API needs; `plone_making` makes them. Plone is GPL software: it is talked to over HTTP,
never imported.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from ports import free_port

ROOT = Path(__file__).parents[2]
_PATIENCE = 120  # seconds: a shared machine that reads all of Plone for the first time
_ROOM = 2 << 30  # bytes; a long run leaves some 300 MB
SITES = ("klasik", "volto", "keduanya")
INTRANET = "intranet"  # Classic, with Plone's workflow for what only members may read
BARE = "polos"  # Classic as it comes: nobody but a Manager may ask its API
FOLDERISH = frozenset({"volto", "keduanya"})
ADMIN = ("admin", "rahasia-uji")
PUBLISHER = ("penerbit", "Rahasia-uji-26")  # has rights on a root folder, where a test gives them
PERSON = ("nurul", "Rahasia-uji-27")  # somebody of the office who edits pages by hand
SHARED = "uji"
_ROLES = ("Contributor", "Editor", "Reviewer", "Reader")

_ZOPE_CONF = """\
%define INSTANCE {folder}
instancehome $INSTANCE
<zodb_db main>
  <blobstorage>
    blob-dir $INSTANCE/var/blobstorage
    <filestorage>
      path $INSTANCE/var/Data.fs
    </filestorage>
  </blobstorage>
  mount-point /
</zodb_db>
"""
_ZOPE_INI = """\
[app:zope]
use = egg:Zope#main
zope_conf = {folder}/etc/zope.conf

[server:main]
use = egg:waitress#main
listen = 127.0.0.1:{port}
threads = 4

[pipeline:main]
pipeline = egg:Zope#httpexceptions zope
"""


def version() -> str:
    """Return which Plone the tests talk to: `PULIH_PLONE`, as in `constraints-<version>.txt`."""
    return os.environ.get("PULIH_PLONE", "6.2")


def environment() -> Path:
    """Return the folder with that Plone's packages and its sites as they were made."""
    return ROOT / ".venv" / f"plone-{version()}"


@dataclass(frozen=True, slots=True)
class Told:
    """What Plone answered; `body` is what JSON it was, or None."""

    status: int
    body: Any


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who works at a site over HTTP, by no line of the product: to prepare, and to see what is there."""

    url: str
    user: tuple[str, str] | None = None

    def __call__(self, method: str, path: str = "", body: object = None) -> Told:
        """Ask for a path below the site; whatever comes is told."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if self.user:
            headers["Authorization"] = f"Basic {b64encode(':'.join(self.user).encode()).decode()}"
        asked = urllib.request.Request(
            f"{self.url}/{path}".rstrip("/"), data, headers, method=method
        )
        try:
            with _opener.open(asked, timeout=_PATIENCE) as answer:
                return Told(answer.status, _read(answer.read()))
        except urllib.error.HTTPError as error:
            with error:
                return Told(error.code, _read(error.read()))

    def get(self, path: str = "") -> Any:
        """Return what stands there. It must be there."""
        return self._done("GET", path)

    def post(self, path: str, body: object) -> Any:
        """Do something that must succeed."""
        return self._done("POST", path, body)

    def patch(self, path: str, body: object) -> Any:
        """Change something that must be there."""
        return self._done("PATCH", path, body)

    def delete(self, path: str) -> None:
        """Delete something that must be there."""
        self._done("DELETE", path)

    def _done(self, method: str, path: str, body: object = None) -> Any:
        told = self(method, path, body)
        if told.status >= 400:
            raise AssertionError(f"{method} {path}: {told.status} {told.body}")
        return told.body


@dataclass
class Plone:
    """A running server.

    Attributes:
        folder: Its instance: etc, var and log.
    """

    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def url(self, site: str) -> str:
        """Return a site's address. Plone's theme is off on 127.0.0.1: for pictures ask `localhost`."""
        return f"http://127.0.0.1:{self.port}/{site}"

    def admin(self, site: str) -> Hand:
        """Return the site's administrator."""
        return Hand(self.url(site), ADMIN)

    def person(self, site: str) -> Hand:
        """Return somebody who may edit where `give` gave it."""
        return Hand(self.url(site), PERSON)

    def anybody(self, site: str) -> Hand:
        """Return a visitor who is not signed in."""
        return Hand(self.url(site))

    def root(self, site: str, name: str, *roles: str) -> str:
        """Make a published root folder and give publisher and person these roles on it, all if none is named."""
        admin = self.admin(site)
        admin.post("", {"@type": _folder(site), "id": name, "title": "Basis Pengetahuan"})
        admin.post(f"{name}/@workflow/publish", {})
        self.give(site, name, PUBLISHER[0], *(roles or _ROLES))
        self.give(site, name, PERSON[0], *_ROLES)
        return name

    def corner(self, site: str) -> str:
        """Make an empty published folder in one where publisher and person have all roles; quicker than `root`."""
        name = f"kantor-{uuid4().hex[:12]}"
        admin = self.admin(site)
        told = {"@type": _folder(site), "id": name, "title": "Basis Pengetahuan"}
        admin.post(SHARED, told)
        if site != INTRANET:  # where what is new can be read by all members
            admin.post(f"{SHARED}/{name}/@workflow/publish", {})
        return f"{SHARED}/{name}"

    def give(self, site: str, path: str, user: str, *roles: str) -> None:
        """Let a user have exactly these roles at a path and below."""
        told = {role: role in roles for role in _ROLES}
        self.admin(site).post(
            f"{path}/@sharing", {"entries": [{"id": user, "type": "user", "roles": told}]}
        )

    def start(self) -> None:
        """Start the server on what it has, and wait until it answers."""
        compiled = environment() / "chameleon"  # pages, in whichever run they were first shown
        compiled.mkdir(exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [environment() / "bin" / "runwsgi", self.folder / "etc" / "zope.ini"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8", "TZ": "UTC",
                     "CHAMELEON_CACHE": str(compiled)},
            )  # fmt: skip
        last = time.monotonic() + _PATIENCE
        while True:
            try:
                Hand(f"http://127.0.0.1:{self.port}")("GET")
            except OSError as error:
                if self.process.poll() is not None or time.monotonic() > last:
                    self.kill()
                    raise RuntimeError((self.folder / "log").read_text(errors="replace")) from error
                time.sleep(0.1)
            else:
                return

    def hang(self) -> None:
        """Let the server hear everything and answer nothing."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on, also with what it heard meanwhile."""
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """Kill it as a machine dies; its data stays."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _signal(self, which: signal.Signals) -> None:
        if self.process is None:
            raise RuntimeError("it was not started")
        self.process.send_signal(which)


@contextmanager
def plone(within: Path | None = None) -> Iterator[Plone]:
    """Start a server on a copy of the sites as they were made.

    Args:
        within: The folder that its own folder is made in; without one, in memory where there is room. Plone waits for
            the disk at each of its commits, which on a busy machine takes longer than all the rest.
    """
    template = environment() / "template"
    if not (environment() / ".ready").exists():
        raise RuntimeError(
            f"There is no Plone in {environment()}: run `make test`, which makes it."
        )
    folder = Path(tempfile.mkdtemp(prefix="pulih-plone-", dir=within or _memory()))
    try:
        shutil.copytree(template / "var", folder / "var")
        server = instance(folder)
        server.start()
        try:
            yield server
        finally:
            server.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path | None:
    """Return a folder in memory with enough room, or None for the usual one."""
    shared = Path("/dev/shm")
    roomy = shared.is_dir() and shutil.disk_usage(shared).free > _ROOM
    return shared if roomy and os.access(shared, os.W_OK) else None


def instance(folder: Path) -> Plone:
    """Write what a server needs to run in a folder."""
    server = Plone(free_port(), folder)
    etc = folder / "etc"
    etc.mkdir()
    (folder / "var").mkdir(exist_ok=True)
    (etc / "zope.conf").write_text(_ZOPE_CONF.format(folder=folder))
    (etc / "zope.ini").write_text(_ZOPE_INI.format(folder=folder, port=server.port))
    # The instance's own list of what is loaded is the one that Zope brings.
    skeleton = next(environment().glob("lib/python*/site-packages/Zope2/utilities/skel/etc"))
    shutil.copy(skeleton / "site.zcml", etc)
    (etc / "package-includes").mkdir()
    return server


def _folder(site: str) -> str:
    """Return the type of what holds pages there."""
    return "Document" if site in FOLDERISH else "Folder"


def _read(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


# Straight to this machine, whatever proxy the environment names.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
