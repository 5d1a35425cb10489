"""The facts that each step must bring, as data. `sop.py` hangs them on the steps."""

from __future__ import annotations

from dataclasses import replace

from pulih.domain.agency import DeviceKind
from pulih.domain.facts import Choice, Fact, Kind
from pulih.domain.people import Role
from pulih.domain.segment import Segment
from pulih.wording import N_

_NATURES = (
    Choice("biasa", N_("Biasa")),
    Choice("segera", N_("Segera")),
    Choice("sangat-segera", N_("Sangat segera")),
)
_INSTRUCTIONS = (
    Choice("tindak-lanjut", N_("Tindak lanjuti sesuai SOP")),
    Choice("koordinasi", N_("Koordinasikan dengan OPD")),
    Choice("tanggapan", N_("Beri tanggapan dan saran")),
    Choice("laporkan", N_("Laporkan hasilnya")),
    Choice("hadir", N_("Periksa langsung ke lokasi")),
    Choice("arsip", N_("Untuk diketahui dan diarsipkan")),
)
_SEGMENTS = tuple(Choice(segment.value, segment.label) for segment in Segment)
_DEVICE_KINDS = tuple(Choice(kind.value, kind.label) for kind in DeviceKind)
_READING = (
    Choice("what", N_("Yang diperiksa")),
    Choice("value", N_("Hasil")),
    Choice("note", N_("Catatan")),
)
_TEST = (
    Choice("what", N_("Yang diuji")),
    Choice("value", N_("Hasil")),
    Choice("note", N_("Sebelumnya")),
)

_SIGNER = Fact(
    "signed_by",
    N_("Ditandatangani di atas kertas oleh"),
    required=False,
    private=True,
    hint=N_(
        "Isi bila OPD menandatangani di atas kertas dan Anda mengetikkannya: nama dan jabatan."
    ),
)

LETTER = (
    Fact("letter_number", N_("Nomor surat"), limit=80),
    Fact("letter_date", N_("Tanggal surat"), Kind.DATE, past=True),
    Fact("agency", N_("OPD"), Kind.AGENCY),
    Fact(
        "agenda_number",
        N_("Nomor agenda"),
        required=False,
        limit=40,
        hint=N_("Kosongkan untuk nomor berikutnya."),
    ),
    Fact("site", N_("Lokasi terdaftar"), Kind.SITE, required=False),
    Fact("place", N_("Tempat gangguan"), hint=N_("Gedung, lantai, atau ruang.")),
    Fact("subject", N_("Perihal"), limit=160),
    Fact(
        "disturbed",
        N_("Yang terganggu"),
        Kind.PROSE,
        limit=4000,
        hint=N_("Dengan kata-kata pelapor sendiri."),
    ),
    Fact("since", N_("Terganggu sejak"), Kind.MOMENT, past=True),
    Fact("contact_name", N_("Nama kontak"), limit=100, private=True),
    Fact("contact_phone", N_("Telepon kontak"), Kind.PHONE, private=True),
    Fact(
        "recurrence_of",
        N_("Kambuh dari tiket"),
        Kind.TICKET,
        required=False,
        hint=N_("Bila gangguan ini pernah selesai dan muncul lagi."),
    ),
    Fact(
        "scan",
        N_("Pindaian surat"),
        Kind.FILES,
        required=False,
        private=True,
        hint=N_("PDF, JPEG, atau PNG, paling besar 20 MB."),
    ),
    Fact("sender", N_("Dikirim oleh"), required=False, limit=220, private=True, typed=False),
    Fact("through", N_("Lewat situs"), required=False, typed=False),
)

DISPOSITION = (
    Fact("nature", N_("Sifat"), Kind.CHOICE, choices=_NATURES),
    Fact("instructions", N_("Dengan hormat harap"), Kind.TICKS, choices=_INSTRUCTIONS),
    Fact("note", N_("Catatan"), Kind.PROSE, required=False, limit=1000),
    Fact("to", N_("Diteruskan kepada"), Kind.PERSON, role=Role.HEAD_OF_DIVISION),
)

