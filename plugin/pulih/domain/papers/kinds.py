"""The papers that the procedure knows: what each is called, and which deed it comes from."""

from __future__ import annotations

from enum import StrEnum

from pulih.domain.ticket import Ticket
from pulih.wording import N_


class PaperKind(StrEnum):
    """A kind of paper; the value is its folder in `documents/` and its place in an address."""

    LETTER = "surat-permohonan"
    RECEIPT = "tanda-terima"
    DISPOSITION = "lembar-disposisi"
    ASSIGNMENT = "surat-tugas"
    REPORT = "laporan-troubleshooting"
    REPLACEMENT = "ba-penggantian"
    WORK = "ba-pekerjaan"

    @property
    def label(self) -> str:
        """The name on screen, in Bahasa Indonesia."""
        return _LABELS[self]

    @property
    def stage(self) -> str:
        """The stage of `sop.STAGES` that yields it: once that is taken, the paper can be made."""
        return _STAGES[self]

    @property
    def numbered(self) -> bool:
        """Whether the office numbers it. The letter has its agency's number."""
        return self is not PaperKind.LETTER

    @property
    def pictured(self) -> bool:
        """Whether it shows photographs. For the others none is read: six as telephones take them cost a second."""
        return self in _PICTURED

    def begun(self, ticket: Ticket) -> bool:
        """Tell whether the ticket has come to where this paper is made; before that it is not offered."""
        return any(entry.stage == self.stage for entry in ticket.history)


_LABELS = {
    PaperKind.LETTER: N_("Surat Permohonan"),
    PaperKind.RECEIPT: N_("Tanda Terima Surat"),
    PaperKind.DISPOSITION: N_("Lembar Disposisi"),
    PaperKind.ASSIGNMENT: N_("Surat Tugas"),
    PaperKind.REPORT: N_("Laporan Hasil Troubleshooting"),
    PaperKind.REPLACEMENT: N_("Berita Acara Permohonan Penggantian Perangkat"),
    PaperKind.WORK: N_("Berita Acara Pekerjaan"),
}
_PICTURED = frozenset({PaperKind.REPORT, PaperKind.REPLACEMENT, PaperKind.WORK})
_STAGES = {
    PaperKind.LETTER: "letter",
    PaperKind.RECEIPT: "letter",
    PaperKind.DISPOSITION: "disposition",
    PaperKind.ASSIGNMENT: "appointment",
    PaperKind.REPORT: "report",
    PaperKind.REPLACEMENT: "replacement-record",
    PaperKind.WORK: "work-record",
}
