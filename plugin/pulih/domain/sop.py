"""The procedure as data: SOP 565/569/DKISC/2020, "Layanan Troubleshooting Gangguan Jaringan".

`STEPS` holds the fourteen rows of the regulation. A row has one or more stages: the single deeds that single people
do, in order. Forms, authorisation, deadlines, the wiki's page about the procedure and the table in the README are all
made from here; no other module knows the order. Where the regulation leaves room, the reading taken is the one of
the design notes (`wiki/developer/decisions/`).
"""

from __future__ import annotations

from pulih.domain import sop_facts as f
from pulih.domain.people import Role
from pulih.domain.procedure import SPAN_DAYS, Span, Stage, Step, Way
from pulih.wording import N_, Bilingual

OPD = frozenset({Role.OPD})
TEAM = frozenset({Role.NETWORK_TEAM})
HEAD = frozenset({Role.HEAD_OF_DEPARTMENT})
DIVISION = frozenset({Role.HEAD_OF_DIVISION})
SECTION = frozenset({Role.SECTION_HEAD})

__all__ = [
    "ASIDE",
    "CLOSED",
    "FIRST",
    "SPAN_DAYS",
    "STAGES",
    "STEPS",
    "WITHDRAWN",
    "Span",
    "Stage",
    "Step",
    "Way",
    "step_of",
]

CLOSED = "closed"
WITHDRAWN = "withdrawn"


_TOOLS = Bilingual(
    "Komputer, jaringan, perangkat lunak troubleshooting",
    "Computer, network, troubleshooting software",
)
_LETTER = Bilingual(
    "Surat Permohonan Troubleshooting Gangguan Jaringan",
    "Letter asking for help with a network fault",
)
_SHEET = Bilingual("Disposisi Dinas", "The department's disposition")
_RESULT = Bilingual("Laporan hasil troubleshooting", "Report of the troubleshooting")
_NONE = Bilingual("–", "–")
_RECORDS = Bilingual("Dokumentasi", "Documentation")

