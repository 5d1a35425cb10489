"""Words that several probes use, in Bahasa Indonesia."""

# RFC 792 and RFC 1812, then RFC 4443: what a router or host says by type and code.
REASONS = {
    (4, 3, 0): "jaringan tidak terjangkau",
    (4, 3, 1): "perangkat tidak terjangkau",
    (4, 3, 2): "protokol tidak dikenal",
    (4, 3, 3): "port tertutup",
    (4, 3, 4): "paket terlalu besar untuk jalurnya",
    (4, 3, 6): "jaringan tidak dikenal",
    (4, 3, 7): "perangkat tidak dikenal",
    (4, 3, 9): "jaringan itu dilarang oleh penyaring",
    (4, 3, 10): "perangkat itu dilarang oleh penyaring",
    (4, 3, 13): "dilarang oleh penyaring",
    (4, 11, 0): "paket berputar terlalu lama",
    (6, 1, 0): "tidak ada jalur ke sana",
    (6, 1, 1): "dilarang oleh penyaring",
    (6, 1, 2): "alamat di luar jangkauan",
    (6, 1, 3): "alamat tidak terjangkau",
    (6, 1, 4): "port tertutup",
    (6, 1, 5): "alamat asal ditolak",
    (6, 1, 6): "jalur ke sana ditolak",
    (6, 2, 0): "paket terlalu besar untuk jalurnya",
    (6, 3, 0): "paket berputar terlalu lama",
}


def reason(family: int, icmp_type: int, code: int) -> str:
    """What an ICMP error says."""
    return REASONS.get((family, icmp_type, code), f"ICMP tipe {icmp_type} kode {code}")


def number(value: float) -> str:
    """At most three significant digits after a decimal comma: 0,02 and 1,3 and 341."""
    digits = 2 if value < 1 else 1 if value < 10 else 0  # noqa: PLR2004 - powers of ten
    return f"{value:.{digits}f}".replace(".", ",")
