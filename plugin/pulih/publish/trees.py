"""Built sites on disk: made aside, put in place by renaming a link, never changed where a reader may look.

    current -> builds/000012      the site that is served
    builds/000011                 the one before: whoever is still reading it may; the next is made of it
    spare-000012                  a twin of a site that was built from the start, to make the next of
    contents-000012.json          what a site was made from

Twins share their files as hard links. A file is replaced, never written into, so that no other site sees it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
import threading
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from pulih.publish.contents import Contents, dump, load
from pulih.publish.durable import force, force_each, force_names
from pulih.publish.files import write

_UNFINISHED = ".new-"
_SPARE, _CONTENTS = "spare-", "contents-"


class Trees:
    """The sites that are kept under a folder. All but `current` need the turn to publish."""

    def __init__(self, root: Path) -> None:
        self._root, self._builds = root, root / "builds"
        self._last: tuple[str, Contents] | None = None

    @property
    def current(self) -> Path | None:
        """The site that is served, by its own name; None where there is none."""
        site = self._root / "current"
        return site.resolve() if (site / "index.html").is_file() else None

    def contents(self, site: Path) -> Contents | None:
        """Return what a site was made from, where that is known."""
        if self._last is None or self._last[0] != site.name:
            found = load(self._root / f"{_CONTENTS}{site.name}.json")
            self._last = (site.name, found) if found else None
        return self._last[1] if self._last else None

    def empty(self) -> Path:
        """Return a new folder to build a site in. Raises OSError."""
        self._builds.mkdir(exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self._builds))
        draft.chmod(0o755)
        return draft

    def twin(self, site: Path) -> Path:
        """Return a folder to change, with the same files as a site. Raises OSError.

        It is the site before that one, brought up to it; a new twin only where there is no such site.
        """
        draft = self._builds / f"{_UNFINISHED}{site.name}"
        shutil.rmtree(draft, ignore_errors=True)
        contents, spare = self.contents(site), self._root / f"{_SPARE}{site.name}"
        if spare.is_dir():
            return spare.rename(draft)
        before = self._builds / contents.base if contents and contents.base else None
        if contents and before and before.is_dir():
            before.rename(draft)
            for name in contents.touched:
                replace(draft / name, site / name)
            return draft
        _clone(site, draft)
        force(draft)
        return draft

    def settle(self, draft: Path, contents: Contents | None, made_of: Iterable[Path] = ()) -> Path:
        """Make a finished draft the site that is served, and return it.

        It is on disk before it is served, so that a power cut leaves no page empty: nobody would look there again.

        Args:
            made_of: The sources that are not as they were; they are to be on disk too.

        Raises:
            OSError: The disk is full, or does not take it.
        """
        before = self.current
        name = f"{self._next():06d}"
        note = self._root / f"{_CONTENTS}{name}.json"
        if contents:
            write(note, dump(contents))
        else:
            note.unlink(missing_ok=True)
        done = draft.rename(self._builds / name)
        self._force(done, note, contents, made_of)
        link = self._root / "current.new"
        link.unlink(missing_ok=True)
        link.symlink_to(done.relative_to(self._root), target_is_directory=True)
        link.replace(self._root / "current")
        force_names(self._root)  # whoever is told that it is published writes that down
        self._last = (name, contents) if contents else None
        removing = _removing(self._set_aside({name, before.name if before else ""}))
        if before and _withdraw(before, done, contents):
            removing.join()
        return done

    def spare(self, site: Path) -> None:
        """Make the twin that the next site is made of. Raises OSError."""
        draft = self._root / f"{_UNFINISHED}spare"
        shutil.rmtree(draft, ignore_errors=True)
        _clone(site, draft)
        force(draft)
        draft.rename(self._root / f"{_SPARE}{site.name}")

    def tidy(self, draft: Path) -> None:
        """Begin to remove what a site that is built from the start is not made of: links by the ten thousand."""
        current = self.current
        _removing(self._set_aside({draft.name, current.name if current else ""}))

    def _force(
        self, done: Path, note: Path, contents: Contents | None, made_of: Iterable[Path]
    ) -> None:
        """Bring a site to disk: what makes it differ from its base, which is there; all of it where it has none.

        To wait for few files is not to wait for whatever else is being written to the same disk.
        """
        if not (contents and contents.base):
            force(self._root)
            return
        base = self.contents(self._builds / contents.base)
        linked = base.touched if base else ()
        changed = (done / name for name in {*contents.touched, *linked})
        force_each((done, note, *made_of, *changed))

    def _next(self) -> int:
        numbers = (build.name.partition("-")[0] for build in self._builds.iterdir())
        return 1 + max((int(number) for number in numbers if number.isdigit()), default=0)

    def _set_aside(self, kept: Container[str]) -> list[Path]:
        """Take other sites out of their places, and return where they are now: what is half removed is no site.

        Whoever is still reading keeps the one that was current a moment ago.
        """
        for note in self._root.glob(f"{_CONTENTS}*"):
            if note.stem.removeprefix(_CONTENTS) not in kept:
                note.unlink(missing_ok=True)
        folders = [build for build in self._builds.iterdir() if build.name not in kept]
        folders += self._root.glob(f"{_SPARE}*")
        aside = list(self._root.glob(f"{_UNFINISHED}*"))
        for folder in folders:
            aside.append(self._root / f"{_UNFINISHED}{secrets.token_hex(8)}")
            folder.rename(aside[-1])
        return aside


def _withdraw(before: Path, done: Path, contents: Contents | None) -> bool:
    """Take out of the site before what the new one has no more, and what speaks of it: what is retracted is gone.

    Tell whether there was anything.
    """
    touched = contents.touched if contents and contents.base == before.name else ()
    with contextlib.suppress(OSError):  # nobody is served it; the next site takes its place
        if touched:
            gone = {name for name in touched if not (done / name).is_file()}
        else:
            gone = {*_files(str(before))} - {*_files(str(done))}
        for name in (touched or gone) if gone else ():
            replace(before / name, done / name)
        return bool(gone)
    return True


def _files(folder: str, above: str = "") -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path, f"{above}{entry.name}/")
            else:
                yield f"{above}{entry.name}"


def _removing(old: list[Path]) -> threading.Thread:
    """Begin to remove what nobody is served. Who does not wait for the end may end meanwhile: the next one finds it."""
    removing = threading.Thread(target=_remove_all, args=(old,), daemon=True)
    removing.start()
    return removing


def _remove_all(old: Iterable[Path]) -> None:
    for path in old:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):  # it is found again next time
                path.unlink()


def replace(target: Path, source: Path) -> None:
    """Let a file of one site be the same as another's; remove it where the other has none. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        target.unlink()
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        _link(str(source), str(target))
    else:
        prune(target.parent)


def prune(folder: Path) -> None:
    """Remove a folder that holds nothing, and those above it that then hold nothing."""
    with contextlib.suppress(OSError):
        os.removedirs(folder)


def remove(site: Path, names: Iterable[str]) -> None:
    """Remove files of a site, and the folders that hold nothing then. Raises OSError."""
    for name in names:
        with contextlib.suppress(FileNotFoundError):
            (site / name).unlink()
        prune((site / name).parent)


def _clone(site: Path, into: Path) -> None:
    into.mkdir()
    with os.scandir(site) as entries:
        for entry in entries:
            if entry.is_dir():
                _clone(Path(entry.path), into / entry.name)
            else:
                _link(entry.path, f"{into}/{entry.name}")


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # a disk without hard links, or with too many of one file
        shutil.copy2(source, target)
