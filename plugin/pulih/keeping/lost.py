"""Seeing, before an office begins anew, that its records are somewhere else or gone."""

from __future__ import annotations

from pulih.config import Settings
from pulih.config.address import place_of
from pulih.errors import Unavailable
from pulih.keeping import marks
from pulih.keeping.spare import spare
from pulih.store.office import DocumentStore
from pulih.store.tiny import TinyDocuments


def hold_lost(settings: Settings) -> None:
    """Do nothing for an office that has its records, or is new.

    The key that signs sessions is made after the records, so beside it they are never missing by themselves.

    Raises:
        Unavailable: The file with the records is gone or empty: an office begun anew in its place would hide that.
    """
    file = settings.data / "pulih.db"
    there = file.exists() and (not file.is_file() or file.stat().st_size)
    if not settings.database and not there and (settings.data / "secret-key").exists():
        raise Unavailable(
            "{file} hilang atau kosong, padahal kantor ini pernah dipakai. Pulihkan dari cadangan terakhir: "
            "pulih restore. Bila memang hendak mulai dari awal, pindahkan dahulu folder {data}.",
            file=file,
            data=settings.data,
        )


def hold_left(settings: Settings, store: DocumentStore) -> None:
    """Do nothing unless the office's records are in the folder's file, and the database that it is to use has none.

    Raises:
        Unavailable: So it is, or they went from the file to another database: an office begun anew would hide that.
    """
    file = settings.data / "pulih.db"
    if not settings.database or not file.is_file() or not file.stat().st_size:
        return
    with store.reading() as view:
        if marks.closed(view) or not marks.is_new(view):
            return
    left = TinyDocuments(file, spare=spare(settings.data / "backup"))
    try:
        with left.reading() as view:
            new, mark = marks.is_new(view), marks.closed(view)
    finally:
        left.close()
    if new:
        return
    place = place_of(settings.database)
    if mark and mark.why == marks.Why.MOVED:
        raise Unavailable(
            "Catatan kantor ini sudah dipindahkan ke {moved}, sedangkan basis data {place} masih kosong. "
            "Perbaiki setelan database (atau PULIH_DATABASE).",
            moved=mark.to,
            place=place,
        )
    raise Unavailable(
        "Catatan kantor ini ada di {file}, sedangkan basis data {place} masih kosong. Kosongkan setelan database "
        "(atau PULIH_DATABASE), lalu pindahkan catatannya dengan pulih move-store. "
        "Bila memang hendak mulai dari awal, pindahkan dahulu folder {data}.",
        file=file,
        place=place,
        data=settings.data,
    )