VERIFICATION = (
    Fact("verified", N_("Surat lengkap dan benar?"), Kind.YES_NO),
    Fact(
        "reason",
        N_("Alasan"),
        Kind.PROSE,
        limit=1000,
        hint=N_("Bila dikembalikan: apa yang harus dilengkapi OPD."),
    ),
    *(replace(fact, when=("verified", True)) for fact in DISPOSITION[:3]),
    Fact(
        "to", N_("Diteruskan kepada"), Kind.PERSON, role=Role.SECTION_HEAD, when=("verified", True)
    ),
)

APPOINTMENT = (
    Fact("technicians", N_("Teknisi"), Kind.PEOPLE, role=Role.NETWORK_TEAM),
    Fact("lead", N_("Ketua tim"), Kind.PERSON, role=Role.NETWORK_TEAM, among="technicians"),
    Fact("task", N_("Tugas"), Kind.PROSE, limit=1000),
)

EXAMINATION = (
    Fact("runs", N_("Pemeriksaan otomatis"), Kind.RUNS, required=False),
    Fact("readings", N_("Catatan pemeriksaan"), Kind.ROWS, required=False, choices=_READING),
    Fact("fault_type", N_("Jenis gangguan"), Kind.FAULT_TYPE),
    Fact(
        "location",
        N_("Lokasi gangguan"),
        hint=N_("Di mana persisnya: ruang, tiang, port, ruas kabel."),
    ),
    Fact(
        "segment",
        N_("Bagian jalur"),
        Kind.CHOICE,
        required=False,
        choices=_SEGMENTS,
        hint=N_("Ditandai pada gambar jalur di halaman wiki."),
    ),
    Fact("device", N_("Perangkat"), Kind.DEVICE, required=False),
    Fact(
        "device_note",
        N_("Perangkat, bila tidak terdaftar"),
        required=False,
        hint=N_("Jenis, merek, dan model; tulis “bukan perangkat” bila begitu."),
    ),
)

REMOTE_REPAIR = (
    Fact("done", N_("Yang dilakukan dari jarak jauh"), Kind.PROSE, limit=4000),
    Fact(
        "outcome",
        N_("Hasil"),
        Kind.CHOICE,
        choices=(
            Choice("fixed", N_("Gangguan teratasi")),
            Choice("not-fixed", N_("Belum teratasi, perlu ke lokasi")),
        ),
    ),
)

COORDINATION = (
    Fact("spoken_to", N_("Berbicara dengan"), limit=100, private=True),
    Fact("visit_at", N_("Waktu kunjungan"), Kind.MOMENT),
    Fact("agreed_by", N_("Disetujui oleh"), limit=100, private=True),
)

DAMAGE = (
    Fact("damaged", N_("Ada perangkat yang rusak?"), Kind.YES_NO),
    Fact("must_replace", N_("Harus diganti?"), Kind.YES_NO, when=("damaged", True)),
    Fact(
        "device",
        N_("Perangkat"),
        Kind.DEVICE,
        required=False,
        when=("damaged", True),
        prefill="examination.device",
    ),
    Fact(
        "device_note",
        N_("Perangkat, bila tidak terdaftar"),
        required=False,
        when=("damaged", True),
        prefill="examination.device_note",
    ),
    Fact("damage", N_("Kerusakan"), Kind.PROSE, limit=2000, when=("damaged", True)),
    Fact("photos", N_("Foto"), Kind.FILES, when=("damaged", True), hint=N_("JPEG, PNG, atau PDF.")),
    Fact("repair", N_("Yang dilakukan di lokasi"), Kind.PROSE, limit=4000),
)

REPLACEMENT_NOTICE = (
    Fact("informed", N_("Diberitahukan kepada"), limit=100, private=True),
    Fact("informed_at", N_("Pada"), Kind.MOMENT, past=True),
    Fact("message", N_("Yang disampaikan"), Kind.PROSE, limit=1000),
)

_OLD = (
    Fact("old_kind", N_("Jenis perangkat lama"), Kind.CHOICE, choices=_DEVICE_KINDS),
    Fact("old_make", N_("Merek perangkat lama"), limit=60),
    Fact("old_model", N_("Model perangkat lama"), limit=60),
    Fact("old_serial", N_("Nomor seri perangkat lama"), limit=60),
    Fact(
        "old_inventory",
        N_("Nomor inventaris perangkat lama"),
        limit=60,
        hint=N_("Tulis – bila tidak ada."),
    ),
)