STEPS = (
    Step(
        1,
        Bilingual("Surat masuk dari OPD", "Letter from the agency"),
        Bilingual(
            "OPD yang jaringannya terganggu mengirim surat; Tim Jaringan mencatatnya.",
            "An agency whose network is disturbed sends a letter; the network team registers it.",
        ),
        _LETTER,
        Bilingual("Tiket; surat naik ke disposisi", "The ticket; the letter goes to disposition"),
        Span.DISPOSITION,
        (
            Stage(
                "letter",
                1,
                N_("Catat surat"),
                OPD | TEAM,
                f.LETTER,
                (
                    Way(
                        "disposition",
                        N_("Diteruskan ke disposisi"),
                        N_("{who} mencatat surat nomor {letter_number} dari OPD."),
                    ),
                ),
                waiting=True,
            ),
        ),
    ),
    Step(
        2,
        Bilingual("Disposisi Kepala Dinas", "Disposition by the head of department"),
        Bilingual(
            "Kepala Dinas mendisposisikan surat kepada Kepala Bidang TI.",
            "The head of department disposes the letter to the head of the IT division.",
        ),
        _LETTER,
        _SHEET,
        Span.DISPOSITION,
        (
            Stage(
                "disposition",
                2,
                N_("Disposisikan"),
                HEAD,
                f.DISPOSITION,
                (
                    Way(
                        "verification",
                        N_("Kepada Kepala Bidang TI"),
                        N_("{who} mendisposisikan surat kepada {to}."),
                    ),
                ),
            ),
        ),
    ),
    Step(
        3,
        Bilingual(
            "Verifikasi & disposisi Kepala Bidang TI",
            "Verification and disposition by the head of the IT division",
        ),
        Bilingual(
            "Kepala Bidang TI memverifikasi surat, lalu mendisposisikannya kepada Kepala Seksi atau mengembalikannya.",
            "The head of the IT division verifies the letter, then disposes it to the section head or returns it.",
        ),
        _LETTER,
        _SHEET,
        Span.DISPOSITION,
        (
            Stage(
                "verification",
                3,
                N_("Verifikasi"),
                DIVISION,
                f.VERIFICATION,
                (
                    Way(
                        "letter",
                        N_("Dikembalikan ke OPD"),
                        N_("{who} mengembalikan surat kepada OPD: {reason}"),
                        ("verified", False),
                    ),
                    Way(
                        "appointment",
                        N_("Kepada Kepala Seksi"),
                        N_("{who} memverifikasi surat dan meneruskannya kepada {to}."),
                    ),
                ),
            ),
        ),
    ),
    Step(
        4,
        Bilingual("Penunjukan staf / tenaga ahli", "Appointment of staff or an expert"),
        Bilingual(
            "Kepala Seksi menunjuk staf atau tenaga ahli jaringan.",
            "The section head appoints staff or a network expert.",
        ),
        _SHEET,
        Bilingual("Tim Jaringan Kominfo (penugasan)", "The network team (the assignment)"),
        Span.DISPOSITION,
        (
            Stage(
                "appointment",
                4,
                N_("Tunjuk tim"),
                SECTION,
                f.APPOINTMENT,
                (
                    Way(
                        "examination",
                        N_("Tim ditunjuk"),
                        N_("{who} menunjuk {technicians}; ketua tim {lead}."),
                    ),
                ),
            ),
        ),
    ),
    Step(
        5,
        Bilingual("Pemeriksaan & analisa", "Checking and analysis"),
        Bilingual(
            "Tim memeriksa koneksi yang dilaporkan, menganalisa, dan menetapkan jenis dan lokasi gangguan.",
            "The team checks the connection as reported, analyses, and establishes the type and location of the fault.",
        ),
        _TOOLS,
        Bilingual("Jenis dan lokasi gangguan", "Type and location of the fault"),
        Span.HANDLING,
        (
            Stage(
                "examination",
                5,
                N_("Catat hasil pemeriksaan"),
                TEAM,
                f.EXAMINATION,
                (
                    Way(
                        "remote-repair",
                        N_("Jenis dan lokasi ditetapkan"),
                        N_("{who} menetapkan gangguan {fault_type} di {location}."),
                    ),
                ),
                appointed=True,
                one_of=(("runs", "readings"), ("device", "device_note")),
            ),
        ),
    ),
    Step(
        6,
        Bilingual("Troubleshooting remote access", "Troubleshooting by remote access"),
        Bilingual(
            "Tim memperbaiki dari jarak jauh; bila tidak berhasil, dilanjutkan pemeriksaan lapangan.",
            "The team repairs by remote access; where that fails, a site inspection follows.",
        ),
        _TOOLS,
        _RESULT,
        Span.HANDLING,
        (
            Stage(
                "remote-repair",
                6,
                N_("Catat perbaikan jarak jauh"),
                TEAM,
                f.REMOTE_REPAIR,
                (
                    Way(
                        "trial",
                        N_("Selesai dari jarak jauh"),
                        N_("{who} memperbaiki dari jarak jauh: {done}"),
                        ("outcome", "fixed"),
                    ),
                    Way(
                        "coordination",
                        N_("Perlu ke lokasi"),
                        N_("{who} mencoba dari jarak jauh dan belum berhasil: {done}"),
                    ),
                ),
                appointed=True,
            ),
        ),
    ),
    Step(
        7,
        Bilingual("Koordinasi dengan OPD", "Coordination with the agency"),
        Bilingual(
            "Tim bersepakat dengan OPD pelapor untuk memeriksa lokasi dan memperbaiki.",
            "The team agrees with the reporting agency to inspect the site and repair.",
        ),
        _NONE,
        Bilingual("Koordinasi dengan pihak pelapor (OPD)", "Coordination with the reporter"),
        Span.HANDLING,
        (
            Stage(
                "coordination",
                7,
                N_("Catat koordinasi"),
                TEAM,
                f.COORDINATION,
                (
                    Way(
                        "damage",
                        N_("Kunjungan disepakati"),
                        N_("{who} menyepakati kunjungan pada {visit_at}."),
                    ),
                ),
                appointed=True,
            ),
        ),
    ),
    Step(
        8,
        Bilingual("Terdapat kerusakan perangkat?", "Is a device damaged?"),
        Bilingual(
            "Tim memutuskan di lokasi: adakah perangkat yang rusak, dan harus diganti?",
            "The team decides on site: is a network device damaged, and must it be replaced?",
        ),
        _TOOLS,
        Bilingual("Keputusan: diganti atau tidak", "The decision: replace or not"),
        Span.HANDLING,
        (
            Stage(
                "damage",
                8,
                N_("Putuskan kerusakan"),
                TEAM,
                f.DAMAGE,
                (
                    Way(
                        "replacement-notice",
                        N_("Harus diganti"),
                        N_("{who} menemukan perangkat rusak yang harus diganti: {damage}"),
                        ("must_replace", True),
                    ),
                    Way(
                        "trial",
                        N_("Rusak, diperbaiki di lokasi"),
                        N_("{who} memperbaiki kerusakan di lokasi: {repair}"),
                        ("damaged", True),
                    ),
                    Way(
                        "trial",
                        N_("Tidak ada kerusakan"),
                        N_(
                            "{who} tidak menemukan kerusakan perangkat; perbaikan di lokasi: {repair}"
                        ),
                    ),
                ),
                appointed=True,
                one_of=(("device", "device_note"),),
            ),
        ),
    ),
    Step(
        9,
        Bilingual(
            "Berita Acara permohonan penggantian perangkat", "Official request to replace a device"
        ),
        Bilingual(
            "Bila perangkat harus diganti, tim memberi tahu pelapor, dan OPD membuat Berita Acara.",
            "If a device must be replaced, the team informs the reporter, who makes the official request.",
        ),
        _NONE,
        Bilingual(
            "Berita Acara Permohonan Penggantian Perangkat", "Official request to replace a device"
        ),
        Span.HANDLING,
        (
            Stage(
                "replacement-notice",
                9,
                N_("Beri tahu OPD"),
                TEAM,
                f.REPLACEMENT_NOTICE,
                (
                    Way(
                        "replacement-record",
                        N_("OPD diberi tahu"),
                        N_("{who} memberi tahu OPD bahwa perangkat harus diganti."),
                    ),
                ),
                appointed=True,
            ),
            Stage(
                "replacement-record",
                9,
                N_("Buat Berita Acara penggantian"),
                OPD,
                f.REPLACEMENT_RECORD,
                (
                    Way(
                        "installation",
                        N_("Berita Acara dibuat"),
                        N_(
                            "Berita Acara dari OPD dicatat oleh {who}: {old_make} diganti dengan {new_wanted}."
                        ),
                    ),
                ),
                paper=TEAM,
                waiting=True,
            ),
        ),
    ),
    Step(
        10,
        Bilingual(
            "Penyiapan, pemasangan & pengaturan perangkat",
            "Preparing, installing and configuring the device",
        ),
        Bilingual(
            "Tim menyiapkan, memasang, dan mengatur perangkat yang dimohonkan.",
            "The team prepares, installs and configures the device applied for.",
        ),
        Bilingual("Berita Acara dari langkah 9", "The official request of step 9"),
        Bilingual(
            "Perangkat: Router, Switch, Access Point, PoE, Kabel LAN, Hub",
            "The device: router, switch, access point, PoE, LAN cable, hub",
        ),
        Span.HANDLING,
        (
            Stage(
                "installation",
                10,
                N_("Catat pemasangan"),
                TEAM,
                f.INSTALLATION,
                (
                    Way(
                        "trial",
                        N_("Perangkat terpasang"),
                        N_("{who} memasang dan mengatur {new_make}."),
                    ),
                ),
                appointed=True,
            ),
        ),
    ),
    Step(
        11,
        Bilingual("Uji coba", "Trial"),
        Bilingual(
            "Tim menguji bahwa jaringan bekerja baik.",
            "The team tests that the network works well.",
        ),
        _TOOLS,
        _RESULT,
        Span.HANDLING,
        (
            Stage(
                "trial",
                11,
                N_("Catat uji coba"),
                TEAM,
                f.TRIAL,
                (
                    Way(
                        "report",
                        N_("Jaringan bekerja baik"),
                        N_("{who} menguji jaringan: bekerja baik."),
                        ("works", True),
                    ),
                    Way(
                        "examination",
                        N_("Belum baik, periksa lagi"),
                        N_("{who} menguji jaringan: belum baik, kembali ke pemeriksaan."),
                    ),
                ),
                appointed=True,
            ),
        ),
    ),
    Step(
        12,
        Bilingual("Laporan kepada Kepala Seksi", "Report to the section head"),
        Bilingual(
            "Tim menulis laporan dan menyerahkannya kepada Kepala Seksi.",
            "The team writes the report and hands it to the section head.",
        ),
        _RESULT,
        _RECORDS,
        Span.REPORTING,
        (
            Stage(
                "report",
                12,
                N_("Tulis laporan"),
                TEAM,
                f.REPORT,
                (
                    Way(
                        "acceptance-section",
                        N_("Laporan diserahkan"),
                        N_("{who} menyerahkan laporan hasil troubleshooting."),
                    ),
                ),
                appointed=True,
            ),
        ),
    ),
    Step(
        13,
        Bilingual("Penerusan laporan", "The report goes up"),
        Bilingual(
            "Laporan diteruskan: Kepala Seksi → Kepala Bidang TI → Kepala Dinas.",
            "The report goes from the section head to the head of division to the head of department.",
        ),
        Bilingual("Laporan", "The report"),
        _RECORDS,
        Span.REPORTING,
        tuple(
            Stage(
                here,
                13,
                N_("Terima laporan"),
                roles,
                f.ACCEPTANCE,
                (
                    Way(
                        "report",
                        N_("Dikembalikan ke tim"),
                        N_("{who} mengembalikan laporan kepada tim: {note}"),
                        ("accepted", False),
                    ),
                    Way(to, N_("Diterima"), N_("{who} menerima laporan: {note}")),
                ),
            )
            for here, roles, to in (
                ("acceptance-section", SECTION, "acceptance-division"),
                ("acceptance-division", DIVISION, "acceptance-department"),
                ("acceptance-department", HEAD, "work-record"),
            )
        ),
    ),
    Step(
        14,
        Bilingual("Berita Acara Pekerjaan", "Work record"),
        Bilingual(
            "Tim membuat Berita Acara Pekerjaan, diketahui oleh pemohon (OPD) dan Kepala Dinas.",
            "The team makes the work record, acknowledged by the applicant and the head of department.",
        ),
        Bilingual("Laporan", "The report"),
        Bilingual(
            "Berita Acara Pekerjaan Troubleshooting Gangguan Jaringan",
            "Record of the work on the network fault",
        ),
        Span.REPORTING,
        (
            Stage(
                "work-record",
                14,
                N_("Buat Berita Acara Pekerjaan"),
                TEAM,
                f.WORK_RECORD,
                (
                    Way(
                        "acknowledgement-agency",
                        N_("Berita Acara dibuat"),
                        N_("{who} membuat Berita Acara Pekerjaan."),
                    ),
                ),
                appointed=True,
            ),
            Stage(
                "acknowledgement-agency",
                14,
                N_("Ketahui sebagai OPD"),
                OPD,
                f.ACKNOWLEDGEMENT_AGENCY,
                (
                    Way(
                        "acknowledgement-department",
                        N_("Diketahui OPD"),
                        N_("{who} mencatat bahwa OPD mengetahui Berita Acara Pekerjaan."),
                    ),
                ),
                paper=TEAM,
            ),
            Stage(
                "acknowledgement-department",
                14,
                N_("Ketahui sebagai Kepala Dinas"),
                HEAD,
                f.ACKNOWLEDGEMENT_DEPARTMENT,
                (
                    Way(
                        CLOSED,
                        N_("Selesai"),
                        N_("{who} mengetahui Berita Acara Pekerjaan; tiket selesai."),
                    ),
                ),
            ),
        ),
    ),
)

ASIDE = (
    Stage(
        "withdrawal",
        0,
        N_("Cabut permohonan"),
        OPD,
        f.WITHDRAWAL,
        (
            Way(
                WITHDRAWN,
                N_("Dicabut OPD"),
                N_("{who} mencatat bahwa OPD mencabut permohonan: {reason}"),
            ),
        ),
        paper=TEAM,
        during=range(1, 12),
    ),
    Stage(
        "reappointment",
        0,
        N_("Ganti tim"),
        SECTION,
        f.APPOINTMENT,
        (Way("", N_("Tim diganti"), N_("{who} mengganti tim: {technicians}; ketua tim {lead}.")),),
        during=range(5, 15),
    ),
)

STAGES = {
    stage.id: stage for stage in (*(stage for step in STEPS for stage in step.stages), *ASIDE)
}
FIRST = STEPS[0].stages[0]


def step_of(stage: Stage) -> Step:
    """Return the row that `stage` belongs to. Deeds beside the order belong to none.

    Raises:
        KeyError: For a deed beside the order.
    """
    if stage.during is not None:
        raise KeyError(stage.id)
    return STEPS[stage.step - 1]
