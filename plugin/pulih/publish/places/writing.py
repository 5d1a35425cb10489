"""Writing into a folder that others may write into as well, on whatever disk."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from pulih.publish.places.place import Look

_DRAFT = ".pulih-baru"
_COARSE = 1_000  # nanoseconds: no disk that knows links keeps times more coarsely


class Writer:
    """Puts files under a folder; each is at any moment as it was or as it shall be.

    It follows no symbolic link out of the folder: whoever may write there could have laid one.
    """

    def __init__(self, root: Path) -> None:
        """Take the folder. It is made with the first file."""
        self._root = root
        self._folders: set[Path] = set()

    def put(self, address: str, told: bytes, look: Look) -> None:
        """Put a file there, dated as in the site. Raises OSError."""
        path = self._place(address)
        draft = path.with_name(_DRAFT)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        try:
            with open(os.open(draft, flags, 0o644), "wb") as file:  # noqa: PTH123 - a handle, not a path
                file.write(told)
                with contextlib.suppress(OSError):  # FAT has no modes, and then none is needed
                    os.fchmod(file.fileno(), 0o644)  # a web server reads it, whatever our umask
            with contextlib.suppress(OSError):  # the time only saves work after a stop
                os.utime(draft, ns=(look.mtime, look.mtime))
            draft.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink()
            raise

    def link(self, address: str, other: Path) -> bool:
        """Let a file be the same as another's; tell whether the disk can do that."""
        path = self._place(address)
        try:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
            os.link(other, path, follow_symlinks=False)
        except OSError:
            return False
        return True

    def stands(self, address: str, look: Look) -> bool:
        """Tell whether a file was put there already, of a site's file with this look."""
        try:
            state = (self._root / address).lstat()
        except OSError:
            return False
        return (state.st_size, state.st_mtime_ns // _COARSE) == (look.size, look.mtime // _COARSE)

    def drop(self, addresses: Iterable[str]) -> None:
        """Remove files, and folders of ours that hold nothing then. Raises OSError."""
        for address in addresses:
            path = self._place(address)
            path.unlink(missing_ok=True)
            for folder in path.relative_to(self._root).parents:
                if folder == Path():
                    break
                try:
                    (self._root / folder).rmdir()
                except OSError:
                    break
                self._folders.discard(self._root / folder)

    def room(self, sizes: Sequence[int]) -> None:
        """See that there is room for files of these sizes. Raises OSError as a full disk would."""
        disk = os.statvfs(self._root.parent)
        block = max(disk.f_frsize, 1)
        needed = sum(-(-size // block) for size in sizes)
        if disk.f_blocks and needed > disk.f_bavail:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._root))

    def _place(self, address: str) -> Path:
        path = self._root / address
        folders = [self._root / parent for parent in reversed(Path(address).parents)]
        for folder in folders:
            if folder in self._folders:
                continue
            try:
                folder.mkdir(mode=0o755, parents=folder == self._root)
            except FileExistsError:
                if folder.is_symlink() or not folder.is_dir():
                    raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None
            else:
                with contextlib.suppress(OSError):  # as with files
                    folder.chmod(0o755)
            self._folders.add(folder)
        return path
