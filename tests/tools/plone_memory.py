"""A Plone site in memory: as much of one as a pass meets, quick enough for every test, and able to fail at any request.

That it does not lie is seen to by `tests/plone/test_contract.py`, whose tests run on it and on a real Plone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from pulih.domain.plone.page import (
    Contact,
    Face,
    Held,
    Kept,
    PageKind,
    PlacedFile,
    Seen,
    Standing,
    Theirs,
    head_of,
)
from pulih.errors import NotFound, Refused, Unavailable
from pulih.wording import sentence

OURS, THEIRS = "penerbit", "nurul"
_SILENT = "Situs Plone tidak menjawab."


@dataclass(frozen=True)
class Item:
    """A page that stands there; `note` is that of its newest version, by whom it was made is `by`."""

    uid: str
    path: str
    title: str
    description: str
    subjects: tuple[str, ...]
    text: str
    creator: str
    modified: str
    state: str = "private"
    by: str = OURS
    note: str = ""
    files: tuple[PlacedFile, ...] = ()


@dataclass
class MemoryPlone:
    """The server: what stands there, and what goes wrong.

    Attributes:
        items: By path.
        locked: Paths that are open in somebody's form.
        gone: Old paths, and where they lead.
        writes: How many requests changed something.
        requests: What was asked, in order: (what, path).
        fail: Called before each request with what it is and where; may raise, or return an error to be raised after
            the request was carried out: a lost answer.
    """

    items: dict[str, Item] = field(default_factory=dict)
    locked: set[str] = field(default_factory=set)
    gone: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    known: bool = True
    fail: Callable[[str, str], Exception | None] = lambda _what, _path: None
    _at: datetime = datetime(2026, 3, 2, tzinfo=UTC)

    @property
    def writes(self) -> int:
        return sum(1 for what, _ in self.requests if what not in ("open", "walk", "look", "theirs"))

    def moment(self) -> str:
        """Return the next moment: no two writes happen in the same second."""
        self._at += timedelta(seconds=1)
        return self._at.isoformat()

    def by_uid(self, uid: str) -> Item | None:
        return next((item for item in self.items.values() if item.uid == uid), None)

    @contextmanager
    def request(self, what: str, path: str = "") -> Iterator[None]:
        """Carry a request out, or fail as it is told to: before it, or after it with its answer lost."""
        lost = self.fail(what, path)
        self.requests.append((what, path))
        yield
        if lost is not None:
            raise lost

    def put(self, path: str, item: Item) -> Item:
        self.items[path] = item
        return item

    def carry(self, old: str, new: str) -> None:
        """Let something stand elsewhere, and all that is in it; Plone then calls all of it modified."""
        at = self.moment()
        for path in [one for one in self.items if one == old or one.startswith(f"{old}/")]:
            there = f"{new}{path.removeprefix(old)}"
            self.items[there] = replace(self.items.pop(path), path=there, modified=at)
            self.gone[path] = there
        self.gone.pop(new, None)

    # ---- what people do there ----

    def edit(self, path: str, text: str) -> None:
        """Save other words in the edit form."""
        item = self.items[path]
        self.items[path] = replace(
            item,
            text=text,
            title=f"{item.title} (baru)",
            modified=self.moment(),
            by=THEIRS,
            note="",
        )

    def delete(self, path: str) -> None:
        for one in [p for p in self.items if p == path or p.startswith(f"{path}/")]:
            del self.items[one]

    def hide(self, path: str) -> None:
        self.items[path] = replace(self.items[path], state="private", modified=self.moment())

    def make(self, path: str, title: str) -> None:
        """Make a page by hand."""
        at = self.moment()
        self.put(
            path,
            Item(uuid4().hex, path, title, "", (), "Tangan", THEIRS, at, "published", THEIRS),
        )

    def reads(self, path: str) -> bool:
        """Tell whether a visitor can read what stands at a path, wherever it leads."""
        item = self.items.get(self.gone.get(path, path))
        return item is not None and item.state == "published"


@dataclass
class MemorySite:
    """Implements `ports.PloneSite`."""

    server: MemoryPlone
    root: str
    contact: Contact

    def walk(self):
        with self.server.request("walk"):
            return {
                item.uid: Seen(
                    item.uid,
                    item.path,
                    item.modified,
                    item.state,
                    head_of(item.title, item.description),
                )
                for item in self.server.items.values()
                if f"{item.path}/".startswith(f"{self.root}/")
            }

    def create(self, page, parent, *, over=False):
        path = _within(parent, page)
        with self.server.request("create", path):
            there = self.server.items.get(path)
            if there is not None:
                return self._take_over(page, there, over=over)
            if parent and parent not in self.server.items:
                return Held(Standing.FAILED, sentence("Folder {path} tidak ada.", path=parent))
            made = Item(uuid4().hex, path, "", "", (), "", OURS, "")
            return self._write(page, made)

    def change(self, page, placed, *, over=False):
        with self.server.request("change", placed.path):
            found = self._find(placed)
            if found is None:
                return _gone(placed.path)
            if page.kind is PageKind.ROOT:
                return self._show(found)
            if not over and self._edited(page, found, placed):
                return _edited()
            return self._write(page, found)

    def move(self, page, placed, parent):
        with self.server.request("move", placed.path):
            found = self._find(placed)
            if found is None:
                return _gone(placed.path)
            return self._carry(page, found, parent)

    def withdraw(self, placed):
        with self.server.request("withdraw", placed.path):
            found = self._find(placed) if placed.uid else self.server.items.get(placed.path)
            if found is None:
                return Kept("", placed.path, "")
            ours = found.creator == OURS
            if placed.key == "root" or (not ours and not placed.key.startswith("kasus/")):
                return _kept(found)
            at = self.server.moment()
            return _kept(
                self.server.put(found.path, replace(found, state="private", modified=at, files=()))
            )

    def adopt(self, page, placed, parent):
        path = _within(parent, page)
        with self.server.request("adopt", path):
            found = self.server.by_uid(placed.uid) if placed.uid else None
            found = found or self.server.items.get(path)
            if found is None:
                return None
            if page.kind.holds and not placed.uid:
                return self._take_over(page, found, over=False)
            if not found.note.startswith("Pulih "):
                return _edited() if found.creator == OURS else _taken(found.path)
            if found.path != path:
                moved = self._carry(page, found, parent)
                if isinstance(moved, Held):
                    return moved
                found = self.server.items[path]
            return self._write(page, found)

    def look(self, page, placed):
        with self.server.request("look", placed.path):
            found = self._find(placed)
            if found is None:
                return _gone(placed.path)
            return _edited() if self._edited(page, found, placed) else _kept(found)

    def theirs(self, placed):
        with self.server.request("theirs", placed.path):
            found = self._find(placed)
            if found is None:
                raise NotFound("Halaman {path} tidak ada lagi di situs.", path=placed.path)
            return Theirs(
                found.title,
                found.description,
                found.subjects,
                found.text,
                found.modified,
                f"{self.contact.url}/{found.path}",
            )

    def _find(self, placed):
        found = self.server.items.get(placed.path)
        if found is not None and found.uid == placed.uid:
            return found
        return self.server.by_uid(placed.uid) if placed.uid else None

    def _edited(self, page, found, placed):
        if page.kind.holds:
            head = head_of(found.title, found.description)
            return bool(placed.head) and head != placed.head
        return found.modified != placed.modified and found.note != f"Pulih {placed.digest}"

    def _take_over(self, page, there, *, over):
        if page.kind.holds:
            return self._show(there)
        if over or there.note.startswith("Pulih "):
            return self._write(page, there)
        return _edited() if there.creator == OURS else _taken(there.path)

    def _carry(self, page, found, parent):
        path = _within(parent, page)
        if found.path != path:
            if path in self.server.items:
                return _taken(path)
            self.server.carry(found.path, path)
        return _kept(self.server.items[path])

    def _show(self, found):
        return _kept(self.server.put(found.path, replace(found, state="published")))

    def _write(self, page, found):
        if found.path in self.server.locked:
            return Held(Standing.LOCKED, sentence("Halaman {path} sedang dibuka.", path=found.path))
        path = found.path
        if page.kind is not PageKind.ROOT:
            path = _within(path.rpartition("/")[0], page)
        if path != found.path:
            self.server.carry(found.path, path)
        had = {file.id: file for file in found.files}
        files = tuple(
            PlacedFile(one.id, had[one.id].uid if one.id in had else uuid4().hex, one.digest)
            for one in page.attached
        )
        return _kept(
            self.server.put(
                path,
                replace(
                    found,
                    path=path,
                    title=page.title,
                    description=page.description,
                    subjects=page.subjects,
                    text=page.made({}).words,
                    modified=self.server.moment(),
                    state="published",
                    by=OURS,
                    note=f"Pulih {page.digest}",
                    files=files,
                ),
            )
        )


@dataclass
class MemorySites:
    """Implements `ports.PloneSites`; what is wanted is told by `pages`."""

    server: MemoryPlone
    pages: Callable[..., list]

    @contextmanager
    def open(self, target):
        with self.server.request("open"):
            if not self.server.known:
                raise Refused("Nama pengguna atau kata sandi ditolak situs Plone.")
        face = Face(text=True, blocks=False, folder="Folder", collection=True)
        found = target.root in self.server.items
        contact = Contact(target.url, OURS, "Penerbit", "6.2.2", face, target.root, found)
        yield MemorySite(self.server, target.root, contact)

    def wanted(self, edition, target, *, desk, shorts):
        return self.pages(edition, target, desk, shorts)


def silent() -> Unavailable:
    """Return what is raised where the server does not answer."""
    return Unavailable(_SILENT)


def _within(parent, page):
    name = page.id.rpartition("/")[2]
    return f"{parent}/{name}" if parent else name


def _kept(item):
    return Kept(
        item.uid,
        item.path,
        item.modified,
        item.files,
        item.state,
        head_of(item.title, item.description),
    )


def _gone(path):
    return Held(Standing.GONE, sentence("Halaman {path} tidak ada lagi di situs.", path=path))


def _edited():
    return Held(Standing.EDITED, sentence("Halaman ini diubah seseorang di Plone."))


def _taken(path):
    return Held(Standing.TAKEN, sentence("Di {path} sudah ada sesuatu.", path=path))
