"""The words around the procedure, in both languages: what `domain.sop` does not say. Data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The wiki's page about the procedure, in one language. `{}` stands for numbers."""

    title: str
    intro: str
    flow: str
    flow_title: str
    flow_description: str
    picture: str
    steps: str
    columns: tuple[str, ...]
    step: str
    ways: str
    ways_intro: str
    either: str
    closed: str
    wiki_page: str
    recurrence: str
    recurrence_long: str
    withdrawn: str
    time: str
    time_intro: str
    days: tuple[str, str]
    time_rules: tuple[str, ...]
    records: str
    records_text: tuple[str, ...]
    law: str

    def working_days(self, number: int) -> str:
        """Return a number of working days in words."""
        return self.days[number > 1].format(number)

    def withdrawal(self, first: int, last: int) -> str:
        """Return during which steps the agency may withdraw."""
        return self.withdrawn.format(first, last)


LAW = (
    "UU Nomor 11 Tahun 2008 tentang Informasi dan Transaksi Elektronik",
    "UU Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik",
    "PP Nomor 61 Tahun 2010 tentang Pelaksanaan UU Nomor 14 Tahun 2008",
    "PP Nomor 82 Tahun 2012 tentang Penyelenggaraan Sistem dan Transaksi Elektronik",
    "Inpres Nomor 6 Tahun 2001 tentang Pengembangan dan Pendayagunaan Telematika di Indonesia",
    "Permen PAN Nomor PER/21/M.PAN/11/2008 tentang Pedoman Penyusunan SOP",
    "Permendagri Nomor 35 Tahun 2010 tentang Pelayanan Informasi dan Dokumentasi",
    "Permenkominfo Nomor 10 Tahun 2010",
    "Permenkominfo Nomor 23 Tahun 2013 tentang Pengelolaan Nama Domain",
    "Permenkominfo Nomor 5 Tahun 2015 tentang Registrar Nama Domain Instansi Penyelenggara Negara",
    "Perki Nomor 1 Tahun 2010 tentang Standar Layanan Informasi Publik",
    "Perbup Sumbawa Nomor 44 Tahun 2019 tentang Sistem Pemerintahan Berbasis Elektronik",
    "Perbup Sumbawa Nomor 65 Tahun 2020 tentang susunan organisasi dinas",
)

