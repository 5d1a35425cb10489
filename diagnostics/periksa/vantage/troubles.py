"""Why a device could not be visited, in words; the keys are those of ``failing.Failed``."""

from periksa.findings import State

TROUBLES = {
    "refused": "menolak sambungan",
    "timeout": "tidak menjawab",
    "unreachable": "tidak terjangkau",
    "key-changed": "menunjukkan kunci yang berbeda dari yang dikenal, sehingga sambungan ditolak:"
    " bila perangkatnya baru diganti, hapus kunci lamanya; bila tidak, mungkin ada yang menyamar",
    "wrong-password": "menolak nama pengguna atau kata sandi; tidak dicoba lagi",
    "no-prompt": "menerima sambungan, tetapi tidak siap menerima perintah",
    "asks": "menanyakan sesuatu yang tidak boleh dijawab pemeriksa",
    "endless": "mencetak tanpa henti",
    "old-algorithms": "hanya mengenal enkripsi lama yang tidak aman; tandai perangkat itu bila perlu",
    "closed": "memutus sambungan",
    "error": "gagal didatangi",
}
SILENT = ("timeout", "unreachable", "error")


def state_of(result: str) -> State:
    """What a login finding says: whether something answered at all."""
    return State.DOWN if result in SILENT else State.DEGRADED
