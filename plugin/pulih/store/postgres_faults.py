"""What PostgreSQL can say no with, as `Unavailable` or `Contended` with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from pulih.errors import Contended, StoreAway, StoreFull, Unavailable, Uncertain
from pulih.wording import N_, sentence

CONTENDED = N_(
    "Banyak orang menyimpan pada saat yang sama; tidak ada yang disimpan. Ulangi sebentar lagi."
)
_UNREACHED = N_(
    "Basis data {place} tidak dapat dihubungi. Periksa server basis data dan jaringannya, lalu ulangi."
)
_STARTING = N_("Server basis data {place} sedang menyala atau berhenti. Ulangi sebentar lagi.")
_LOST = N_(
    "Hubungan ke basis data {place} terputus; tidak ada yang disimpan. Ulangi sebentar lagi."
)
_UNKNOWN = N_(
    "Hubungan ke basis data {place} terputus tepat saat menyimpan. Mungkin sudah tersimpan: "
    "lihat dahulu, dan ulangi hanya bila belum."
)
_PASSWORD = N_(
    "Basis data {place} menolak nama pengguna atau kata sandinya. Periksa setelan database."
)
_ABSENT = N_(
    "Basis data {place} tidak ada. Buat dahulu dengan createdb, atau perbaiki setelan database."
)
_CROWDED = N_(
    "Basis data {place} sudah melayani terlalu banyak hubungan. Ulangi sebentar lagi; bila tetap begini, "
    "naikkan max_connections di servernya."
)
_FULL = N_(
    "Disk server basis data {place} penuh; tidak ada yang disimpan. Kosongkan ruang disk itu, lalu ulangi."
)
_READ_ONLY = N_(
    "Basis data {place} hanya dapat dibaca; tidak ada yang disimpan. Tunjuk server utamanya di setelan database."
)
_PARAMETER = N_(
    "Alamat basis data {place} memuat parameter yang tidak dikenal atau nilainya salah. "
    "Periksa bagian di belakang tanda tanya di setelan database."
)
_LIMITED = N_(
    "Basis data {place} menghentikan pekerjaan ini, biasanya karena batas waktu {limit}; tidak ada yang disimpan. "
    "Ulangi; bila tetap begini, minta administrator basis data menaikkan batas itu."
)
_LACKING = N_(
    "Di basis data {place} ada tabel atau kolom Pulih yang hilang. Jalankan pulih verify untuk melihat yang mana, "
    "lalu pulihkan dari cadangan terakhir: pulih restore."
)
_FORBIDDEN = N_(
    "Pengguna basis data {place} tidak berhak membuat atau mengubah tabel. Beri hak itu, lalu ulangi."
)
_FOREIGN = N_(
    "Basis data {place} sudah berisi tabel program lain ({tables}). Buat basis data kosong untuk Pulih."
)
_ENCODED = N_(
    "Basis data {place} tidak memakai UTF8. Buat basis data baru: createdb --encoding UTF8 --template template0."
)
_NEWER = N_(
    "Basis data {place} dipakai Pulih yang lebih baru. Pasang versi terbaru di mesin ini, lalu jalankan lagi."
)
_OLDER = N_(
    "Basis data {place} kembali ke versi yang lebih lama. Jalankan Pulih sekali lagi agar dibarui."
)
_ELSE = N_(
    "Basis data {place} tidak dapat dipakai sekarang. Ulangi; bila tetap begini, hubungi administrator."
)

# The last three: two took the same unique value, or made the same table and its type, at the same moment.
_AGAIN = {"40001", "40P01", "55P03", "23505", "42P07", "42710"}
_SENTENCES = {
    "53100": _FULL,
    "53200": _CROWDED,
    "53300": _CROWDED,
    "25006": _READ_ONLY,
    "42P01": _LACKING,
    "42703": _LACKING,
    "42501": _FORBIDDEN,
    "57P01": _LOST,
    "57P02": _LOST,
    "57P03": _STARTING,
}
_LIMITS = {
    "57014": "statement_timeout",
    "25P03": "idle_in_transaction_session_timeout",
    "25P04": "transaction_timeout",
}
# A refused connection carries no code, only libpq's words; those of a server that speaks English are known here.
_WORDS = {
    "too many": _CROWDED,
    "remaining connection slots": _CROWDED,
    "starting up": _STARTING,
    "shutting down": _STARTING,
    "in recovery mode": _STARTING,
    "authentication failed": _PASSWORD,
    "no password supplied": _PASSWORD,
    "no pg_hba.conf entry": _PASSWORD,
    "not permitted to log in": _PASSWORD,
    "invalid integer value": _PARAMETER,
    ' value: "': _PARAMETER,
    "invalid port number": _PARAMETER,
    "unrecognized configuration parameter": _PARAMETER,
    "definition of service": _PARAMETER,
    "service file": _PARAMETER,
    'role "': _PASSWORD,
    'database "': _ABSENT,
}


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn the errors of psycopg into ours; the cause is kept."""
    try:
        yield
    except psycopg.Error as error:
        raise _fault(error, place) from error


def unknown(place: str) -> Uncertain:
    """Return what is said when the answer to a commit was lost: nobody knows, so nobody may repeat it blindly."""
    return Uncertain(sentence(_UNKNOWN, place=place))


def foreign(place: str, tables: list[str]) -> StoreAway:
    """Return the refusal of a database that holds something else."""
    return StoreAway(sentence(_FOREIGN, place=place, tables=tables[:3]))


def misencoded(place: str) -> StoreAway:
    """Return the refusal of a database that cannot hold every letter."""
    return _unavailable(_ENCODED, place)


def other_version(place: str, *, newer: bool) -> StoreAway:
    """Return the refusal of tables that are not of this version."""
    return _unavailable(_NEWER if newer else _OLDER, place)


def unreached(place: str, error: psycopg.Error) -> StoreAway:
    """Return what is said when there is no connection at all."""
    if isinstance(error, psycopg.ProgrammingError):  # the driver did not even begin
        return _unavailable(_PARAMETER, place)
    said = str(error)
    words = (text for part, text in _WORDS.items() if part in said)
    return _unavailable(next(words, _UNREACHED), place)


def _fault(error: psycopg.Error, place: str) -> Unavailable:
    state = error.sqlstate
    if state in _AGAIN:
        return Contended(CONTENDED)
    if state is None or state.startswith("08"):
        lost = isinstance(error, psycopg.OperationalError)
        return _unavailable(_LOST if lost else _ELSE, place)
    if state in _LIMITS:
        return StoreAway(sentence(_LIMITED, place=place, limit=_LIMITS[state]))
    return _unavailable(_SENTENCES.get(state, _ELSE), place)


def _unavailable(text: str, place: str) -> StoreAway:
    kind = StoreFull if text == _FULL else StoreAway
    return kind(sentence(text, place=place))
