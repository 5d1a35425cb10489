"""Why a place did not take the site, and what to do: in a sentence."""

from __future__ import annotations

import errno

from pulih.errors import Unavailable
from pulih.publish.places.place import FULL
from pulih.wording import N_

_LONGEST = 200

# What rsync and ssh say in English -> what to do; the first that is found counts.
_SAID = (
    (
        ("Host key verification failed", "REMOTE HOST IDENTIFICATION HAS CHANGED"),
        N_(
            "{place}: kunci host server itu tidak dikenal atau berubah. Bandingkan sidik jarinya dengan pengelolanya, "
            "lalu sambungkan sekali dengan ssh sebagai pengguna yang menjalankan Pulih."
        ),
    ),
    (
        (
            "Permission denied (publickey",
            "Permission denied (password",
            "Permission denied (keyboard",
            "Too many authentication failures",
        ),
        N_(
            "{place}: server itu menolak kunci SSH pengguna ini. "
            "Pasang kunci publiknya di sana, misalnya dengan ssh-copy-id."
        ),
    ),
    (
        ("auth failed", "@ERROR: access denied"),
        N_(
            "{place}: server rsync itu menolak nama atau kata sandinya. Isi kata sandi di variabel RSYNC_PASSWORD."
        ),
    ),
    (
        ("Unknown module",),
        N_("{place}: modul itu tidak ada di server rsync. Periksa alamatnya di wiki_places."),
    ),
    (
        ("No space left on device", "Disk quota exceeded"),
        N_("{place}: disk di sana penuh. Kosongkan ruangnya; wiki yang lama tetap tampil."),
    ),
    (
        ("Read-only file system", "module is read only"),
        N_("{place}: folder di sana hanya dapat dibaca. Perbaiki izinnya."),
    ),
    (
        ("Permission denied",),
        N_("{place}: pengguna itu tidak boleh menulis ke folder di sana. Perbaiki pemilik atau izinnya."),
    ),
    (
        ("No such file or directory", "chdir failed", "mkdir"),
        N_("{place}: folder itu tidak ada di server. Buat dahulu; Pulih tidak membuatnya."),
    ),
    (
        ("rsync: command not found", "rsync: not found"),
        N_("{place}: di server itu tidak ada rsync. Pasang paketnya di sana."),
    ),
    (
        ("Could not resolve", "Connection refused", "Connection timed out", "No route to host",
         "Network is unreachable", "Connection closed", "Connection reset", "failed to connect",
         "error in rsync protocol data stream", "timeout"),
        N_("{place}: server itu tidak dapat dihubungi. Periksa jaringan dan alamatnya."),
    ),
)  # fmt: skip


# Of an rsync that ends before it can say why: what its code stands for (rsync(1), "Exit values").
_UNSAID = {
    11: N_(
        "{place}: berkas di sana tidak dapat ditulis, biasanya karena disknya penuh. "
        "Periksa ruangnya; wiki yang lama tetap tampil."
    )
}
_NOTHING_SAID = N_(
    "{place}: rsync berakhir dengan kode {code} tanpa keterangan. Coba lagi; bila tetap begitu, periksa log di sana."
)


def refusal(place: str, code: int, complaint: str) -> Unavailable:
    """Return what rsync's end means. What it said itself is the cause."""
    cause = RuntimeError(f"rsync: {code}: {complaint.strip()[-_LONGEST:]}")
    for signs, template in _SAID:
        if any(sign in complaint for sign in signs):
            found = Unavailable(template, place=place)
            break
    else:
        said = [line for line in complaint.splitlines() if line.strip()]
        found = (
            Unavailable(
                "{place}: rsync berakhir dengan kode {code}: {said}",
                place=place,
                code=str(code),
                said=said[0][:_LONGEST],
            )
            if said
            else Unavailable(_UNSAID.get(code, _NOTHING_SAID), place=place, code=str(code))
        )
    found.__cause__ = cause
    return found


def unwritten(place: str, error: OSError) -> Unavailable:
    """Return what an error of a folder means."""
    if error.errno in FULL:
        found = Unavailable(
            "{place}: disknya penuh. Kosongkan ruangnya, atau pakai disk yang lebih besar.",
            place=place,
        )
    elif error.errno in {errno.EACCES, errno.EPERM}:
        found = Unavailable(
            "{place}: pengguna yang menjalankan Pulih tidak boleh menulis di {path}. Perbaiki pemilik atau izinnya.",
            place=place,
            path=str(error.filename or place),
        )
    elif error.errno == errno.EROFS:
        found = Unavailable(
            "{place}: disknya hanya dapat dibaca. Pasang lagi agar dapat ditulisi.", place=place
        )
    else:
        found = Unavailable(
            "{place}: {reason}. Periksa disk atau sambungannya.",
            place=place,
            reason=error.strerror or str(error),
        )
    found.__cause__ = error
    return found
