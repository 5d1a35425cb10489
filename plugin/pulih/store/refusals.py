"""What every store of documents says when it must refuse."""

from __future__ import annotations

from pulih.errors import Conflict, Duplicate, NotFound


def taken(field: str) -> Duplicate:
    """Return the refusal of a key (empty field) or a unique value that is taken."""
    return Duplicate("Nilai ini sudah terpakai. Pilih yang lain.", field=field)


def missing(key: str) -> NotFound:
    """Return the refusal to change what is not there."""
    return NotFound("{key} tidak ditemukan. Periksa penulisannya.", key=key)


def outdated(now: int | None) -> Conflict:
    """Return the refusal of a change that was made on an older version than the one that stands."""
    return Conflict(
        "Sudah ada perubahan lain sementara Anda mengisi. Lihat perubahannya, lalu simpan lagi.",
        now=now or 0,
    )
