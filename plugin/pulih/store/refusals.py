"""What every store of documents says when it must refuse."""

from __future__ import annotations

from pulih.errors import Conflict, Damaged, Duplicate, NotFound, StoreClosed
from pulih.ports import Document
from pulih.wording import N_, Sentence, sentence


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


def damaged(key: str) -> Damaged:
    """Return what is said of a row that does not hold a document; its key is empty where nobody asked for it."""
    return Damaged(
        "Isi basis data rusak ({key}). Hentikan layanan, lalu pulihkan dari cadangan terakhir: pulih restore.",
        key=key or "?",
    )


def closed(mark: Document) -> StoreClosed:
    """Return the refusal to write into a store that is filled or moved. `mark` says `why`, and where `to`."""
    why = str(mark.get("why", ""))
    return StoreClosed(sentence(_CLOSED.get(why, _CLOSED["moved"]), to=str(mark.get("to", ""))))


def astray(table: str, key: str, field: str) -> Sentence:
    """Return the finding that what a document is found by is not what the document says."""
    return sentence(
        "Tabel {table}, kunci {key}: kolom {field} tidak sesuai dengan dokumennya.",
        table=table,
        key=key,
        field=field,
    )


_CLOSED = {
    "importing": N_(
        "Pemasukan data ke penyimpanan ini belum selesai. Jalankan pulih import sekali lagi."
    ),
    "restoring": N_(
        "Pemulihan cadangan ke penyimpanan ini belum selesai. Tunggu sampai selesai, "
        "atau jalankan pulih restore sekali lagi bila terhenti."
    ),
    "moving": N_(
        "Data kantor sedang dipindahkan ke {to}; tidak ada yang disimpan. "
        "Tunggu sampai selesai, atau jalankan pulih move-store sekali lagi bila terhenti."
    ),
    "arriving": N_(
        "Data kantor sedang dipindahkan ke penyimpanan ini dan belum lengkap. "
        "Tunggu sampai selesai, atau jalankan pulih move-store sekali lagi bila terhenti."
    ),
    "moved": N_(
        "Data kantor sudah dipindahkan; tidak ada yang disimpan di sini. "
        "Tunjuk penyimpanan yang baru ({to}) di setelan database, lalu jalankan lagi."
    ),
}