_INDONESIAN = Words(
    title="SOP Troubleshooting Gangguan Jaringan",
    intro=(
        "Layanan ini diatur oleh **SOP 565/569/DKISC/2020**, “Layanan Troubleshooting Gangguan Jaringan”, milik "
        "Dinas Komunikasi Informatika Statistik dan Persandian Kabupaten Sumbawa, Bidang Teknologi Informasi. "
        "SOP itu bertanggal 30 November 2021 dan berlaku sejak 2 Desember 2021. Halaman ini dibuat dari data "
        "yang juga menggerakkan Pulih, jadi yang tertulis di sini sama dengan yang dikerjakan aplikasi."
    ),
    flow="Alur",
    flow_title="Alur empat belas langkah SOP 565/569/DKISC/2020",
    flow_description=(
        "Surat dari OPD melewati disposisi (langkah 1–4), penanganan (langkah 5–11), dan pelaporan "
        "(langkah 12–14). Jalan yang bercabang ditulis lengkap di bawah gambar."
    ),
    picture="Gambar alur ini sebagai berkas tersendiri",
    steps="Empat belas langkah",
    columns=("No.", "Langkah", "Pelaksana", "Kelengkapan", "Keluaran", "Waktu"),
    step="Langkah {}",
    ways="Jalan yang bercabang",
    ways_intro="Kebanyakan langkah hanya punya satu jalan: ke langkah berikutnya. Yang lain bercabang:",
    either="atau",
    closed="Tiket selesai",
    wiki_page="Halaman wiki",
    recurrence="Kambuh: tiket baru",
    recurrence_long=(
        "**Sesudah selesai**: gangguan yang kambuh dicatat sebagai tiket baru yang menyebut nomor tiket lamanya."
    ),
    withdrawn="Selama langkah {}–{} OPD boleh mencabut: tiket berakhir tanpa halaman wiki.",
    time="Waktu",
    time_intro="SOP memberi tiga jatah waktu. Sisa jatah sebuah tiket selalu tampak di halaman tiketnya.",
    days=("{} hari kerja", "{} hari kerja"),
    time_rules=(
        "Hari kerja tidak termasuk Sabtu, Minggu, libur nasional, cuti bersama, dan hari libur tambahan kantor.",
        (
            "Waktu menunggu OPD – surat yang dikembalikan, dan Berita Acara penggantian di langkah 9 – ditampilkan, "
            "tetapi tidak dihitung sebagai waktu kantor."
        ),
        "Tiket yang kembali ke langkah 5 melanjutkan sisa jatahnya, tidak mulai dari awal.",
    ),
    records="Perlengkapan dan pencatatan",
    records_text=(
        (
            "Perlengkapan menurut SOP: server, komputer, internet, printer, faks atau telepon, formulir, alat tulis, "
            "serta aplikasi pengelolaan DNS dan wiki."
        ),
        (
            "SOP mengingatkan bahwa pencatatan yang tidak lengkap membuat pengawasan gagal. Karena itu sebuah "
            "tiket tidak dapat selesai selama isian wajibnya belum ada."
        ),
        (
            "Pencatatan boleh di aplikasi, boleh di kertas. Setiap formulir dapat dicetak kosong, diisi tangan, lalu "
            "diketikkan kemudian."
        ),
        "SOP yang berkaitan: SOP Pengembangan Aplikasi.",
    ),
    law="Dasar hukum",
)

_ENGLISH = Words(
    title="The procedure for network faults",
    intro=(
        "The service follows **SOP 565/569/DKISC/2020**, “Layanan Troubleshooting Gangguan Jaringan”, of the "
        "communication office of the regency of Sumbawa, dated 30 November 2021 and in force since "
        "2 December 2021. This page is made from the data that also drives Pulih, so the two cannot disagree."
    ),
    flow="The way through",
    flow_title="The fourteen steps of SOP 565/569/DKISC/2020",
    flow_description=(
        "An agency's letter passes through disposition (steps 1–4), handling (steps 5–11) and reporting "
        "(steps 12–14). The ways that part are written out below the picture."
    ),
    picture="This picture as a file",
    steps="Fourteen steps",
    columns=("No.", "Step", "Who", "Must be there", "Comes out", "Time"),
    step="Step {}",
    ways="Where the way parts",
    ways_intro="Most steps have one way on: to the next. The others part:",
    either="or",
    closed="Ticket closed",
    wiki_page="Wiki page",
    recurrence="It comes back: a new ticket",
    recurrence_long="**After the end**: a fault that comes back is a new ticket that names the old one.",
    withdrawn="During steps {}–{} the agency may withdraw: the ticket ends without a wiki page.",
    time="Time",
    time_intro="The regulation gives three spans. What is left of them is shown on each ticket.",
    days=("{} working day", "{} working days"),
    time_rules=(
        "Working days leave out Saturday, Sunday, public holidays, joint leave, and the days off that the office adds.",
        "Time spent waiting for the agency (a returned letter, the request of step 9) is shown but not counted.",
        "A ticket that comes back to step 5 has what is left of its span, not a fresh start.",
    ),
    records="Equipment and records",
    records_text=(
        (
            "Equipment the regulation names: server, computer, internet, printer, fax or telephone, forms, stationery, "
            "and the application for managing DNS and the wiki."
        ),
        (
            "The regulation warns that incomplete records make supervision fail. So no ticket closes while a required "
            "fact is missing."
        ),
        "Records may be kept in the application or on paper: every form prints empty, to be typed in later.",
        "Related: the procedure for application development.",
    ),
    law="Legal basis",
)

WORDS = {"id": _INDONESIAN, "en": _ENGLISH}