REPLACEMENT_RECORD = (
    *_OLD,
    Fact("reason", N_("Alasan penggantian"), Kind.PROSE, limit=2000),
    Fact("new_wanted", N_("Perangkat yang dimohonkan"), limit=160),
    _SIGNER,
)

INSTALLATION = (
    Fact(
        "new_kind",
        N_("Jenis perangkat baru"),
        Kind.CHOICE,
        choices=_DEVICE_KINDS,
        prefill="replacement-record.old_kind",
    ),
    Fact("new_make", N_("Merek perangkat baru"), limit=60),
    Fact("new_model", N_("Model perangkat baru"), limit=60),
    Fact("new_serial", N_("Nomor seri perangkat baru"), limit=60),
    Fact(
        "new_inventory",
        N_("Nomor inventaris perangkat baru"),
        limit=60,
        hint=N_("Tulis – bila belum ada."),
    ),
    Fact(
        "settings",
        N_("Pengaturan yang dibuat"),
        Kind.PROSE,
        limit=4000,
        hint=N_("Jangan menulis kata sandi di sini."),
    ),
)

TRIAL = (
    Fact("tests", N_("Uji coba"), Kind.ROWS, choices=_TEST),
    Fact("runs", N_("Pemeriksaan otomatis"), Kind.RUNS, required=False),
    Fact("works", N_("Jaringan bekerja baik?"), Kind.YES_NO),
    Fact("note", N_("Catatan"), Kind.PROSE, required=False, limit=1000),
)

REPORT = (
    Fact("symptom", N_("Gejala"), Kind.PROSE, limit=4000, prefill="letter.disturbed"),
    Fact("cause", N_("Penyebab"), Kind.PROSE, limit=4000),
    Fact(
        "cause_certainty",
        N_("Kepastian penyebab"),
        Kind.CHOICE,
        choices=(Choice("confirmed", N_("Terbukti")), Choice("suspected", N_("Dugaan"))),
    ),
    Fact("actions", N_("Tindakan"), Kind.PROSE, limit=4000, prefill="remote-repair.done"),
    Fact("result", N_("Hasil"), Kind.PROSE, limit=2000),
    Fact(
        "solution_class",
        N_("Golongan penyelesaian"),
        Kind.CHOICE,
        choices=(
            Choice("permanent", N_("Permanen")),
            Choice("configuration", N_("Konfigurasi")),
            Choice("workaround", N_("Sementara")),
        ),
    ),
    Fact("prevention", N_("Pencegahan"), Kind.PROSE, limit=2000),
)

ACCEPTANCE = (
    Fact("accepted", N_("Laporan diterima?"), Kind.YES_NO),
    Fact("note", N_("Catatan"), Kind.PROSE, limit=1000, hint=N_("Bila dikembalikan: alasannya.")),
)

WORK_RECORD = (
    Fact("work", N_("Pekerjaan yang dilakukan"), Kind.PROSE, limit=4000, prefill="report.actions"),
    Fact("work_date", N_("Tanggal pekerjaan"), Kind.DATE, past=True),
    Fact("devices", N_("Perangkat terpasang"), required=False, prefill="installation.new_make"),
    Fact("result", N_("Hasil"), Kind.PROSE, limit=2000, prefill="report.result"),
    Fact(
        "agency_official",
        N_("Pejabat OPD yang mengetahui"),
        limit=100,
        private=True,
        hint=N_("Nama dan jabatan."),
    ),
)

ACKNOWLEDGEMENT_AGENCY = (
    Fact(
        "acknowledged",
        N_("OPD mengetahui pekerjaan ini"),
        Kind.CHOICE,
        choices=(Choice("ya", N_("Ya, pekerjaan sesuai")),),
    ),
    Fact("note", N_("Catatan"), Kind.PROSE, required=False, limit=1000),
    _SIGNER,
)

ACKNOWLEDGEMENT_DEPARTMENT = (
    Fact(
        "acknowledged",
        N_("Kepala Dinas mengetahui pekerjaan ini"),
        Kind.CHOICE,
        choices=(Choice("ya", N_("Ya, diketahui")),),
    ),
    Fact("note", N_("Catatan"), Kind.PROSE, required=False, limit=1000),
)

WITHDRAWAL = (Fact("reason", N_("Alasan pencabutan"), Kind.PROSE, limit=1000), _SIGNER)
