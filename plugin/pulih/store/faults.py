"""What SQLite can run into, as `Unavailable` with a sentence that says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pulih.errors import StoreAway, StoreFull
from pulih.wording import N_, sentence

_FOREIGN = N_(
    "Berkas {file} bukan penyimpanan Pulih, atau bagian awalnya rusak. "
    "Pindahkan berkas itu, lalu pulihkan dari cadangan terakhir bila ada."
)
_NEWER = N_(
    "Penyimpanan {file} dibuat oleh Pulih yang lebih baru. Pasang versi terbaru, lalu jalankan lagi."
)
_UNWRITABLE = N_(
    "Penyimpanan {file} tidak dapat ditulisi. Periksa izin berkas itu dan foldernya, lalu ulangi."
)
_ELSE = N_(
    "Penyimpanan {file} tidak dapat dipakai sekarang. Ulangi; bila tetap begini, hubungi administrator."
)
_SENTENCES = {
    sqlite3.SQLITE_FULL: N_(
        "Ruang disk untuk {file} habis; tidak ada yang disimpan. Kosongkan ruang disk, lalu ulangi."
    ),
    sqlite3.SQLITE_IOERR: N_(
        "Disk untuk {file} tidak dapat dibaca atau ditulisi; tidak ada yang disimpan. "
        "Periksa apakah disk itu penuh atau rusak, lalu ulangi."
    ),
    sqlite3.SQLITE_READONLY: _UNWRITABLE,
    sqlite3.SQLITE_PERM: _UNWRITABLE,
    sqlite3.SQLITE_CANTOPEN: N_(
        "Penyimpanan {file} tidak dapat dibuka. Periksa apakah foldernya ada dan boleh ditulisi."
    ),
    sqlite3.SQLITE_BUSY: N_(
        "Penyimpanan {file} sedang sibuk; tidak ada yang disimpan. Ulangi sebentar lagi."
    ),
    sqlite3.SQLITE_NOTADB: _FOREIGN,
    sqlite3.SQLITE_CORRUPT: N_(
        "Berkas {file} rusak. Hentikan layanan, lalu pulihkan dari cadangan terakhir: pulih restore."
    ),
}


class Garbled(sqlite3.DatabaseError):
    """A row does not hold what was once written: SQLite does not notice all that a disk may do to a file."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into `Unavailable`; the cause is kept."""
    try:
        yield
    except sqlite3.Error as error:
        raise unavailable(_sentence(error), path) from error


def _sentence(error: sqlite3.Error) -> str:
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # Of a text that is none, Python speaks by itself and gives no code.
    if isinstance(error, Garbled) or str(error).startswith("Could not decode"):
        primary = sqlite3.SQLITE_CORRUPT
    return _SENTENCES.get(primary, _ELSE)


@contextmanager
def reached(path: Path) -> Iterator[None]:
    """Turn what the file system says into `Unavailable`; the cause is kept."""
    try:
        yield
    except TimeoutError as error:
        raise unavailable(_SENTENCES[sqlite3.SQLITE_BUSY], path) from error
    except OSError as error:
        raise unavailable(_UNWRITABLE, path) from error


def foreign(path: Path) -> StoreAway:
    """Return the refusal of a file that is something else."""
    return unavailable(_FOREIGN, path)


def newer(path: Path) -> StoreAway:
    """Return the refusal of a store from a newer version."""
    return unavailable(_NEWER, path)


def unavailable(text: str, path: Path) -> StoreAway:
    """Return the error; it names the file but not its folder, which is no business of whoever reads it."""
    kind = StoreFull if text == _SENTENCES[sqlite3.SQLITE_FULL] else StoreAway
    return kind(sentence(text, file=path.name))
