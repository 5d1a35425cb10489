"""One sentence for each way in which the desk does not answer."""

from __future__ import annotations

from zope.i18nmessageid import Message

from pulih_plone.desk.errors import Away, DeskError, NotConnected, Refused, Why
from pulih_plone.words import _

_CLOCK = 240  # seconds; the desk refuses what is five minutes off
_SIGNATURE = 401
_CLOSED = 403
_UNKNOWN = 404
_TOO_MANY = 429


def to_visitors(error: DeskError) -> Message | str:
    """Say what a visitor can do about it."""
    if isinstance(error, NotConnected):
        return _("Situs ini belum tersambung ke meja gangguan. Pengelola situs dapat mengaturnya.")
    if not isinstance(error, Refused):
        return _("Meja gangguan sedang tidak dapat dihubungi. Coba lagi beberapa menit lagi.")
    if error.status in {_SIGNATURE, _CLOSED}:
        return _("Meja gangguan tidak menerima situs ini. Beri tahu pengelola situs.")
    if error.status == _UNKNOWN:
        return _("Meja gangguan tidak mengenal OPD ini. Beri tahu pengelola situs.")
    if error.status == _TOO_MANY:
        return _("Terlalu banyak permintaan dari situs ini. Coba lagi sebentar lagi.")
    return error.sentence


def to_administrators(error: DeskError) -> Message | str:
    """Say what is wrong with the connection, and what to look at."""
    if isinstance(error, NotConnected):
        return _("Belum tersambung: isi alamat meja, kode pintu, dan token.")
    if isinstance(error, Away):
        return _of_away(error)
    if not isinstance(error, Refused):
        return str(error)
    skew = error.skew or 0.0
    if error.status == _SIGNATURE and abs(skew) > _CLOCK:
        return _(
            "Jam server ini dan jam meja berselisih ${seconds} detik. Samakan keduanya (NTP).",
            mapping={"seconds": str(abs(round(skew)))},
        )
    return _(
        "Meja menolak (${status}): ${sentence}",
        mapping={"status": str(error.status), "sentence": error.sentence},
    )


def _of_away(error: Away) -> Message:
    match error.why:
        case Why.SLOW:
            return _("Tidak ada jawaban dalam batas waktu. Periksa meja, atau perpanjang batasnya.")
        case Why.NOT_THE_DESK:
            return _(
                "Yang menjawab di alamat itu bukan meja gangguan (${detail}). Periksa alamatnya.",
                mapping={"detail": error.detail},
            )
        case Why.ELSEWHERE:
            return _(
                "Alamat itu mengalihkan ke tempat lain (${detail}). Isi alamat yang sebenarnya.",
                mapping={"detail": error.detail},
            )
        case Why.BUSY | Why.RESTING:
            return _("Server ini masih menunggu jawaban meja sebelumnya. Uji lagi sebentar lagi.")
        case Why.UNREACHABLE:
            return _(
                "Meja tidak dapat dihubungi (${detail}). Periksa alamat, port, dan jaringan.",
                mapping={"detail": error.detail},
            )
