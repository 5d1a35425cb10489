"""Closed cases by the thousand: every one differs, each with 250 to 400 words of Indonesian as technicians write it."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from pulih.domain.article import Article, Reading, with_related

_PLACES = (
    "Dinas", "Badan", "Kantor Camat", "Puskesmas", "Kelurahan", "RSUD", "SMP Negeri", "UPT",
)  # fmt: skip
_FIELDS = (
    "Kesehatan", "Pendidikan", "Kependudukan", "Keuangan", "Perhubungan", "Pertanian", "Sosial", "Utan",
    "Moyo Hilir", "Alas Barat", "Lunyuk", "Labuhan Badas", "Empang", "Plampang", "Perizinan", "Pariwisata",
)  # fmt: skip
_FAULTS = (
    "Kabel putus", "DNS tidak menjawab", "Alamat IP bentrok", "Switch mati", "Router macet", "Daya listrik padam",
    "Konektor longgar", "Loop jaringan", "Wi-Fi lemah", "Radio bergeser", "Serat optik putus", "Modem rusak",
    "Bandwidth penuh", "DHCP habis", "VLAN salah", "Perangkat lunak usang", "Petir", "Firewall menolak",
    "Server penuh", "Kata sandi salah",
)  # fmt: skip
_KINDS = (
    "router", "switch", "access-point", "poe", "kabel-lan", "hub", "media-converter", "radio-link", "modem-ont",
    "server", "ups", "komputer", "",
)  # fmt: skip
_MAKES = (
    "MikroTik RB{}",
    "Cisco SG{}-28",
    "TP-Link TL-{}",
    "Ubiquiti M5-{}",
    "Ruijie RG-{}",
    "HP {}",
)
_WHERE = (
    "ruang pelayanan", "ruang bendahara", "lantai dua", "gedung lama", "loket pendaftaran", "aula", "ruang server",
    "ruang kepala", "gudang arsip", "pos jaga", "ruang rapat", "laboratorium", "ruang guru", "apotek",
)  # fmt: skip
_WHAT = (
    "jaringan putus-sambung", "internet sangat lambat", "aplikasi SIMDA tidak terbuka", "Wi-Fi tidak muncul",
    "komputer tidak mendapat alamat", "telepon IP bisu", "absensi tidak terkirim", "printer bersama hilang",
    "situs OPD tidak dapat dibuka", "CCTV gelap", "surat elektronik tertahan", "SIMRS terputus",
)  # fmt: skip
_SYMPTOMS = (
    "Sejak pagi {what} di {where}, sedangkan ruang lain masih normal.",
    "Petugas {where} melaporkan {what} setiap kali hujan turun.",
    "Ping ke gerbang hilang {n} persen dan jedanya naik sampai {m} milidetik.",
    "Lampu port {k} berkedip kuning lalu mati setelah kira-kira {n} menit.",
    "Pegawai sudah mencoba menyalakan ulang komputer tetapi keadaan tidak berubah.",
    "Gangguan terasa pada {k} komputer yang tersambung ke perangkat yang sama.",
    "Pelayanan kepada masyarakat tertunda karena antrean menumpuk di {where}.",
    "Muncul pesan kesalahan ketika halaman masuk dibuka, kadang-kadang kosong sama sekali.",
    "Kecepatan unduh turun menjadi {n} Mbps dari biasanya {m} Mbps.",
    "Kejadian serupa pernah dilaporkan bulan lalu namun hilang dengan sendirinya.",
)
_CAUSES = (
    "Kabel di atas plafon {where} tergigit tikus pada {k} tempat sehingga pasangannya terbuka.",
    "Dua perangkat memakai alamat 10.{k}.{n}.1 sehingga tabel ARP berubah-ubah.",
    "Catu daya adaptor melemah, tegangannya tinggal {k} volt saat beban penuh.",
    "Seseorang memasang kabel dari port {k} kembali ke port {n} pada switch yang sama.",
    "Peramban memakai server nama lama yang sudah tidak menjawab sejak pemindahan.",
    "Antena bergeser {n} derajat setelah angin kencang sehingga sinyal turun menjadi -{m} dBm.",
    "Konektor RJ45 berkarat dan kuncinya patah, sambungan lepas bila tersentuh.",
    "Kolam alamat DHCP hanya {m} dan sudah habis dipakai telepon genggam tamu.",
)
_ACTIONS = (
    "Memeriksa jalur dari {where} sampai rak utama dengan penguji kabel.",
    "Mengganti kabel Cat6 sepanjang {m} meter dan memasukkannya ke dalam pipa.",
    "Memindahkan sambungan ke port {k} lalu mematikan port lama.",
    "Memperbarui perangkat lunak ke versi {k}.{n} dan menyimpan cadangan pengaturan.",
    "Mengatur ulang VLAN {n} supaya terpisah dari jaringan tamu.",
    "Membersihkan debu pada kipas dan mengencangkan kabel pembumian.",
    "Mengarahkan kembali antena sampai sinyal mencapai -{n} dBm.",
    "Menambah {k} alamat cadangan dan memendekkan masa sewanya menjadi {n} jam.",
    "Menutup sambungan yang melingkar dan menyalakan perlindungan pohon rentang.",
    "Mencatat nomor port pada label baru agar mudah ditelusuri.",
    "Menguji bersama petugas {where} selama {n} menit tanpa kehilangan paket.",
    "Memberi tahu pegawai agar tidak memindahkan perangkat tanpa sepengetahuan tim.",
)
_RESULTS = (
    "Sambungan kembali stabil, jeda rata-rata {k} milidetik.",
    "Aplikasi terbuka dalam {k} detik di semua loket.",
    "Kecepatan unduh kembali {m} Mbps, tidak ada paket yang hilang dalam {n} menit.",
    "Petugas {where} menyatakan pelayanan berjalan seperti biasa.",
)
_PREVENTION = (
    "Ruas kabel lain yang masih terbuka dijadwalkan untuk diganti.",
    "Pemantauan ping dipasang untuk gerbang {where}.",
    "Adaptor cadangan disimpan di gudang, diperiksa setiap {k} bulan.",
    "Pengaturan disalin setiap pekan ke server dinas.",
)
_BEGAN = date(2017, 1, 2)
_DAYS = 3500
_LAST = 40


def cases(count: int, *, seed: int = 565) -> list[Article]:
    """Return the first so many cases of an office; the same numbers always give the same cases."""
    dice, made, numbers = random.Random(seed), [], dict[int, int]()
    for n in range(count):
        day = _BEGAN + timedelta(days=n * _DAYS // max(count, _DAYS) if count > _DAYS else n)
        numbers[day.year] = number = numbers.get(day.year, 0) + 1
        made.append(with_related(_case(dice, day, number), made[-_LAST:]))
    return made


def one_more(made: list[Article], *, at: int = 1) -> Article:
    """Return a case that is not yet among those made, closed after them. Another `at`, another case."""
    last = made[-1]
    day = last.resolved + timedelta(days=1)
    number = (
        1
        + at
        + max((int(a.number.partition("-")[2]) for a in made if a.year == day.year), default=0)
    )
    return with_related(_case(random.Random(at), day, number), made[-_LAST:])


def _case(dice: random.Random, day: date, number: int) -> Article:
    agency, fault = dice.randrange(63), dice.randrange(len(_FAULTS))
    kind, where, what = dice.choice(_KINDS), dice.choice(_WHERE), dice.choice(_WHAT)
    make = (
        dice.choice(_MAKES).format(dice.randrange(100, 900, 200))
        if kind and dice.randrange(5)
        else ""
    )
    took = timedelta(days=dice.randrange(9))

    def told(sentences: tuple[str, ...], least: int, most: int) -> str:
        chosen = dice.sample(sentences, min(len(sentences), dice.randint(least, most)))
        return " ".join(
            one.format(
                what=what,
                where=dice.choice(_WHERE),
                n=dice.randrange(2, 60),
                m=dice.randrange(60, 250),
                k=dice.randrange(2, 24),
            )
            for one in chosen
        )

    return Article(
        number=f"{day.year}-{number:04d}",
        year=day.year,
        title=f"{what.capitalize()} di {where} {_agency(agency)}",
        agency=f"opd-{agency:02d}",
        agency_name=_agency(agency),
        site=dice.choice(("Gedung A", "Gedung B", "Kantor utama")),
        place=where.capitalize(),
        device="",
        device_kind=kind,
        device_make=make,
        fault_type=f"gangguan-{fault:02d}",
        fault_name=_FAULTS[fault],
        location=f"Ruas antara rak dan {where}",
        symptom=told(_SYMPTOMS, 7, 10),
        cause=told(_CAUSES, 3, 5),
        cause_confirmed=bool(dice.randrange(3)),
        remote=told(_ACTIONS, 1, 2),
        on_site=told(_ACTIONS, 2, 3),
        actions=told(_ACTIONS, 7, 10),
        installed="" if dice.randrange(5) else make,
        settings=told(_ACTIONS, 1, 1),
        result=told(_RESULTS, 2, 4),
        solution_class=dice.choice(("permanent", "temporary")),
        prevention=told(_PREVENTION, 2, 4),
        checks=tuple(
            Reading(
                f"ping 10.{agency}.{n}.1",
                f"{dice.randrange(40)} % hilang",
                f"{dice.randrange(90)} ms",
            )
            for n in range(1, 4)
        ),
        tests=(Reading(f"ping 10.{agency}.1.1", "0 % hilang", "setelah perbaikan"),),
        reported=day,
        resolved=day + took,
        closed_at=datetime(day.year, day.month, day.day, 8, number % 60, tzinfo=UTC) + took,
        working_hours=float(dice.randrange(5, 300)) / 10,
        recurrence_of="",
        related=(),
        version=dice.randrange(14, 40),
    )


def _agency(n: int) -> str:
    return f"{_PLACES[n % len(_PLACES)]} {_FIELDS[n * 5 % len(_FIELDS)]} {n // 16 + 1}"
